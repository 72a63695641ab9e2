"""What the services' APIs answer: what must be in an answer, and what of a campaign is compared with what was given."""

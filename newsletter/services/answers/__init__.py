"""The answers of the services' APIs: what must be in them, and what of a campaign is compared."""

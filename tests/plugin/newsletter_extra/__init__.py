"""A rule, a service and a theme for the newsletter issue builder."""

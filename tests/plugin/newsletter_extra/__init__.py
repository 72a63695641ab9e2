"""A rule and a theme for the newsletter issue builder."""

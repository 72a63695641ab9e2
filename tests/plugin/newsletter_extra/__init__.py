"""A rule, an importer, a service and a theme for the newsletter issue builder."""

"""The answers of the services' APIs: what must be in them, and what that is in our terms."""

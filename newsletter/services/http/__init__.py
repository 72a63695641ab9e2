"""Requests to a service's API: what is sent again, what is known of a failure, how long to wait."""

"""The checks over an email before anything goes out: rules, their manual, and the report."""

"""What is not where it was: pages and lists that have moved, and where all old addresses lead."""

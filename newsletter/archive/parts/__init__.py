"""What pages and feeds are put together from: texts, pictures, entries, and what programs read."""

"""What a web page says of the piece on it: parts of the importers for pages, posts and feeds."""

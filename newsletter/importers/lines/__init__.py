"""What a line above or below a text says: a byline, a date, a label, a credit, a source."""

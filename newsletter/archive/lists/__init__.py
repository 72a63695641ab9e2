"""Which pieces are listed together: those of an author, of a year, and those that are related."""

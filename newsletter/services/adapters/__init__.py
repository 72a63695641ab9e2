"""One file for each mailing service; its name is the name that people type."""

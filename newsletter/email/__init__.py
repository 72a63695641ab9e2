"""From an issue and a theme to an email: its HTML, its text, its message, and its files."""

"""Pictures: the one door to Pillow."""

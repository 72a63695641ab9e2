"""The words of pieces: what a word is, what it is found by, and which tell what a piece is about.

search.js, in the theme, makes words of what a reader types as spelling.py does.
"""

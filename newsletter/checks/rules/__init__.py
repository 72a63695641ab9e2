"""One file for each rule.

``two_words.py`` is called ``two-words``, and its docstring is its manual page.
"""

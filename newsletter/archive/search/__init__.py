"""An index of every word of every piece, for a script in the reader's browser to search in.

    issue --counts--> its words --year--> a year's words in drawers --tiers--> files for readers

No server takes part, and no stemmer is needed in the browser: the index knows the stem of each form
that occurs. search.js, in the theme, makes words of what a reader types as words.py does.
"""

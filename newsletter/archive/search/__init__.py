"""An index of every word of every piece, for a script in the reader's browser to search in.

    issue --counting--> its words --years--> a year's words --tiers--> files for readers

The words of an issue are counted when it is read, and kept with what is known of it. They are text,
in drawers: putting issues together takes no look into it.

No server takes part, and no stemmer is needed in the browser: the index knows the stem of each form
that occurs.
"""

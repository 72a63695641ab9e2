"""Pieces into an issue: each becomes an item with a file of its own, and is recognised later.

adding.py is the way of one piece: kinds.py says what it becomes, expected.py what it lacks,
item_file.py and picture_files.py make its files, placing.py its entry in issue.yaml. receipts.py
keeps what it was read from, so that known.py and recognising.py find it again, and updating.py
what is new in it. inbox.py is where pieces wait.
"""

from newsletter.adding.adding import Became, Outcome, Wishes, add
from newsletter.adding.receipts import Source

__all__ = ["Became", "Outcome", "Source", "Wishes", "add"]

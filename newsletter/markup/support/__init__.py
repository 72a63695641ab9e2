"""What mail clients can show, and where an email uses what some of them cannot.

``figures``, by caniemail.com, says which clients know a feature. ``features`` says how a feature is
recognised, and which are ignored, and why. ``uses`` finds features in an email, and ignores those
that nobody would miss. ``outlook`` finds what Outlook for Windows gets instead.
"""

from newsletter.markup.support.figures import page_of
from newsletter.markup.support.uses import Use, uses

__all__ = ["Use", "page_of", "uses"]

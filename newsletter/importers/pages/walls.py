"""Pages that are in the way of a piece: of consent, of signing in, of an error."""

from __future__ import annotations

import re

_TITLE = re.compile(
    r"before you continue(?: to .{1,30})?|(?:we value )?your privacy(?: matters)?|cookies?"
    r"|sign[ -]?in|log[ -]?in|(?:error )?40[134]\b.{0,30}|(?:page )?not found|forbidden"
    r"|just a moment|access denied|attention required|are you (?:a )?(?:human|robot)"
    r"|(?:subscribe|register|sign in|log in) to (?:read|continue).{0,30}",
    re.IGNORECASE,
)
_NEEDS_SCRIPT = re.compile(r"\b(?:enable|requires?|needs?) javascript\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s[|–—-]\s")
"""What is between the title of a page and the name of its site."""
_MOST_WORDS = 80
"""Words of such a page; a piece of the same title has more."""


def is_wall(title: str, text: str) -> bool:
    """Return whether a page of this title and text is in the way of a piece."""
    if len(text.split()) > _MOST_WORDS:
        return False
    first, *_ = _BETWEEN.split(title)
    is_named_so = _TITLE.fullmatch(first.strip(" .!?…")) is not None
    return is_named_so or _NEEDS_SCRIPT.search(text) is not None

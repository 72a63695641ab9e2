"""Texts in which every link is plainly written, as most are: known without a parser."""

from __future__ import annotations

import re
from functools import lru_cache

_PLAIN_LINK = re.compile(
    r"\[(?<!!\[)[^\[\]()|^\\`<~\r\n]+\]\((https?://[a-z0-9.-]+(?:/[A-Za-z0-9/_.?=+-]*)?)\)"
)
"""``[words](address)`` without anything that may be read otherwise."""
_PERHAPS_A_LINK = re.compile(r"[\[<`\\~^@]")
_SCHEME, _HOST = "//", "www."
"""What any other link has in it, and what may keep a link from being read."""


@lru_cache(maxsize=512)
def plain_links(source: str) -> tuple[str, ...] | None:
    """Return the address of each link in a text; None if there may be one that is not plainly
    written, and only the parser knows.
    """
    rest = _PLAIN_LINK.sub("", source)
    if _PERHAPS_A_LINK.search(rest) or _SCHEME in rest or _HOST in rest.lower():
        return None
    return tuple(_PLAIN_LINK.findall(source))

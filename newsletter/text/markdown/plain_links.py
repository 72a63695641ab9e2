"""Texts in which every link is plainly written, as most are: known without a parser."""

from __future__ import annotations

import re
from functools import lru_cache

PLAIN_ADDRESS = r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9/_.?=+-]*)?"
"""A web address that the parser leaves as it is."""
_PLAIN_LINK = re.compile(rf"\[(?<!!\[)[^\[\]()|^\\`<~\r\n]+\]\(({PLAIN_ADDRESS})\)")
"""``[words](address)`` without anything that may be read otherwise."""
_LABEL = "[a-z0-9]+(?:-[a-z0-9]+)*"
_PATH = "/(?:[A-Za-z0-9/_.=-]*[A-Za-z0-9/])?"
_BARE = re.compile(
    rf"https?://(?<!\Shttp://)(?<!\Shttps://)(?:{_LABEL}\.)+[a-z]{{2,9}}(?:{_PATH})?(?!\S)"
)
"""An address with spaces around it."""
_FOOTNOTE = re.compile(r"\[\^\w+\](?!\s*[(\[])")
"""A number of a footnote, in the text or above its own."""
_RAISED = re.compile(r"\^\S+\^")
"""What is superscript if it is between the numbers of two footnotes that there are not."""
_PERHAPS_A_LINK = re.compile(r"[\[<`\\~^@]")
_SCHEME, _HOST = "//", "www."
"""What any other link has in it, and what may keep a link from being read."""


@lru_cache(maxsize=512)
def plain_links(source: str) -> tuple[str, ...] | None:
    """Return the address of each link in a text, those that are bare last; None if there may be one
    that is not plainly written, and only the parser knows.
    """
    found = _PLAIN_LINK.findall(source)
    rest = _PLAIN_LINK.sub("()", source)
    if _SCHEME in rest:
        found += _BARE.findall(rest)
        rest = _BARE.sub("", rest)
    if "[^" in rest:
        rest = _FOOTNOTE.sub("", rest)
        if "]" in rest or _RAISED.search(source):
            return None
    if _PERHAPS_A_LINK.search(rest) or _SCHEME in rest or _HOST in rest.lower():
        return None
    return tuple(found)

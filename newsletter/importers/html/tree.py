"""HTML as a tree, however deep somebody has nested it."""

from __future__ import annotations

import re

from newsletter.markup.document import Document

_DEEPEST = 1500
"""Elements within each other, or never closed; the time that the parser takes grows with the
square of it. Of a thousand real pages, the worst had 1,514."""
_MOST_ATTRIBUTES = 1000
"""Of one element; the same is true of them."""
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
_EMPTY = "area base br col embed hr img input link meta source track wbr"
_ENDED_BY_OTHERS = "p li dt dd option optgroup tr td th tbody thead tfoot rt rp html head body"
NEVER_DEEP = frozenset(f"{_EMPTY} {_ENDED_BY_OTHERS}".split())
"""Elements that have nothing in them, or that the next of their kind ends."""


def parsed(html: str) -> Document:
    """Return the document. Of more than 1,500 elements within each other only the text is kept, and
    of an element with more than 1,000 attributes none.
    """
    if html.count("<") > _DEEPEST or len(html) > _MOST_ATTRIBUTES:
        html = _flattened(html)
    return Document(html)


def _has_too_many_attributes(tag: str) -> bool:
    if len(tag) < _MOST_ATTRIBUTES:
        return False
    return len(_QUOTED.sub("", tag).split()) > _MOST_ATTRIBUTES


def _flattened(html: str) -> str:
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        name = tag[2].lower()
        is_too_deep = depth > _DEEPEST
        if name not in NEVER_DEEP and not tag[0].endswith("/>"):
            depth = max(depth - 1, 0) if tag[1] else depth + 1
        if is_too_deep:
            return " "
        return f"<{tag[1]}{name}>" if _has_too_many_attributes(tag[0]) else tag[0]

    return _TAG.sub(kept, html)

"""How often an email mentions web addresses.

Who writes a message in two parts mentions each address in both, so an odd number is a sign of
something that one of them hides: rspamd counts it as spam (its rule URI_COUNT_ODD).
"""

from __future__ import annotations

import re

_MERGE_TAG = "\ufdd0(?:unsubscribe|web-version)\ufdd1"
_LINKED = re.compile(rf'\b(?:href|src)="(?:https?://|{_MERGE_TAG})')
_SHOWN = re.compile(r">www\.[^\s<]+</a>[.?/]")
"""A bare address with a sign after it is another address than the link has, to rspamd."""
_WRITTEN = re.compile(rf"(?:https?://|\bwww\.)\S+|{_MERGE_TAG}")


def mentions(html: str, text: str) -> int:
    """Return how often both parts of an email mention web addresses, as rspamd counts them."""
    in_html = _LINKED.findall(html) + _SHOWN.findall(html)
    in_text = _WRITTEN.findall(text)
    return len(in_html) + len(in_text)

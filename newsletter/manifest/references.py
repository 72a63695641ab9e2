"""Character references, such as &amp;, in fields that are plain text: Markdown reads its own."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from newsletter.manifest.node import Node
from newsletter.model.fields import Seen
from newsletter.model.names import names_of

MARKDOWN_FIELDS = names_of(Seen.MARKDOWN)

_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")


def decode(node: Node) -> None:
    """Replace the references in all plain texts of a tree with their characters.

    Only whole references count, with a semicolon and a known name (HTML 5), so that ``AT&T`` and
    ``?a=1&copy=2`` stay as they are.
    """
    for name, leaf in node.leaves():
        if leaf.value and name not in MARKDOWN_FIELDS:
            leaf.value = decoded(str(leaf.value))


def decoded(text: str) -> str:
    """Return the text with characters for its references."""
    if "&" not in text:
        return text
    return _REFERENCE.sub(_character, text)


def encoded(text: str) -> str:
    """Return the text that becomes ``text`` when it is decoded."""
    return _REFERENCE.sub(_encoded_reference, text)


def _encoded_reference(found: re.Match[str]) -> str:
    reference = found[0]
    if decoded(reference) == reference:
        return reference
    return "&amp;" + reference.removeprefix("&")


def _character(found: re.Match[str]) -> str:
    reference, decimal, hexadecimal, name = found[0], found[1], found[2], found[3]
    if name:
        return html5.get(f"{name};", reference)

    number = int(decimal) if decimal else int(hexadecimal, 16)
    return unescape(reference) or chr(number)  # it drops control characters, which are reported

"""The links of an email: those of its HTML or, if it has none, the addresses in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from newsletter.text.markdown import links

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_AFTER_A_MARK = re.compile(
    r"^\s*(?:->|\[\d+\])\s+((?:https?://|mailto:)\S+)$", re.IGNORECASE | re.MULTILINE
)
"""An address that has its line to itself, after an arrow or the number of a link."""


class Link(NamedTuple):
    """Where readers can go from an email."""

    address: str
    text: str = ""
    """The words that are clicked on; empty in plain text."""
    element: Element | None = None
    """The element of the HTML; None in plain text."""

    @property
    def page(self) -> str:
        """The address without the part of the page that it leads to."""
        return self.address.partition("#")[0]


def links_in_text(text: str) -> Iterator[Link]:
    """Yield the links that mail programs make of the addresses in a plain text.

    Where an address is within a sentence, its end is found as in authors' Markdown.
    """
    for address in _AFTER_A_MARK.findall(text):
        yield Link(address)

    for address in links(_AFTER_A_MARK.sub("", text)):
        yield Link(address)

"""Questions to a finished HTML email."""

from __future__ import annotations

from typing import NamedTuple

from lxml import html


class Heading(NamedTuple):
    """A heading: its level, 1 to 6, and its text, or what stands for it: the alt text of a picture."""

    level: int
    text: str


def headings(source: str) -> list[Heading]:
    """The outline of an email, as a screen reader lists it."""
    found = html.document_fromstring(source).iter("h1", "h2", "h3", "h4", "h5", "h6")
    return [Heading(int(element.tag[1]), _spoken(element)) for element in found]


def _spoken(element: html.HtmlElement) -> str:
    parts = element.xpath(".//text() | .//img/@alt")
    return " ".join("".join(parts).split())

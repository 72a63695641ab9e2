"""What the publisher's own pages have where publication.yaml says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from xml.etree.ElementTree import Element

from newsletter.importers.lines.bylines import Authors, byline_in, named_authors
from newsletter.importers.lines.written_days import certain_day
from newsletter.importers.original import Original, unreadable
from newsletter.importers.pages.facts import Facts, Row, fields_of
from newsletter.importers.pages.kinds import only_kind
from newsletter.importers.pages.moments import day_of
from newsletter.importers.pages.people import houses, with_post
from newsletter.importers.pages.words import title_of
from newsletter.markup.document import Document
from newsletter.markup.selecting import Selection
from newsletter.model import Publication

_NUMBER = re.compile(r"\b([1-9]\d{0,5}[a-z]?)\b")


class Selected(NamedTuple):
    """What selectors have found, and where the piece itself is."""

    facts: Facts = Facts()
    body: Element | None = None
    references: Element | None = None


def selected(original: Original, document: Document, publication: Publication) -> Selected:
    """Return what the selectors in publication.yaml find on a page.

    Raise UnreadableError for one that is no selector.
    """
    page = _Page(original, document, publication)
    facts = Facts(fields_of(page.rows()), page.hints(), page.number())
    return Selected(facts, page.element("body"), page.element("references"))


class _Page:
    """A page of the publisher's own site."""

    def __init__(self, original: Original, document: Document, publication: Publication) -> None:
        self._selectors: dict[str, str] = {}
        if publication.site:
            self._selectors = publication.site.selectors.model_dump(exclude_none=True)
        self._selection = Selection(document)
        self._document = document
        self._original = original
        self._publication = publication

    def rows(self) -> Iterator[Row]:
        """Yield all fields."""
        picture = self._picture()
        values = {
            "title": ("title", self._title("title")),
            "date": ("date", self._day()),
            "authors": ("byline", self._authors()),
            "teaser": ("teaser", self._title("teaser")),
            "kind": ("section", only_kind([self._words("section")], self._publication)),
            "picture.src": ("image", picture.get("src")),
            "picture.alt": ("image", picture.get("alt")),
            "picture.caption": ("caption", self._words("caption")),
            "picture.credit": ("credit", self._words("credit")),
        }
        for field, (selector, value) in values.items():
            yield field, value, f"the selector '{selector}'"

    def hints(self) -> dict[str, str]:
        """Return the byline, in case it is not certain whom it names."""
        words = self._words("byline")
        if not words:
            return {}
        return {"authors": f"The byline of the page: {words}"}

    def number(self) -> str | None:
        """Return the issue's number."""
        found = _NUMBER.findall(self._words("number"))
        if len(found) != 1:
            return None
        return str(found[0])

    def element(self, name: str) -> Element | None:
        """Return the first element that a selector reaches; None without it."""
        selector = self._selectors.get(name)
        if selector is None:
            return None
        try:
            return self._selection.first(selector)
        except ValueError:
            message = f"'{selector}', after '{name}:' in publication.yaml, is not a CSS selector."
            raise unreadable(self._original, message, "Correct it, or delete it.") from None

    def _words(self, name: str) -> str:
        element = self.element(name)
        if element is None:
            return ""
        return self._document.visible(element)

    def _title(self, name: str) -> str:
        element = self.element(name)
        if element is None:
            return ""
        return title_of(element)

    def _day(self) -> date | None:
        element = self.element("date")
        if element is None:
            return None

        for time in element.iter():
            if day := day_of(time.get("datetime"), self._publication.time_zone):
                return day
        return certain_day(self._words("date"), self._publication.language)

    def _authors(self) -> Authors:
        house = houses(self._publication)
        words = self._words("byline")
        byline = byline_in(words, house) or named_authors(words, house)
        if byline is None:
            return []
        return with_post(byline.authors, self._words("affiliation"))

    def _picture(self) -> dict[str, str]:
        """Return the attributes of the picture; none if there is none."""
        element = self.element("image")
        if element is None:
            return {}
        image = next(element.iter("img"), Element("img"))
        return image.attrib

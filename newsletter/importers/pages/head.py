"""What a page says of the piece on it in its head, and in elements that are meant for programs:
OpenGraph (ogp.me), ``<meta>``, ``<time>``, ``rel=author``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from xml.etree.ElementTree import Element

from newsletter.importers.lines.bylines import Authors, is_name
from newsletter.importers.pages.facts import Facts, Row, fields_of
from newsletter.importers.pages.kinds import only_kind
from newsletter.importers.pages.moments import day_of
from newsletter.importers.pages.people import is_site, people_in
from newsletter.importers.pages.words import bare, line_of, title_of
from newsletter.markup.document import Document
from newsletter.model import Publication

_DATES = (
    "article:published_time",
    "datepublished",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.created",
    "date",
)
_AUTHORS = ("author", "article:author", "citation_author", "dc.creator", "parsely-author")
_SHORTEST = 8
"""Letters of a heading that is found in a title by no chance."""
_PUBLISHED = {
    "datepublished",
    "dt-published",
    "entry-date",
    "post-date",
    "pubdate",
    "published",
}
"""Names of the ``<time>`` at which a piece was published."""
_MARKS = (" | ", " - ", " – ", " — ", " :: ", " • ")
"""What is between a title and the site's name."""


def facts_in_head(document: Document, publication: Publication, host: str = "") -> Facts:
    """Return what a page says of its piece outside of JSON-LD. ``host`` is where it is."""
    page = _Page(document, publication, host)
    return Facts(fields_of(page.rows()), page.hints())


def facts_of_heading(document: Document) -> Facts:
    """Return the title that a page shows: the heading that its head repeats, or else its only one.

    Programs are often given another one, for search engines or with the site's name. On 220 pages
    whose titles are known, 158 such headings were right and 21 wrong; of OpenGraph, 118 and 73.
    """
    headings = document.elements("h1")
    shown = {bare(document.visible(heading)): heading for heading in headings}
    shown.pop("", None)

    said = _first(meta_values(document), "og:title") + " " + _title_element(document)
    repeated = [words for words in shown if len(words) >= _SHORTEST and words in bare(said)]
    candidates = repeated or list(shown)
    if len(candidates) != 1:
        return Facts()

    title = title_of(shown[candidates[0]])
    return Facts(fields_of([("title", title, "the heading of the page")]))


def canonical_address(document: Document) -> str:
    """Return the address that a page names as its own; empty if it names none."""
    for link in document.elements("link"):
        if "canonical" in link.get("rel", "").lower().split():
            return link.get("href", "").strip()
    return _first(meta_values(document), "og:url")


def meta_values(document: Document) -> dict[str, list[str]]:
    """Return the contents of ``<meta>`` by name in lower case, in the order of the page."""
    values: dict[str, list[str]] = {}
    for meta in document.elements("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = " ".join(meta.get("content", "").split())
        if content:
            values.setdefault(name.strip().lower(), []).append(content)
    return values


class _Page:
    def __init__(self, document: Document, publication: Publication, host: str) -> None:
        self._document = document
        self._host = host
        self._publication = publication
        self._meta = meta_values(document)
        self._site = self._one("og:site_name")

    def rows(self) -> Iterator[Row]:
        """Yield each field."""
        teaser = title_of(escape(self._one("og:description")))
        kind = only_kind([self._one("article:section")], self._publication)

        yield self._title()
        yield self._date()
        yield "authors", self._authors(), "the page's element for its author"
        yield "teaser", teaser, "OpenGraph: the description"
        yield "kind", kind, "OpenGraph: the section"
        yield "picture.src", self._one("og:image"), "OpenGraph: the picture"
        yield "picture.alt", self._one("og:image:alt"), "OpenGraph: the picture's alt text"

    def hints(self) -> dict[str, str]:
        """Return what helps with an author that is not certain to be a person."""
        names = " and ".join(self._stated_names() or self._linked_names())
        if not names:
            return {}
        return {"authors": f"The page names {names}: is that the author?"}

    def _title(self) -> Row:
        title, rule = self._one("og:title"), "OpenGraph: the title"
        if not title:
            title, rule = _title_element(self._document), "the title of the page"
        return "title", title_of(escape(self._without_site(title))), rule

    def _without_site(self, title: str) -> str:
        """Return a title without the site's name after it."""
        for mark in _MARKS:
            before, _, after = title.rpartition(mark)
            if before and self._site and bare(after) == bare(self._site):
                return before.strip()
        return title

    def _date(self) -> Row:
        for name in _DATES:
            if day := self._day(self._one(name)):
                return "date", day, f"the meta element '{name}'"

        times = filter(_is_publication, self._document.elements("time"))
        days = {self._day(time.get("datetime")) for time in times} - {None}
        if len(days) != 1:
            return "date", None, ""
        return "date", days.pop(), "the time element of the page"

    def _day(self, written: str | None) -> date | None:
        return day_of(written, self._publication.time_zone)

    def _authors(self) -> Authors:
        stated = self._stated_names()
        names = stated or self._linked_names()
        is_in_doubt = not stated and len(names) > 1  # authors of other pieces are linked, too
        if is_in_doubt or any(is_site(name, self._site, self._host) for name in names):
            return []
        return people_in(names, self._publication)

    def _stated_names(self) -> list[str]:
        for name in _AUTHORS:
            values = self._meta.get(name, [])
            names = [line_of(value) for value in values if "://" not in value]
            if names:
                return list(dict.fromkeys(names))
        return []

    def _linked_names(self) -> list[str]:
        links = filter(_is_author, self._document.elements("a"))
        words = list(filter(None, dict.fromkeys(map(self._document.visible, links))))
        return list(filter(is_name, words)) or words

    def _one(self, name: str) -> str:
        return _first(self._meta, name)


def _title_element(document: Document) -> str:
    for element in document.elements("title"):
        return " ".join((element.text or "").split())
    return ""


def _first(values: dict[str, list[str]], name: str) -> str:
    """Return the first value of a name; empty if it has none."""
    return values.get(name, [""])[0]


def _is_author(link: Element) -> bool:
    return "author" in link.get("rel", "").lower().split()


def _is_publication(time: Element) -> bool:
    """Return whether an element has the time at which its page was published."""
    names = f"{time.get('class', '')} {time.get('itemprop', '')}".lower().split()
    return "pubdate" in time.attrib or not _PUBLISHED.isdisjoint(names)

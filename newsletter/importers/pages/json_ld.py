"""What a page says of the piece on it in JSON-LD, by the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from newsletter.importers.pages.facts import Facts, Row, fields_of
from newsletter.importers.pages.kinds import only_kind
from newsletter.importers.pages.moments import day_of, moment_of
from newsletter.importers.pages.people import person
from newsletter.importers.pages.words import line_of, title_of
from newsletter.markup.document import Document
from newsletter.model import Publication

Thing = dict[str, Any]
_ARTICLES = {
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "Report",
    "ScholarlyArticle",
    "MedicalScholarlyArticle",
    "TechArticle",
}
_KINDS = {
    "OpinionNewsArticle": "comment",
    "ReviewNewsArticle": "review",
    "Review": "review",
    "CriticReview": "review",
    "Event": "event",
    "EducationEvent": "event",
    "ScreeningEvent": "event",
    "SocialEvent": "event",
    "BusinessEvent": "event",
    "LiteraryEvent": "event",
    "JobPosting": "job",
}
"""The kind of item that a type says; that of most articles says nothing."""
_WORKS = {
    "Movie": "film",
    "Book": "book",
    "TVSeries": "tv",
    "TVSeason": "tv",
    "TVEpisode": "tv",
    "RadioSeries": "radio",
    "RadioEpisode": "radio",
    "PodcastSeries": "podcast",
    "PodcastEpisode": "podcast",
    "Play": "theatre",
    "TheaterEvent": "theatre",
    "ExhibitionEvent": "exhibition",
}
_CREDITS = {"director": "Directed by", "author": "By", "editor": "Edited by", "actor": "Starring"}
_RULE = "JSON-LD of the page"
_LONGEST = 2_000_000
"""Characters of JSON-LD that are read."""


def facts_in_json_ld(document: Document, publication: Publication) -> Facts:
    """Return what the page's piece says of itself. A page of several events or jobs has none."""
    things = list(_things(document))
    thing = _piece_among(things)
    if thing is None:
        return Facts()

    described = _Described(thing, things, publication)
    return Facts(fields_of(described.rows()), described.hints())


def _things(document: Document) -> Iterator[Thing]:
    """Yield what is described at the top; not what is within another thing, such as a list."""
    for script in document.elements("script"):
        text = script.text or ""
        media_type = script.get("type", "").partition(";")[0].strip().lower()
        if media_type == "application/ld+json" and len(text) <= _LONGEST:
            for thing in _dicts(_parsed(text)):
                yield thing
                yield from _dicts(thing.get("@graph"))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _piece_among(things: list[Thing]) -> Thing | None:
    """Return the article, else the only review, event or job."""
    for thing in things:
        if _types(thing) & _ARTICLES:
            return thing

    others = [thing for thing in things if _types(thing) & _KINDS.keys()]
    if len(others) != 1:
        return None
    return others[0]


class _Described:
    """The thing that the piece is; others may say more of what it names."""

    def __init__(self, thing: Thing, things: list[Thing], publication: Publication) -> None:
        self._thing = thing
        self._by_id = {_text(other.get("@id")): other for other in things}
        self._by_id.pop("", None)
        self._publication = publication
        self._zone = publication.time_zone

    def rows(self) -> Iterator[Row]:
        """Yield all fields."""
        for name, value in self._values():
            yield name, value, _RULE

    def hints(self) -> dict[str, str]:
        """Return the names of the authors, in case they are no persons."""
        names = " and ".join(self._author_names())
        if not names:
            return {}
        return {"authors": f"The page names {names}: is that the author?"}

    def _values(self) -> Iterator[tuple[str, Any]]:
        thing = self._thing
        kind = self._kind()

        yield "title", title_of(_text(thing.get("headline")) or _text(thing.get("name")))
        yield "date", self._day("datePublished")
        yield "authors", self._authors()
        yield "teaser", title_of(_text(thing.get("description")))
        yield "kind", kind
        yield from self._picture()

        if kind == "event":
            yield from self._event()
        if kind == "job":
            yield from self._job()
        if kind == "review":
            yield from self._work()

    def _kind(self) -> str | None:
        for name in sorted(_types(self._thing) & _KINDS.keys()):
            return _KINDS[name]

        sections = map(_line, _listed(self._thing.get("articleSection")))
        return only_kind(sections, self._publication)

    def _authors(self) -> list[str | dict[str, str]]:
        """Return the persons, if all authors are persons."""
        publisher = self._name_of("publisher")
        people: list[str | dict[str, str]] = []
        for author in self._all("author"):
            name = _line(author.get("name"))
            one = person(name, self._post(author))
            if one is None or name == publisher or "Organization" in _types(author):
                return []
            people.append(one)
        return people

    def _author_names(self) -> list[str]:
        names = (_line(author.get("name")) for author in self._all("author"))
        return list(filter(None, names))

    def _post(self, author: Thing) -> str:
        """Return an author's post and affiliation."""
        affiliation = self._resolved(author.get("affiliation"))
        words = (_line(author.get("jobTitle")), _line(affiliation.get("name")))
        return ", ".join(filter(None, words))

    def _picture(self) -> Iterator[tuple[str, Any]]:
        image = self._one("image")
        yield "picture.src", _text(image.get("url")) or _text(image.get("contentUrl"))
        yield "picture.caption", _line(image.get("caption"))
        yield "picture.credit", _line(image.get("creditText"))

    def _event(self) -> Iterator[tuple[str, Any]]:
        yield "starts", self._moment("startDate")
        yield "ends", self._moment("endDate")
        yield "place", self._place("location")

    def _job(self) -> Iterator[tuple[str, Any]]:
        yield "employer", self._name_of("hiringOrganization")
        yield "place", self._place("jobLocation")
        yield "closes", self._day("validThrough")

    def _work(self) -> Iterator[tuple[str, Any]]:
        work = self._one("itemReviewed")
        publisher = self._resolved(work.get("publisher"))
        kinds = [_WORKS[name] for name in sorted(_types(work) & _WORKS.keys())]

        yield "work.title", title_of(_text(work.get("name")))
        yield "work.kind", "".join(kinds[:1])
        yield "work.credits", list(self._credits(work))
        yield "work.publisher", _line(publisher.get("name"))
        yield "work.isbn", list(filter(None, [_line(work.get("isbn"))]))

    def _credits(self, work: Thing) -> Iterator[str]:
        for role, words in _CREDITS.items():
            people = map(self._resolved, _listed(work.get(role)))
            names = list(filter(None, (_line(one.get("name")) for one in people)))
            if names:
                yield f"{words} {_listing(names)}"

    def _day(self, name: str) -> date | None:
        return day_of(_first(self._thing.get(name)), self._zone)

    def _moment(self, name: str) -> str | None:
        """Return a day and time as an item has them; a day alone has no time."""
        written = _text(_first(self._thing.get(name)))
        moment = moment_of(written, self._zone)
        if moment is None or ":" not in written:
            return None
        return f"{moment:%Y-%m-%d %H:%M}"

    def _place(self, name: str) -> str:
        place = self._one(name)
        address = place.get("address")
        parts = [place.get("name"), address]
        if isinstance(address, dict):
            lines = ("streetAddress", "addressLocality", "postalCode")
            parts = [place.get("name"), *map(address.get, lines)]
        return ", ".join(dict.fromkeys(filter(None, map(_line, parts))))

    def _name_of(self, name: str) -> str:
        return _line(self._one(name).get("name"))

    def _one(self, name: str) -> Thing:
        return self._resolved(_first(self._thing.get(name)))

    def _all(self, name: str) -> list[Thing]:
        return list(map(self._resolved, _listed(self._thing.get(name))))

    def _resolved(self, value: Any) -> Thing:
        """Return the thing that a value is or names by its id; a text is its name or address."""
        value = _first(value)
        if isinstance(value, str):
            return {"name": value, "url": value}
        if not isinstance(value, dict):
            return {}
        known = self._by_id.get(_text(value.get("@id")), {})
        return {**known, **value}


def _types(thing: Thing) -> set[str]:
    return {kind for kind in _listed(thing.get("@type")) if isinstance(kind, str)}


def _dicts(value: Any) -> list[Thing]:
    return [one for one in _listed(value) if isinstance(one, dict)]


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, list):
        return value
    return [value]


def _first(value: Any) -> Any:
    return next(iter(_listed(value)), None)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return ""


def _line(value: Any) -> str:
    return line_of(_text(_first(value)))


def _listing(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"

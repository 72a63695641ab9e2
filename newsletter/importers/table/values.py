"""What is in a cell, as its field has it; None if it is nothing that the field can have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from newsletter.importers.lines.bylines import Authors, named_authors
from newsletter.importers.lines.kinds import kind_of_section
from newsletter.importers.lines.source_entries import sources_in
from newsletter.importers.plain_text import literal, markdown_of_lines
from newsletter.manifest.nouns import ITEM_OF_KIND
from newsletter.model import ITEM_OF_SECTION, Publication
from newsletter.text.days import days_meant, in_words, moments_meant
from newsletter.text.printable import printable

_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00)?(?:\.0+)?(?:Z|\+00:00)?$")
"""What programs write behind a day that has no time."""
_SECONDS = re.compile(r"(?<=\d:\d\d):\d\d(?:\.\d+)?")
_NUMBER = re.compile(r"(?:.*\s)?#?([1-9]\d{0,5}[a-z]?)", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"https?://\S+|[^\s@:/]+@[^\s@:/]+\.\w+", re.IGNORECASE)
_LONG = ("body", "teaser")
_LONGEST = 2_000
"""Characters of any other value."""
_LONGEST_HINT = 200
_BETWEEN = re.compile(r"\s*[;|\n]\s*")
_BETWEEN_TOPICS = re.compile(r"\s*[,;|\n]\s*")


def read_value(field: str, text: str, publication: Publication) -> Any:
    """Return the value of a field, as issue.yaml has it; None if the text is none."""
    if field not in _LONG and len(text) > _LONGEST:
        return None
    read = _READERS.get(field, _line)
    return read(text, publication)


def issue_number(text: str) -> str | None:
    """Return the number of an issue: 652 for "BioNews 652"."""
    found = _NUMBER.fullmatch(text)
    return found[1].lower() if found else None


def in_doubt(text: str) -> str:
    """Return what an editor may need to know of a text that is not a value."""
    said = f'The table says "{printable(text, _LONGEST_HINT)}"'
    if len(text) > _LONGEST:
        return f"{said}."

    days = days_meant(_MIDNIGHT.sub("", text))
    if len(days) > 1:
        said = f"{said}: {' or '.join(map(in_words, days))}"
    return f"{said}."


def _line(text: str, _: Publication) -> str:
    return " ".join(text.split())


def _title(text: str, _: Publication) -> str:
    line = " ".join(text.split())
    return literal(line)


def _day(text: str, _: Publication) -> date | None:
    match days_meant(_MIDNIGHT.sub("", text)):
        case [day]:
            return day
    return None


def _moment(text: str, _: Publication) -> str | None:
    match moments_meant(_SECONDS.sub("", text)):
        case [moment]:
            return f"{moment:%Y-%m-%d %H:%M}"
    return None


def _address(text: str, _: Publication) -> str | None:
    if _ADDRESS.fullmatch(text):
        return text
    return None


def _picture(text: str, publication: Publication) -> str | None:
    if text.lower().startswith("https://"):
        return _address(text, publication)
    return None


def _authors(text: str, publication: Publication) -> Authors | None:
    house = (publication.name, publication.publisher)
    authors: Authors = []
    for words in _list(text, publication):
        byline = named_authors(words, house)
        if byline is None or not byline.authors or byline.goes_on:
            return None
        authors += byline.authors
    return authors


def _kind(text: str, publication: Publication) -> str | None:
    word = text.casefold()
    for kind in (word, word.removesuffix("s")):
        if kind in ITEM_OF_KIND:
            return kind
    if word in ITEM_OF_SECTION:
        return str(ITEM_OF_SECTION[word].model_fields["kind"].default)
    return kind_of_section(text, publication.name)


def _list(text: str, _: Publication) -> list[str]:
    return list(filter(None, _BETWEEN.split(text)))


def _topics(text: str, _: Publication) -> list[str]:
    return list(filter(None, _BETWEEN_TOPICS.split(text)))


def _sources(text: str, publication: Publication) -> list[dict[str, Any]] | None:
    lines = text.split("\n")
    return sources_in(lines, publication.language)


def _text(text: str, _: Publication) -> str:
    lines = text.split("\n")
    return markdown_of_lines(lines)


_READERS: Mapping[str, Callable[[str, Publication], Any]] = {
    "title": _title,
    "work.title": _title,
    "authors": _authors,
    "date": _day,
    "closes": _day,
    "until": _day,
    "work.broadcast": _day,
    "starts": _moment,
    "ends": _moment,
    "url": _address,
    "picture.src": _picture,
    "kind": _kind,
    "topics": _topics,
    "work.credits": _list,
    "work.isbn": _list,
    "sources": _sources,
    "teaser": _text,
    "body": _text,
}

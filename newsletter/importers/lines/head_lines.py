"""What one line above a piece says: a byline, a date, where it appeared, a label and its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from newsletter.importers.lines.bylines import byline_in, named_authors
from newsletter.importers.lines.kinds import kind_of_section
from newsletter.importers.lines.labels import Labelled, labelled
from newsletter.importers.lines.marks import links_in, plain, unmarked
from newsletter.importers.lines.written_days import named_day
from newsletter.importers.piece import Found
from newsletter.model import Publication

_LONGEST = 600
"""Characters of a line above a piece: a teaser after its label."""
_SEPARATOR = re.compile(
    r"\s+[|•·–—-]\s+|\s*\|\s*|\s+(?=posted\s+in\s)|\s+and\s+(?=appear)|[.,]\s+(?=appear)",
    re.IGNORECASE,
)
_POSTED_IN = re.compile(r"posted\s+in\s+(.+)", re.IGNORECASE)
_PICTURE = re.compile(r'!\[([^\]]*)\]\((images/[^\s)]+)(?:\s+"(.*)")?\)')
_NUMBER = re.compile(r"(?:no\.?\s*|number\s*|#)?([1-9]\d{0,4}[a-z]?)", re.IGNORECASE)
_BODY = re.compile(r"(?:body|text|article|main text|body text|copy)\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class Facts:
    """What lines say: as in a Piece."""

    fields: Mapping[str, Found] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    number: str | None = None
    left_out: tuple[str, ...] = ()
    goes_on: bool = False
    """Whether the byline ends in "and"."""
    ends: bool = False
    """Whether the body begins below."""

    def joined(self, other: Facts) -> Facts:
        """Return both; the other one's fields are the later ones, and win."""
        fields = {**self.fields, **other.fields}
        hints = {**self.hints, **other.hints}
        open_hints = {name: hint for name, hint in hints.items() if name not in fields}
        return Facts(
            fields,
            open_hints,
            other.number or self.number,
            self.left_out + other.left_out,
            other.goes_on,
            other.ends,
        )

    def has_any_of(self, other: Facts) -> bool:
        """Return whether something that the other one says has been said before."""
        is_same_number = bool(self.number and other.number)
        said = {*self.fields, *self.hints}
        return is_same_number or not said.isdisjoint({*other.fields, *other.hints})


def facts_in(line: str, publication: Publication) -> Facts | None:
    """Return what a line says; None if it is none of the lines that belong above a piece."""
    words = plain(line)
    if len(words) > _LONGEST:
        return None
    if _BODY.fullmatch(words):
        return Facts(ends=True)

    return (
        facts_of_label(labelled(unmarked(line)), publication)
        or _of_parts(words, publication)
        or _of_words(words, publication)
    )


def _of_words(words: str, publication: Publication) -> Facts | None:
    return (
        _of_appearance(words, publication)
        or _of_date(words, publication)
        or _of_byline(words, publication)
    )


def _of_parts(words: str, publication: Publication) -> Facts | None:
    """Return what the parts of a line say, as in "By Ruth Stone | 16 April 2012"."""
    parts = _SEPARATOR.split(words)
    if len(parts) == 1:
        return None

    joined = Facts()
    for part in parts:
        known = _of_words(part, publication) or _of_posted_in(part, publication)
        if known is None or joined.has_any_of(known):
            return None
        joined = joined.joined(known)
    return joined


def _of_posted_in(words: str, publication: Publication) -> Facts | None:
    posted = _POSTED_IN.fullmatch(words.strip())
    if posted is None:
        return None

    kind = kind_of_section(posted[1], publication.name)
    if kind is None:
        return None
    return Facts({"kind": Found(kind, f'the page says "{words.strip()}"')})


def _of_appearance(words: str, publication: Publication) -> Facts | None:
    """Return the number in "Appeared in BioNews 596"."""
    name = re.escape(publication.name)
    said = rf"(?:first\s+)?(?:appear(?:s|ed)|published)\s+in\s+{name},?\s+(?:issue\s+|edition\s+)?"
    appearance = re.match(said, words, re.IGNORECASE)
    if appearance is None:
        return None

    number = _NUMBER.fullmatch(words[appearance.end() :].rstrip("."))
    if number is None:
        return None
    return Facts(number=number[1].lower())


def _of_date(words: str, publication: Publication) -> Facts | None:
    named = named_day(words, publication.language)
    if named is None:
        return None
    if named.day is None:
        return Facts(hints={"date": f"{words} is {named.doubt}."})
    return Facts({"date": Found(named.day, "the date above the text")})


def _of_byline(words: str, publication: Publication) -> Facts | None:
    byline = byline_in(words, (publication.name, publication.publisher))
    if byline is None:
        return None

    if not byline.authors:
        return _of_byline_with_date(words, publication) or Facts(hints={"authors": words})
    found = Found(byline.authors, 'the line that begins with "By"')
    return _of_byline_with_date(words, publication) or Facts(
        {"authors": found}, goes_on=byline.goes_on
    )


def _of_byline_with_date(words: str, publication: Publication) -> Facts | None:
    """Return both of "By Ruth Stone, 16 April 2012"."""
    for comma in re.finditer(r",\s+|\s+on\s+", words):
        of_date = _of_date(words[comma.end() :], publication)
        if of_date:
            of_byline = _of_byline(words[: comma.start()], publication)
            if of_byline:
                return of_byline.joined(of_date)
            return None
    return None


def facts_of_label(label: Labelled | None, publication: Publication) -> Facts | None:
    """Return what is said after a label; None if its value is none that it can have."""
    if label is None or not label.value or label.name not in _VALUES:
        return None
    read = _VALUES[label.name]
    return read(label, publication)


def _line_value(label: Labelled, publication: Publication) -> Facts:
    return Facts({label.name: Found(plain(label.value), label.rule)})


def _markdown_value(label: Labelled, publication: Publication) -> Facts:
    return Facts({label.name: Found(unmarked(label.value), label.rule)})


def _date_value(label: Labelled, publication: Publication) -> Facts | None:
    named = _of_date(plain(label.value), publication)
    if named is None or not named.fields:
        return named
    return Facts({"date": Found(named.fields["date"].value, label.rule)})


def _number_value(label: Labelled, publication: Publication) -> Facts | None:
    name = rf"{re.escape(publication.name)}\s+"
    bare = re.sub(name, "", plain(label.value), count=1, flags=re.IGNORECASE)
    number = _NUMBER.fullmatch(bare)
    if number:
        return Facts(number=number[1].lower())
    return None


def _word_count(label: Labelled, publication: Publication) -> Facts | None:
    words = plain(label.value)
    is_count = re.fullmatch(r"[\d,. ]+(?:words)?", words)
    if is_count:
        return Facts(left_out=(f"{label.written}: {words}",))
    return None


def _topics(label: Labelled, publication: Publication) -> Facts:
    topics = re.split(r"\s*[,;]\s*", plain(label.value).strip(" ,;"))
    return Facts({"topics": Found(topics, label.rule)})


def _authors_value(label: Labelled, publication: Publication) -> Facts:
    words = plain(label.value)
    byline = named_authors(words, (publication.name, publication.publisher))
    if byline is None or not byline.authors:
        return Facts(hints={"authors": words})
    return Facts({"authors": Found(byline.authors, label.rule)}, goes_on=byline.goes_on)


def _section_value(label: Labelled, publication: Publication) -> Facts:
    words = plain(label.value)
    kind = kind_of_section(words, publication.name)
    if kind:
        return Facts({"kind": Found(kind, label.rule)})
    return Facts(hints={"kind": f'The section is "{words}".'})


def _address_value(label: Labelled, publication: Publication) -> Facts | None:
    links = links_in(label.value)
    if len(links) != 1:
        return None
    ((_, address),) = links
    return Facts({"url": Found(address, label.rule)})


def _picture_value(label: Labelled, publication: Publication) -> Facts:
    picture = _PICTURE.fullmatch(label.value.strip())
    if picture is None:
        return Facts(hints={"picture.src": f"The text says: {label.value}"})

    alt, src, caption = picture.groups()
    said: dict[str, Any] = {"picture.src": src, "picture.alt": alt, "picture.caption": caption}
    return Facts({name: Found(value, label.rule) for name, value in said.items() if value})


_VALUES: Mapping[str, Callable[[Labelled, Publication], Facts | None]] = {
    "title": _markdown_value,
    "teaser": _markdown_value,
    "by": _authors_value,
    "date": _date_value,
    "section": _section_value,
    "number": _number_value,
    "words": _word_count,
    "url": _address_value,
    "topics": _topics,
    "picture.src": _picture_value,
    "picture.caption": _line_value,
    "picture.credit": _line_value,
    "picture.alt": _line_value,
}
"""How the value after each label is read."""

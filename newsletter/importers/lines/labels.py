"""Labels at the top of a piece, one a line or in a table of two columns: "By: Ruth Stone"."""

from __future__ import annotations

import re
from typing import NamedTuple

_WRITTEN = {
    "title": "title, headline, heading, article title, piece title",
    "by": "by, byline, author, authors, writer, writers, reviewer, written by, reviewed by,"
    " author name, author's name, author(s), name of author",
    "role": "role, affiliation, affiliations, position, post, job title",
    "date": "date, published, posted, publication date, date published, date of publication",
    "section": "section, category, kind, type, article type",
    "number": "issue, edition, issue number, appeared in, appears in",
    "teaser": "teaser, standfirst, summary, strapline, short summary",
    "url": "url, link, page url, web address, web link",
    "topics": "topics, tags, keywords, key words",
    "picture.src": "picture, image, photo, picture file, image file",
    "picture.caption": "caption, picture caption, image caption, photo caption",
    "picture.credit": "credit, picture credit, image credit, photo credit",
    "picture.alt": "alt, alt text, image description, picture description",
    "sources": "sources, source, references, sources and references, sources & references",
    "words": "words, word count, wordcount, length, number of words",
}
"""Our name for each label, and the words that people write for it."""
_MEANINGS = {
    label.strip(): name for name, labels in _WRITTEN.items() for label in labels.split(",")
}
_LINE = re.compile(r"(?:[*_]{2})?([\w'’&()/ ]{2,30}?)\s*(?::[*_]{2}|[*_]{2}\s*:|:)[ \t]*(.*)")
_ROW = re.compile(r"\|(.*)\|\s*")
_CELL_END = re.compile(r"(?<!\\)\|")
_RULER = re.compile(r"\s*:?-+:?\s*")


class Labelled(NamedTuple):
    """A label, in our word for it, and what is written after it."""

    name: str
    """``title``, ``by``, ``date``…; a field's name where the value is the field's own."""
    written: str
    """The label as it is written, without the colon."""
    value: str

    @property
    def rule(self) -> str:
        """The rule of a field that it gives."""
        return f"a label ({self.written}:)"


def labelled(line: str) -> Labelled | None:
    """Return what a line says after a label that is known, such as "By:"; None for another line."""
    found = _LINE.fullmatch(line.strip())
    if found:
        return _meant(found[1], found[2].strip())
    return None


def table_row(line: str) -> list[str] | None:
    """Return the cells of a line of a pipe table, without escapes; None if it is none."""
    row = _ROW.fullmatch(line.strip())
    if row is None:
        return None
    return [cell.strip().replace(r"\|", "|") for cell in _CELL_END.split(row[1])]


def is_ruler(cells: list[str]) -> bool:
    """Return whether the cells are the line of hyphens below a table's head, or are empty."""
    return all(_RULER.fullmatch(cell) or not cell.strip() for cell in cells)


def labelled_row(cells: list[str]) -> Labelled | None:
    """Return what a row of two cells says, the first of which is a label."""
    if len(cells) != 2:
        return None
    label = cells[0].strip("*_: ")
    return _meant(label, cells[1])


def _meant(label: str, value: str) -> Labelled | None:
    name = _MEANINGS.get(" ".join(label.casefold().replace("’", "'").split()))
    if name:
        return Labelled(name, label.strip(), value)
    return None

"""The lines above a piece, as volunteers write them: title, byline, date, labels such as "By:".

What a line is must be certain: by its label, its form ("By Ruth Stone") or its place. Where that is
certain but the value is not (2/4/2012), the field is left empty, with the line in a hint. All other
lines are the body's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from newsletter.importers.lines import bylines
from newsletter.importers.lines.head_lines import Facts, facts_in
from newsletter.importers.lines.head_table import facts_of_table, table_at
from newsletter.importers.lines.kinds import kind_fields, kind_of_section, reviewed
from newsletter.importers.lines.marks import is_emphasised, is_heading, links_in, plain, unmarked
from newsletter.importers.lines.places import line_at, next_written
from newsletter.importers.lines.work_lines import work_line
from newsletter.importers.piece import Found
from newsletter.model import Publication

_LONGEST_TITLE = 200
_LONGEST_STANDFIRST = 500
_LONGEST_PASSED_OVER = 60
"""Characters."""
_NO_TITLE = re.compile(r"[.,;:]['\"’”]?$|^(?:dear|hi|hello|hey|fw|fwd|re|subject)\b", re.IGNORECASE)
_BLOCK = re.compile(r"(?:[-*+•]|\d+[.)]|>|\|)\s|!\[|```|---|<!--")


class Opening(NamedTuple):
    """The fields in the first lines of a text, and the text below them."""

    fields: Mapping[str, Found]
    """As in a Piece."""
    body: str
    number: str | None = None
    """The issue that it says it appears in."""
    hints: Mapping[str, str] = {}
    """As in a Piece."""
    left_out: tuple[str, ...] = ()
    """As in a Piece."""


def split_opening(markdown: str, publication: Publication) -> Opening:
    """Return what the first lines of a text say, and the body. What is not certain stays body."""
    head = _Head(markdown, publication)
    head.read()

    below = "\n".join(head.lines[head.place :]).strip("\n")
    body = "\n\n".join(text for text in (*head.passed_over, below) if text)
    facts = head.facts
    offers = {name: hint for name, hint in head.offers.items() if name not in facts.fields}
    hints = {**offers, **facts.hints}
    title = facts.fields.get("title")
    kind = kind_fields(plain(title.value)) if title else {}
    return Opening({**kind, **facts.fields}, body, facts.number, hints, facts.left_out)


class _Head:
    """The lines of a text, of which those before ``place`` have been read."""

    def __init__(self, markdown: str, publication: Publication) -> None:
        self.lines = markdown.split("\n")
        self.publication = publication
        self.place = 0
        self.facts = Facts()
        self.offers: dict[str, str] = {}
        """Hints about lines that belong to the body."""
        self.passed_over: list[str] = []
        """Lines among those that were read which belong to the body."""
        self.ends = False
        """Whether a label has said that the body begins."""

    def read(self) -> None:
        """Read as many lines as are certain."""
        self._read_table()
        self._read_section()
        self._read_known_lines()
        if self.ends or ("title" not in self.facts.fields and not self._read_title()):
            return
        self._read_known_lines()

    def _read_table(self) -> None:
        start = self._next(self.place)
        rows, end = table_at(self.lines, start)
        facts = facts_of_table(rows, self.publication)
        if facts:
            self.facts = self.facts.joined(facts)
            self.place = end

    def _read_section(self) -> None:
        """Read the name of a section above the title."""
        start = self._next(self.place)
        words = plain(self._line(start))
        kind = kind_of_section(words, self.publication.name)
        if kind and self._line(self._next(start + 1)):
            found = Found(kind, f'the line above the title ("{words}")')
            self._take(Facts({"kind": found}), start)

    def _read_title(self) -> bool:
        start = self._next(self.place)
        line = self._line(start)
        if not self._is_title(start):
            return False

        words = unmarked(line)
        hints = {}
        for _, address in links_in(words):
            hints["url"] = f"The title leads to {address}"
            words = plain(words)
        rule = "the heading at the top" if is_heading(line) else "the first line"
        self._take(Facts({"title": Found(words, rule)}, hints), start)
        return True

    def _is_title(self, place: int) -> bool:
        line = self._line(place)
        words = plain(line)
        is_long = not words or len(words) > _LONGEST_TITLE
        if is_long or _BLOCK.match(line) or self._next(place + 1) >= len(self.lines):
            return False
        if is_heading(line):
            return True

        below = self._line(place + 1)
        is_alone = not below.strip() or line.endswith(("\\", "  "))
        return not _NO_TITLE.search(words) and (is_alone or self._facts(below) is not None)

    def _read_known_lines(self) -> None:
        """Read lines below the title until one is not known."""
        after_byline = False
        while not self.ends:
            place = self._next(self.place)
            line = self._line(place)
            known = self._facts(line)
            if after_byline and known is None:
                known = self._post(line)
            if known is None:
                if not self._pass_over(place):
                    return
                continue

            if self._may_be_of_the_work(known, place):
                known = Facts(hints={"authors": f"{plain(line)}: is it the review or the book?"})
            after_byline = "authors" in known.fields or "authors" in known.hints
            self._take(known, place)

    def _facts(self, line: str) -> Facts | None:
        """Return what a line says that is not known yet."""
        known = facts_in(line, self.publication) if line.strip() else None
        if known is None or self.facts.has_any_of(known):
            return None
        return known

    @property
    def _is_review(self) -> bool:
        title = self.facts.fields.get("title")
        return title is not None and reviewed(plain(title.value)) is not None

    def _may_be_of_the_work(self, known: Facts, place: int) -> bool:
        """Return whether a byline is above the publisher of a book, and so may be its author's."""
        if not self._is_review or "authors" not in known.fields:
            return False
        below = plain(self._line(self._next(place + 1)))
        said = work_line(below, None, self.publication.language) if below else None
        return said is not None and not said.fields.keys().isdisjoint({"publisher", "isbn"})

    def _post(self, line: str) -> Facts | None:
        """Return the authors with the post that the line below the byline names."""
        found = self.facts.fields.get("authors")
        words = plain(line)
        is_joined = self.facts.goes_on or re.match(r"(?:and|&)\s", words)
        if found is None or not (is_joined or bylines.is_post(words.strip("()"))):
            return None

        line_of_authors = f"and {words}" if self.facts.goes_on else words
        authors = bylines.with_post(found.value, line_of_authors)
        if not authors:
            return None
        return Facts({"authors": Found(authors, f"{found.rule}, and the line below it")})

    def _pass_over(self, place: int) -> bool:
        """Read over a line that is not known, if the next one is."""
        line = self._line(place)
        words = plain(line)
        below = self._next(place + 1)
        next_facts = self._facts(self._line(below))
        if "title" not in self.facts.fields or not words or self._is_review:
            return False

        author = self._author_without_by(line)
        if author:
            self._take(author, place)
            return True
        self._hint_at_author(words)
        if next_facts is None or _BLOCK.match(line):
            return False
        return self._take_standfirst(place, next_facts) or self._keep(place)

    def _author_without_by(self, line: str) -> Facts | None:
        words = plain(line)
        byline = bylines.named_authors(words) if bylines.is_titled(words) else None
        is_sentence = words.endswith((".", "!", "?", ":"))
        is_known = "authors" in {*self.facts.fields, *self.facts.hints}
        if byline is None or not byline.authors or is_sentence or is_known:
            return None
        if not all(_is_certain(author) for author in byline.authors):
            return None
        rule = "a name with a title below the headline"
        return Facts({"authors": Found(byline.authors, rule)}, goes_on=byline.goes_on)

    def _hint_at_author(self, words: str) -> None:
        byline = bylines.named_authors(words)
        is_short = len(words.split()) <= 15 and not words.endswith((".", "!", "?"))
        if byline and is_short and "authors" not in self.facts.fields:
            self.offers["authors"] = f'Is this the author: "{words}"?'

    def _take_standfirst(self, place: int, below: Facts) -> bool:
        """Take a sentence between the title and the byline for the teaser."""
        line = self._line(place)
        words = plain(line)
        is_set_apart = is_emphasised(line) or words.endswith((".", "?", "!", "…"))
        is_between = "authors" in below.fields and "teaser" not in self.facts.fields
        if not is_between or not is_set_apart or len(words) > _LONGEST_STANDFIRST:
            return False
        rule = "the line between title and byline"
        self._take(Facts({"teaser": Found(unmarked(line), rule)}), place)
        return True

    def _keep(self, place: int) -> bool:
        line = self._line(place)
        if len(plain(line)) > _LONGEST_PASSED_OVER:
            return False
        self.passed_over.append(line)
        self.place = place + 1
        return True

    def _take(self, facts: Facts, place: int) -> None:
        self.facts = self.facts.joined(facts)
        self.ends = facts.ends
        self.place = place + 1

    def _next(self, place: int) -> int:
        return next_written(self.lines, place)

    def _line(self, place: int) -> str:
        return line_at(self.lines, place)


def _is_certain(author: str | dict[str, str]) -> bool:
    return isinstance(author, str) or bylines.is_post(author["role"])

"""The head of a page of one piece: from its title to "Appeared in BioNews 596"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from newsletter.importers.lines import bylines
from newsletter.importers.lines.head_lines import Facts, facts_in
from newsletter.importers.lines.kinds import kind_of_section, reviewed
from newsletter.importers.lines.places import next_written
from newsletter.importers.page_end import is_of_the_site
from newsletter.importers.piece import Found
from newsletter.model import Publication

_MOST_ROLE_LINES = 8
"""Lines between the byline and "Appeared in", with empty ones."""
_SENTENCE = re.compile(r"[.!?]['\"’”)]*$")
_LINES_OF_HEAD = 12
"""With text, from the title on."""
_ADDRESS = re.compile(r"(?:page url\s*:\s*)?<?(https?://\S+?)>?", re.IGNORECASE)
_PAGE_URL = re.compile(r"page url\s*:\s*", re.IGNORECASE)
_IS = re.compile(r"(?:is|was|works as)\s+(.*?)\.?")


class Head(NamedTuple):
    """Where the title and the text of a page are, and what is said between them."""

    title: int
    text: int
    facts: Facts


def heads(lines: Sequence[str], publication: Publication) -> list[Head]:
    """Return the head of each piece on a page: mostly there is one."""
    name = publication.name.casefold()
    found: list[Head] = []
    for place, line in enumerate(lines):
        facts = facts_in(line, publication) if name in line.casefold() else None
        if facts and facts.number and (head := _head_above(lines, place, publication)):
            found.append(head)
    return found


def head_with_date(lines: Sequence[str], publication: Publication) -> Head | None:
    """Return the head of a page that does not say in which issue it appeared: a title with a date
    below it, among the first lines.
    """
    written = [place for place, line in enumerate(lines) if line.strip()][:_LINES_OF_HEAD]
    for above, place in pairwise(written):
        facts = facts_in(lines[place], publication)
        has_date = facts is not None and "date" in {*facts.fields, *facts.hints}
        if has_date and facts_in(lines[above], publication) is None:
            return _head_above(lines, place, publication)
    return None


def above_the_title(lines: Sequence[str], publication: Publication) -> Facts:
    """Return what the lines above a title say: an address, a section. All else is left out."""
    facts = Facts()
    written = [line.strip() for line in lines if line.strip()]
    for place, line in enumerate(written):
        address = _ADDRESS.fullmatch(line)
        kind = kind_of_section(line, publication.name) if place == len(written) - 1 else None
        if address:
            facts = facts.joined(Facts({"url": Found(address[1], "the line Page URL:")}))
        elif kind:
            facts = facts.joined(Facts({"kind": Found(kind, "the section above the title")}))
        elif not _PAGE_URL.fullmatch(line):
            facts = facts.joined(Facts(left_out=(f'Above the title: "{line}"',)))
    return facts


def _head_above(lines: Sequence[str], last: int, publication: Publication) -> Head | None:
    """Return the head whose last line is here; None if there is no title above it."""
    written = [place for place in range(last + 1) if lines[place].strip()][-_LINES_OF_HEAD:]
    top = _top(lines, written, publication)
    title = max((place for place in written if place < top), default=None)
    if title is None or is_of_the_site(lines[title]):
        return None

    facts = Facts()
    for place in written:
        if place > title:
            facts = _with_line(facts, lines[place].strip(), publication)
    return _with_byline_below(Head(title, last + 1, facts), lines, publication)


def _with_byline_below(head: Head, lines: Sequence[str], publication: Publication) -> Head:
    """Return the head with the byline below its last line, if it has none above. Above the text of
    a review, "by" is the author of a book.
    """
    place = next_written(lines, head.text)
    if place == len(lines) or "authors" in {*head.facts.fields, *head.facts.hints}:
        return head

    facts = facts_in(lines[place], publication)
    is_byline = facts is not None and facts.fields.keys() == {"authors"}
    if facts is None or not is_byline or reviewed(lines[head.title].strip()):
        return head
    return Head(head.title, place + 1, head.facts.joined(facts))


def _top(lines: Sequence[str], written: Sequence[int], publication: Publication) -> int:
    """Return the highest line of the head below its title. Going up, it ends where something would
    be said twice: there, the related pieces of another page begin.
    """
    said = Facts()
    *above, top = written
    for place in reversed(above):
        facts = facts_in(lines[place], publication)
        if is_of_the_site(lines[place]) or (facts and said.has_any_of(facts)):
            break
        if facts and {*facts.fields, *facts.hints} & {"date", "authors"}:
            said = said.joined(facts)
            top = place
        elif top - place > _MOST_ROLE_LINES:
            break
    return top


def _with_line(facts: Facts, line: str, publication: Publication) -> Facts:
    """Return what is said with one line more: a post, if it is below the byline."""
    known = facts_in(line, publication)
    if known and not facts.has_any_of(known):
        return facts.joined(known)
    if "authors" in facts.hints:
        hint = f"{facts.hints['authors']} {line}"
        return facts.joined(Facts(hints={"authors": hint}))

    authors = facts.fields.get("authors")
    with_post = _with_post(authors.value, line, facts.goes_on) if authors else []
    if authors is None or not with_post:
        return facts.joined(Facts(left_out=(f'Between title and text: "{line}"',)))
    rule = f"{authors.rule}, and the line below it"
    return facts.joined(Facts({"authors": Found(with_post, rule)}))


def _with_post(authors: bylines.Authors, line: str, goes_on: bool) -> bylines.Authors:
    """Return the authors with what the line between byline and text says; none if it is about
    something else.
    """
    last = authors[-1]
    name = last["name"] if isinstance(last, dict) else last
    about = _IS.fullmatch(line[len(name) :].strip()) if line.startswith(name) else None
    if about:
        return bylines.with_role(authors, about[1])
    if _SENTENCE.search(line):
        return []
    return bylines.with_post(authors, f"and {line}" if goes_on else line)

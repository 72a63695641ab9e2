"""What follows a piece on its web page: related pieces, comments, notices of the site."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from newsletter.importers.lines.marks import links_in, only_link, plain
from newsletter.importers.lines.places import last_written, line_at, next_written
from newsletter.importers.lines.written_days import certain_day
from newsletter.importers.piece import Related
from newsletter.model import Publication

_OF_THE_SITE = re.compile(
    r"(?:(?:please |log ?in |login |register |or |you (?:must|need to) be logged in |click here )*"
    r"to (?:add|post|leave) a comment|add (?:a|your) comment|(?:be the first to )?have your say"
    r"|there are no comments.*"
    r"|by posting a comment,? you agree to abide by .{0,60}terms and conditions"
    r"|syndicate this story.*|click here to enquire about using this story"
    r"|printer[- ]friendly(?: version)?|print this page|email (?:this )?to a friend"
    r"|share this(?: page| story| article)?|back to top|leave a reply|comments (?:are )?closed)"
    r"[.:!]?",
    re.IGNORECASE,
)
_RELATED_HEADING = re.compile(
    r"(?:related|similar|more)\s+(?:articles?|stories|news|pieces|content|items)(?:\s+in\s+.{0,40})?:?"
    r"|you may also like:?|related:?",
    re.IGNORECASE,
)
_DATE_AND_AUTHOR = re.compile(r"(.{6,40}?)\s+[-–—]\s+by\s+(.{1,120})", re.IGNORECASE)


_CUT = ("...", "…")
"""How a teaser ends that is cut off."""


class PageEnd(NamedTuple):
    """The text above the end of a page, and what the end says."""

    body: str
    related: tuple[Related, ...]
    left_out: tuple[str, ...]


def cut_page_end(markdown: str, publication: Publication) -> PageEnd:
    """Return the text above what only belongs to its web page."""
    lines = markdown.split("\n")
    start = _start_of_related(lines, publication.language)
    related, rest = _related(lines[start:], publication.language)
    if not related:
        start = _start_of_notices(lines)
        rest = lines[start:]

    left_out = tuple(f'Of the website: "{plain(line)}"' for line in rest if line.strip())
    return PageEnd("\n".join(lines[:start]).strip("\n"), tuple(related), left_out)


def is_of_the_site(line: str) -> bool:
    """Return whether a line is one that the website puts on each of its pages."""
    return bool(_OF_THE_SITE.fullmatch(plain(line).strip()))


def related_line(line: str, language: str) -> Related | None:
    """Return what the first line of a related piece says: ``31 January 2012 - by Daniel Stone``."""
    found = _DATE_AND_AUTHOR.fullmatch(plain(line))
    if found is None:
        return None

    day = certain_day(found[1], language)
    if day is None:
        return None
    return Related(None, day, found[2].strip(), None, None)


def _start_of_notices(lines: Sequence[str]) -> int:
    """Return where the lines of the site begin with which a page ends."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or is_of_the_site(lines[end - 1])):
        end -= 1
    return end


def _start_of_related(lines: Sequence[str], language: str) -> int:
    """Return where the list of related pieces begins; the end if there is none."""
    for place, line in enumerate(lines):
        if related_line(line, language) is None:
            continue

        heading = last_written(lines, place - 1)
        if _is_related_heading(lines, heading):
            return heading
        teaser = line_at(lines, next_written(lines, place + 1))
        if plain(teaser).endswith(_CUT):
            return _with_title(lines, place, language)
    return len(lines)


def _with_title(lines: Sequence[str], place: int, language: str) -> int:
    """Return where the first entry begins: above its title, if the entries have titles."""
    title = last_written(lines, place - 1)
    heading = last_written(lines, title - 1)
    if _is_related_heading(lines, heading):
        return heading

    others, _ = _related(lines[place:], language)
    have_titles = len(others) > 1 and all(other.title for other in others[1:])
    has_title = title >= 0 and (have_titles or only_link(lines[title]) is not None)
    if has_title:
        return title
    return place


def _is_related_heading(lines: Sequence[str], place: int) -> bool:
    return _RELATED_HEADING.fullmatch(plain(line_at(lines, place))) is not None


def _related(lines: Sequence[str], language: str) -> tuple[list[Related], list[str]]:
    """Return the related pieces that lines list, and the lines below them."""
    left = deque(line for line in lines if line.strip())
    if left and _RELATED_HEADING.fullmatch(plain(left[0])):
        left.popleft()

    found: list[Related] = []
    while left:
        has_title = len(left) > 1 and related_line(left[0], language) is None
        first = left[1] if has_title else left[0]
        entry = related_line(first, language)
        if entry is None:
            break

        title = left.popleft() if has_title else None
        left.popleft()
        teaser = left.popleft() if _is_teaser(left, language) else None
        found.append(_entry(entry, title, teaser, first))
    return found, list(left)


def _is_teaser(left: Sequence[str], language: str) -> bool:
    """Return whether a teaser comes next, and not another entry or the site's own lines."""
    if not left or related_line(left[0], language) or is_of_the_site(left[0]):
        return False
    is_title = len(left) > 1 and related_line(left[1], language) and not left[0].endswith(_CUT)
    return not is_title


def _entry(entry: Related, title: str | None, teaser: str | None, first: str) -> Related:
    links = [*(links_in(title) if title else ()), *links_in(first)]
    url = links[0][1] if links else None
    return entry._replace(
        title=plain(title) if title else None, teaser=plain(teaser) if teaser else None, url=url
    )

"""What kind of piece it is, as its title or its section says."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsletter.importers.piece import Found

_WORK_KINDS = {
    "film": "film",
    "movie": "film",
    "book": "book",
    "tv": "tv",
    "television": "tv",
    "radio": "radio",
    "podcast": "podcast",
    "theatre": "theatre",
    "theater": "theatre",
    "play": "theatre",
    "exhibition": "exhibition",
    "event": "event",
    "documentary": "documentary",
}
"""The words before "Review:", and the kind of work that is reviewed."""
_SECTIONS = {
    "news": "news",
    "news digest": "news",
    "comment": "comment",
    "comments": "comment",
    "opinion": "comment",
    "review": "review",
    "reviews": "review",
    "elsewhere": "elsewhere",
    "event": "event",
    "events": "event",
    "job": "job",
    "jobs": "job",
    "jobs & opportunities": "job",
    "jobs and opportunities": "job",
}
_REVIEW = re.compile(
    rf"(?:(?P<work>{'|'.join(_WORK_KINDS)})[ -])?reviews?\s*(?::|\s[-–—]\s)\s*(?P<title>\S.*)",
    re.IGNORECASE,
)


class Reviewed(NamedTuple):
    """What the title of a review says: "Film Review: Never Let Me Go"."""

    work_kind: str | None
    title: str


def reviewed(title: str) -> Reviewed | None:
    """Return what a title says of a work; None if it is no review's."""
    found = _REVIEW.fullmatch(title.strip())
    if found is None:
        return None
    word = (found["work"] or "").lower()
    return Reviewed(_WORK_KINDS.get(word), found["title"].strip())


def kind_of_section(name: str, publication_name: str) -> str | None:
    """Return the kind of the pieces in a section: news for "BioNews News Digest"; None if it is not
    known.
    """
    words = re.sub(
        rf"^{re.escape(publication_name)}\s+", "", name.strip().rstrip(":"), flags=re.IGNORECASE
    )
    return _SECTIONS.get(" ".join(words.casefold().split())) or _kind_of_review_section(words)


def kind_fields(title: str) -> dict[str, Found]:
    """Return what the title says of the piece's kind, and of the work that it reviews."""
    review = reviewed(title)
    if review is None:
        return {}

    form = title[: len(title.rstrip()) - len(review.title)].strip(" :-–—")
    rule = f'the title begins with "{form}"'
    fields = {"kind": Found("review", rule)}
    if review.work_kind:
        fields["work.kind"] = Found(review.work_kind, rule)
    fields["work.title"] = Found(unquoted(review.title), f'the title after "{form}"')
    return fields


def unquoted(words: str) -> str:
    """Return words without the quotation marks that are around all of them."""
    inner = re.fullmatch(r"(['\"‘“])([^'\"‘’“”]+)(['\"’”])", words.strip())
    if inner:
        return inner[2].strip()
    return words.strip()


def _kind_of_review_section(words: str) -> str | None:
    found = re.fullmatch(rf"(?:{'|'.join(_WORK_KINDS)}) reviews?", words.strip(), re.IGNORECASE)
    if found:
        return "review"
    return None

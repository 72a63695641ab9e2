"""The pieces that an issue is made of, each with its own digest, so that 'newsletter verify' can name what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from newsletter.errors import ManifestError
from newsletter.files import relative_to_cwd
from newsletter.manifest import Manuscript, read_manuscript
from newsletter.model import Issue, Item, Noun, Publication, Section

Pieces = dict[str, dict[str, str]]
"""By the piece's name, then by its field, the start of the SHA-256 of what is written there."""
_PUBLICATION, _ISSUE = "the publication", "the issue"
_NOT_SHOWN = {
    *("ignore", "publication", "sections", "items"),
    *("day", "time", "service", "audience", "approvals", "clients", "merge_tag_samples"),
}
"""Fields that are pieces of their own, or that no reader sees."""


def pieces_of(issue: Issue) -> Pieces:
    """Return the pieces: the publication, the issue itself, and each item by its title."""
    return {name: dict(_fields(noun)) for name, noun in _nouns(issue).items()}


def changed_pieces(
    before: Mapping[str, Mapping[str, str]], issue: Issue, folder: Path
) -> tuple[str, ...]:
    """Return what differs in ``issue`` from ``before``, a line each, with its place in the files of ``folder``."""
    now, written = pieces_of(issue), _manuscript(folder)
    found: list[str] = []
    for name, fields in now.items():
        if name not in before:
            found.append(
                f"{_place(written, name, None)}{name} is new since the issue was handed over"
            )
            continue
        for field in dict.fromkeys((*before[name], *fields)):
            if before[name].get(field) != fields.get(field):
                message = f"{name}: '{field}' was changed after the issue was handed over"
                found.append(f"{_place(written, name, field)}{message}")
    found += [
        f"{_place(written, _ISSUE, None)}{name} is no longer there"
        for name in before
        if name not in now
    ]
    if not found and list(before) != list(now):
        found.append(f"{_place(written, _ISSUE, None)}the items are in another order")
    return tuple(found)


def _nouns(issue: Issue) -> dict[str, Issue | Publication | Section | Item]:
    items = {f"'{item.title}'": item for item in issue.items}
    sections = {
        f"the section {section.title or section.kind}": section for section in issue.sections
    }
    return {_PUBLICATION: issue.publication, _ISSUE: issue, **sections, **items}


def _fields(noun: Noun, above: str = "") -> Iterator[tuple[str, str]]:
    """Yield each field that is not empty, with its digest; those of a noun within this one as ``picture.alt``."""
    for name, described in type(noun).model_fields.items():
        value, written = getattr(noun, name), f"{above}{described.alias or name}"
        if name in _NOT_SHOWN or value is None:
            continue
        if isinstance(value, Noun):
            yield from _fields(value, f"{written}.")
        else:
            yield written, _sealed(value)


def _sealed(value: object) -> str:
    parts = value if isinstance(value, tuple) else (value,)
    words = "\0".join(
        part.model_dump_json() if isinstance(part, Noun) else str(part) for part in parts
    )
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _manuscript(folder: Path) -> Manuscript | None:
    try:
        return read_manuscript(folder)
    except ManifestError:  # saved with a mistake a moment ago
        return None


def _place(written: Manuscript | None, name: str, field: str | None) -> str:
    """Return ``path:line: ``; empty where the files have no such piece."""
    noun = _nouns(written.issue).get(name) if written else None
    if written is None or noun is None:
        return ""
    place = written.place(noun, *field.split(".")) if field else written.place(noun)
    return f"{relative_to_cwd(place.path)}:{place.line}: "

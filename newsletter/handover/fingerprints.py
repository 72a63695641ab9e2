"""A fingerprint of each field of an issue, so that 'newsletter verify' can name what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from newsletter.files import relative_to_cwd
from newsletter.model import Issue, Noun

if TYPE_CHECKING:
    from newsletter.manifest import Manuscript
    from newsletter.manifest.manuscript import Piece

Fingerprints = dict[str, dict[str, str]]
"""By the name of a noun, then by its field: the start of the SHA-256 of what is written there."""
_PUBLICATION, _ISSUE = "the publication", "the issue"
_LENGTH = 16
"""Hexadecimal digits of a fingerprint."""
_LEFT_OUT = {
    *("ignore", "publication", "formats", "sections", "items"),
    *("day", "time", "service", "audience", "approvals", "clients", "merge_tag_samples"),
}
"""Fields that no reader sees, and those that hold nouns with fingerprints of their own."""


def fingerprints_of(issue: Issue) -> Fingerprints:
    """Return the fingerprints of the publication, the issue, each section and each item."""
    fingerprints: Fingerprints = {}
    for name, noun in _nouns(issue).items():
        fingerprints[name] = dict(_fields(noun))
    return fingerprints


def changed_since(
    before: Mapping[str, Mapping[str, str]], manuscript: Manuscript
) -> tuple[str, ...]:
    """Return what has changed in an issue since it had the fingerprints ``before``.

    Each change is a line, with its place in the files of the issue.
    """
    now = fingerprints_of(manuscript.issue)
    lines: list[str] = []
    for name, fields in now.items():
        if name in before:
            lines += _changed_fields(name, before[name], fields, manuscript)
        else:
            place = _place(manuscript, name)
            lines.append(f"{place}{name} is new since the issue was handed over")

    place = _place(manuscript, _ISSUE)
    for name in before:
        if name not in now:
            lines.append(f"{place}{name} is no longer there")

    is_reordered = list(before) != list(now)
    if is_reordered and not lines:
        lines.append(f"{place}the items are in another order")
    return tuple(lines)


def _changed_fields(
    name: str, before: Mapping[str, str], now: Mapping[str, str], manuscript: Manuscript
) -> Iterator[str]:
    """Yield a line for each field of a noun whose fingerprint is another one."""
    fields = dict.fromkeys((*before, *now))
    for field in fields:
        if before.get(field) == now.get(field):
            continue

        place = _place(manuscript, name, field)
        yield f"{place}{name}: '{field}' was changed after the issue was handed over"


def _nouns(issue: Issue) -> dict[str, Piece]:
    """Return all that has fingerprints, by a name that an editor knows."""
    nouns: dict[str, Piece] = {_PUBLICATION: issue.publication, _ISSUE: issue}
    for section in issue.sections:
        title = section.title or section.kind
        nouns[f"the section {title}"] = section
    for item in issue.items:
        nouns[f"'{item.title}'"] = item
    return nouns


def _fields(noun: Noun, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield each field that is not empty, with its fingerprint.

    The fields of a noun within this one are named like ``picture.alt``.
    """
    for name, field in type(noun).model_fields.items():
        value = getattr(noun, name)
        if name in _LEFT_OUT or value is None:
            continue

        written_name = f"{prefix}{field.alias or name}"
        if isinstance(value, Noun):
            yield from _fields(value, f"{written_name}.")
        else:
            yield written_name, _fingerprint(value)


def _fingerprint(value: object) -> str:
    values = value if isinstance(value, tuple) else (value,)
    text = "\0".join(map(_as_text, values))
    digest = hashlib.sha256(text.encode())
    return digest.hexdigest()[:_LENGTH]


def _as_text(value: object) -> str:
    if isinstance(value, Noun):
        return value.model_dump_json()
    return str(value)


def _place(manuscript: Manuscript, name: str, field: str = "") -> str:
    """Return where a field is written, as ``path:line: ``; without a field, where its noun is."""
    nouns = _nouns(manuscript.issue)
    way = field.split(".") if field else ()
    place = manuscript.place(nouns[name], *way)
    path = relative_to_cwd(place.path)
    return f"{path}:{place.line}: "

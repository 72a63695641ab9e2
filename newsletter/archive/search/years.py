"""The words of a year's issues, kept between runs so that no text is read again."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from typing import NamedTuple

from newsletter.archive.nouns import PublishedIssue
from newsletter.archive.opened import opened
from newsletter.archive.search.counting import Entry, Words, words_of
from newsletter.cache import keep, load, program
from newsletter.manifest.remembered import reader
from newsletter.parallel import in_order

DRAWERS = 256
"""In how many parts the words of a year are kept. A power of two."""
SLOT = 32
"""Numbers that an issue takes for its pieces; one of more than 32 takes as many again. So nothing
is numbered anew when an issue gets one more piece."""
_DIGEST = 32
"""Hexadecimal digits of a digest."""
_LETTERS = 4
"""Words with the same first letters are in the same drawer, so that a beginning is enough to find
it."""

Drawer = dict[str, Entry]
"""From a stem to its entry. A form that begins otherwise than its stem, as skies and sky, is in the
drawer in which it is looked for as well: there, the stem's entry has that form, but no pieces."""


class Year(NamedTuple):
    """A year's words, in drawers."""

    slots: int
    """How many slots its issues take."""
    drawers: tuple[bytes, ...]
    """Each is a Drawer in JSON. Pieces are numbered from the year's first on."""


def drawer_of(word: str) -> int:
    """Return which drawer a word is in."""
    return _drawer_of(word[:_LETTERS])


@cache
def _drawer_of(letters: str) -> int:
    number = 0x811C9DC5
    for letter in letters:  # FNV-1a, 32 bits
        number = (number ^ ord(letter)) * 0x01000193 & 0xFFFFFFFF
    return (number ^ number >> 15) % DRAWERS


def slots_of(issue: PublishedIssue) -> int:
    """Return how many slots an issue takes."""
    return -(-len(issue.pieces) // SLOT) or 1


def years_of(issues: Sequence[PublishedIssue]) -> tuple[Year, ...]:
    """Return the words of all years, the oldest first."""
    groups = [tuple(year) for _, year in groupby(issues, lambda issue: issue.day.year)]
    kept = [_kept(year) for year in groups]
    missing = [year for year, found in zip(groups, kept, strict=True) if found is None]
    made = in_order(_make, missing)
    return tuple(found or next(made) for found in kept)


def _kept(issues: Sequence[PublishedIssue]) -> Year | None:
    """Return the words of the issues of one year, if they were kept and nothing has changed."""
    kept = load(f"{_name(issues)}.drawers") or b""
    made_of, _, drawers = kept.partition(b"\n")
    return _year(issues, drawers) if made_of == _digest(issues) else None


def _make(issues: Sequence[PublishedIssue]) -> Year:
    """Return the words of the issues of one year, and keep them."""
    name = _name(issues)
    with _uncollected():
        drawers = b"\n".join(_drawers(issues, _words(issues, f"{name}.words")))
    keep(f"{name}.drawers", _digest(issues) + b"\n" + drawers)
    return _year(issues, drawers)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: among half a million lists, that takes as long as the work."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _year(issues: Sequence[PublishedIssue], drawers: bytes) -> Year:
    slots = sum(map(slots_of, issues))
    return Year(slots, tuple(drawers.split(b"\n")))


def _name(issues: Sequence[PublishedIssue]) -> str:
    first = issues[0]
    owner = hashlib.blake2b(str(first.folder.path.parent.resolve()).encode(), digest_size=12)
    return f"{owner.hexdigest()}.{first.day.year}"


def _digest(issues: Sequence[PublishedIssue]) -> bytes:
    return _hexadecimal(map(_digest_of, issues))


def _digest_of(issue: PublishedIssue) -> bytes:
    """Return a digest of all that an issue's words are made from."""
    return _hexadecimal([issue.files, *(piece.key.encode() + b"\0" for piece in issue.pieces)])


def _hexadecimal(parts: Iterable[bytes]) -> bytes:
    digest = hashlib.blake2b(_program(), digest_size=_DIGEST // 2)
    for part in parts:
        digest.update(part)
    return digest.hexdigest().encode()


def _program() -> bytes:
    return reader() + program("archive/search")


def _words(issues: Sequence[PublishedIssue], name: str) -> Iterator[Words]:
    """Yield the words of each issue; count only those of issues that are new or have changed."""
    lines = (load(name) or b"").split(b"\n")
    kept = {line[:_DIGEST]: line[_DIGEST:] for line in lines}
    counted: list[bytes] = []
    for issue in issues:
        made_of = _digest_of(issue)
        text = kept.get(made_of)
        if text is None:
            words = words_of(opened(issue), [piece.key for piece in issue.pieces])
            text = json.dumps(words, separators=(",", ":")).encode()
        counted.append(made_of + text)
        yield json.loads(text)

    keep(name, b"\n".join(counted))


def _drawers(issues: Sequence[PublishedIssue], words: Iterator[Words]) -> Iterator[bytes]:
    """Yield the drawers of a year."""
    entries: Drawer = {}
    first = 0
    for issue, found in zip(issues, words, strict=True):
        for stem, entry in found.items():
            add(entries, stem, entry, first)
        first += slots_of(issue) * SLOT

    drawers: list[Drawer] = [{} for _ in range(DRAWERS)]
    for stem, entry in entries.items():
        drawers[drawer_of(stem)][stem] = entry
        for form in entry[0].split():
            if form[:_LETTERS] != stem[:_LETTERS]:
                add(drawers[drawer_of(form)], stem, (form, []))

    for drawer in drawers:
        yield json.dumps(drawer, separators=(",", ":")).encode()


def add(drawer: Drawer, stem: str, entry: Entry, first: int = 0) -> None:
    """Add an entry, whose pieces are numbered from ``first`` on, to what is known of a stem."""
    forms, pieces = entry
    start = first * 16
    moved = [start + piece for piece in pieces]
    known = drawer.get(stem)
    if known is None:
        drawer[stem] = forms, moved
        return

    known_forms, known_pieces = known
    known_pieces += moved
    if f" {forms} " not in f" {known_forms} ":
        forms = " ".join(sorted({*known_forms.split(), *forms.split()}))
        drawer[stem] = forms, known_pieces

"""An issue to its words: in which of its pieces each is, and how much it says there.

Words are kept as text, so that those of many issues are put together without a look into them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from newsletter.archive.words.drawers import DRAWERS, drawer_of
from newsletter.archive.words.spelling import words
from newsletter.archive.words.stems import Term, terms_in
from newsletter.model import Issue, Item
from newsletter.model.fields import Seen
from newsletter.model.walking import Text, texts
from newsletter.text.markdown import to_line, tokens

PLACES = "0123456789abcdefghijklmnopqrstuv"
"""A digit for each piece of a slot."""
SLOT = len(PLACES)
"""Numbers that an issue takes for its pieces; one of more than 32 takes as many again. So nothing
is numbered anew when an issue gets one more piece."""

_WEIGHTS = {"title": 8, "topics": 4, "name": 4}
"""How many times a word counts in these fields; once in all others."""
_TYPICAL = 500
"""Words of a piece. It is no average of all, which would change with each new piece."""
_ABOUT = 50
"""To how many words lengths are rounded, so that a small correction changes few impacts."""
_SATURATION, _LENGTH = 1.2, 0.75
"""The parameters k1 and b of Okapi BM25, as is usual."""
_HIGHEST = 15
_MOST = 1 << 18
"""Runs whose words are remembered: of a thousand issues, nearly all."""


class Words(NamedTuple):
    """The words of one issue."""

    forms: str
    """``donat:ions sky:=skies``: each form that occurs, by its stem, and what follows it or else
    "=" and the whole form."""
    drawers: tuple[str, ...]
    """Of each drawer its stems and the pieces that have them, for each slot: ``donat:0e2c;``. Two
    digits are a piece: its place in the slot, and the stem's impact, which is how much it says
    about the piece (1 to f)."""


class _Piece(NamedTuple):
    """What was counted in a piece."""

    length: int
    """In words."""
    times: Mapping[str, int]
    """How many times each stem counts, more in a title than in a text."""
    forms: Iterable[str]
    """Each form that occurs, as Words have it."""


class _Run(NamedTuple):
    """What is between two spaces."""

    words: int
    terms: tuple[tuple[str, str], ...]
    """Of each what it is found by: its stem, and its form as Words have it."""


def words_of(issue: Issue, keys: Sequence[str]) -> Words:
    """Return the words of those items of an issue that have these keys, in this order."""
    items = {item.key: item for item in issue.items}
    known = _runs_in(issue.publication.primary_language)
    pieces = [_counted(items[key], known) for key in keys]
    forms = dict.fromkeys(chain.from_iterable(piece.forms for piece in pieces))

    starts = range(0, len(pieces), SLOT) or (0,)
    slots = [_drawers(_stems(pieces[start : start + SLOT])) for start in starts]
    return Words(" ".join(forms), tuple(map(";".join, zip(*slots, strict=True))))


def _counted(item: Item, known: _Runs) -> _Piece:
    length = 0
    times: dict[str, int] = {}
    forms: dict[str, None] = {}
    for weight, runs in _runs(item).items():
        for run, count in Counter(runs).items():
            number, terms = known[run]
            length += number * count
            for stem, form in terms:
                times[stem] = times.get(stem, 0) + count * weight
                forms[form] = None
    return _Piece(length, times, forms)


def _stems(pieces: Sequence[_Piece]) -> dict[str, str]:
    """Return of each stem which pieces of one slot have it, as in Words."""
    stems: dict[str, str] = {}
    for place, piece in zip(PLACES, pieces, strict=False):
        impact = _impacts(round(piece.length / _ABOUT) * _ABOUT)
        for stem, count in piece.times.items():
            stems[stem] = stems.get(stem, "") + place + impact(count)
    return stems


def _drawers(stems: Mapping[str, str]) -> Iterator[str]:
    """Yield what is in each drawer."""
    drawers: list[list[str]] = [[] for _ in range(DRAWERS)]
    for stem, pieces in stems.items():
        drawers[drawer_of(stem)].append(f"{stem}:{pieces}")
    for drawer in drawers:
        yield " ".join(sorted(drawer))


def _runs(item: Item) -> dict[int, list[str]]:
    """Return the runs in an item, by how many times each counts."""
    runs: dict[int, list[str]] = {}
    for text in texts(item):
        found = runs.setdefault(_WEIGHTS.get(text.field, 1), [])
        for line in _lines(text):
            found += line.split()
    return runs


def _lines(text: Text) -> Iterator[str]:
    """Yield what readers see of a text and may look for."""
    if text.seen is Seen.LINE:
        yield text.value
    elif text.seen is Seen.MARKDOWN:
        for block in tokens(text.value):
            if block.type == "inline":
                yield to_line(block)
            elif block.type == "picture":
                yield str(block.attrs["alt"])


class _Runs(dict[str, _Run]):
    """The words of runs in a language, each read once: most are in many pieces, which makes this
    several times as fast as reading whole texts.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._terms_of = terms_in(language)

    def __missing__(self, run: str) -> _Run:
        if len(self) == _MOST:
            self.clear()
        found = words(run)
        terms = chain.from_iterable(map(self._terms_of, found))
        self[run] = read = _Run(len(found), tuple(map(_with_form, terms)))
        return read


_runs_in = cache(_Runs)


def _with_form(term: Term) -> tuple[str, str]:
    form, stem = term
    ending = form.removeprefix(stem) if form.startswith(stem) else f"={form}"
    return stem, f"{stem}:{ending}"


@cache
def _impacts(length: int) -> Callable[[int], str]:
    """Return the function that makes an impact, as a digit, of how often a word is in a piece of
    this length: the word's part of BM25, without how rare it is.
    """
    size = 1 - _LENGTH + _LENGTH * length / _TYPICAL

    @cache
    def impact(count: int) -> str:
        share = count / (count + _SATURATION * size)
        return f"{max(1, round(_HIGHEST * share)):x}"

    return impact

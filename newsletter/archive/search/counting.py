"""An issue to its words: in which of its pieces each is, and how much it says there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain

from newsletter.archive.search.stems import terms_in
from newsletter.archive.search.words import words
from newsletter.model import Issue, Item
from newsletter.model.fields import Seen
from newsletter.model.walking import Text, texts
from newsletter.text.markdown import to_line, tokens

Entry = tuple[str, list[int]]
"""The forms of a stem, with spaces between them, and the pieces that have it: 16 times the number
of the piece, plus the stem's impact there, which is how much it says about the piece (1 to 15)."""
Words = dict[str, Entry]
"""From a stem to its entry. Here, pieces are numbered by their places, from 0 on."""

_WEIGHTS = {"title": 8, "topics": 4, "name": 4}
"""How many times a word counts in these fields; once in all others."""
_TYPICAL = 500
"""Words of a piece. It is no average of all, which would change with each new piece."""
_ABOUT = 50
"""To how many words lengths are rounded, so that a small correction changes few impacts."""
_SATURATION, _LENGTH = 1.2, 0.75
"""The parameters k1 and b of Okapi BM25, as is usual."""
_HIGHEST = 15


def words_of(issue: Issue, keys: Sequence[str]) -> Words:
    """Return the words of those items of an issue that have these keys, in this order."""
    terms_of = terms_in(issue.publication.primary_language)
    items = {item.key: item for item in issue.items}
    seen: set[str] = set()
    pieces: defaultdict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        counts, length = _counted(items[key])
        seen.update(counts)
        found: dict[str, int] = {}
        for word, count in counts.items():
            for _, stem in terms_of(word):
                found[stem] = found.get(stem, 0) + count  # a Counter is slow with what is new

        impact = _impacts(length)
        for stem, count in found.items():
            pieces[stem].append(place * 16 + impact(count))

    forms: defaultdict[str, list[str]] = defaultdict(list)
    for form, stem in sorted(set(chain.from_iterable(map(terms_of, seen)))):
        forms[stem].append(form)
    return {stem: (" ".join(forms[stem]), pieces[stem]) for stem in sorted(forms)}


def _counted(item: Item) -> tuple[Counter[str], int]:
    """Return how often each word is in an item, by weight, and how many words it has."""
    counts: Counter[str] = Counter()
    length = 0
    for text in texts(item):
        weight = _WEIGHTS.get(text.field, 1)
        for line in _lines(text):
            found = words(line)
            length += len(found)
            counts.update(found * weight)
    return counts, length


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


def _impacts(length: int) -> Callable[[int], int]:
    """Return the function from how often a word is in a piece of this length to its impact, which
    is the word's part of BM25, but for how rare it is.
    """
    about = round(length / _ABOUT) * _ABOUT
    size = 1 - _LENGTH + _LENGTH * about / _TYPICAL

    @cache
    def impact(count: int) -> int:
        return max(1, round(_HIGHEST * count / (count + _SATURATION * size)))

    return impact

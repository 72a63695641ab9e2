"""Whether two pieces are one: by their pages, their titles and their words, never by the names of
their files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, Self

from newsletter.adding.values import comparable
from newsletter.manifest.written_items import WrittenItem
from newsletter.model import EDITORIAL
from newsletter.text.normalise import normalised_title, normalised_url

_KINDS_OF_TEXTS = {noun.model_fields["kind"].default for noun in EDITORIAL}
"""Kinds of which two share neither page nor words; two jobs may have one page, and differ in a
word."""
_NUMBERS = re.compile(r"(?<![a-z0-9])[a-z]*[0-9][a-z0-9]*| +")
"""Numbers, with the letters that they have, as in rc1 and 652a; and spaces."""
_OPENING = 60
"""Words at the start of a text that are compared."""
_WHOLE = 2_000
"""Words of a text that are compared at most."""
_FEWEST = 20
"""Words of a text that are enough to know it by."""
_ALIKE, _ALIKE_IF_SHORT, _RATHER_ALIKE = 0.6, 0.75, 0.25
"""The share of pairs of words that two texts have in common, as a part of all that they have: of
texts under different titles, of such that are shorter than an opening, and of those under the same
title."""
_OF_ITS_OWN = ("work.title", "starts", "employer")
"""Fields that set a piece apart from any other of the same title."""


@dataclass(frozen=True)
class Likeness:
    """What a piece is recognised by."""

    kind: str
    title: str
    text: str = field(repr=False)
    own: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    """The address of its own page, normalised; empty if it has none."""

    @classmethod
    def of_fields(cls, kind: str, fields: Mapping[str, Any]) -> Self:
        """Return it for the values of fields by their dotted names."""
        own: dict[str, str] = {}
        for name in _OF_ITS_OWN:
            if value := fields.get(name):
                own[name] = _plain(value)

        title = _plain(fields.get("title") or "")
        text = fields.get("body") or fields.get("teaser") or ""
        page = normalised_url(str(fields.get("url") or ""))
        return cls(kind, title, str(text), own, page)

    @classmethod
    def of_item(cls, item: WrittenItem) -> Self:
        """Return it for an item as it is written now."""
        values = {"body": item.body.strip()}
        for name in ("title", "teaser", "url", *_OF_ITS_OWN):
            values[name] = item.value(name)
        return cls.of_fields(item.kind, values)

    @cached_property
    def words(self) -> list[str]:
        """The words of its text."""
        text = comparable("body", self.text)
        return _plain(text).split()

    def is_of(self, other: Likeness) -> bool:
        """Return whether both are the same piece."""
        are_texts = {self.kind, other.kind} <= _KINDS_OF_TEXTS
        if are_texts and self.page and self.page == other.page:
            return True
        if self._is_apart_from(other) or self._is_of_a_series_with(other):
            return False
        if self._has_another_page_than(other):
            return False

        shortest = min(len(self.words), len(other.words))
        has_texts = shortest >= _FEWEST
        if self.title and self.title == other.title:
            return not has_texts or self._shared(other, _OPENING) >= _RATHER_ALIKE
        return has_texts and are_texts and self._has_the_text_of(other)

    def _has_the_text_of(self, other: Likeness) -> bool:
        """Return whether two texts begin alike, and go on alike: an opening may be a form."""
        shortest = min(len(self.words), len(other.words))
        least = _ALIKE if shortest >= _OPENING else _ALIKE_IF_SHORT
        if self._shared(other, _OPENING) < least or self._has_other_numbers_than(other):
            return False
        return self._shared(other, _WHOLE) >= least

    def _has_other_numbers_than(self, other: Likeness) -> bool:
        """Return whether more than one number differs: a form that was filled in twice."""
        mine = {word for word in self.words[:_OPENING] if word.isdigit()}
        theirs = {word for word in other.words[:_OPENING] if word.isdigit()}
        return len(mine - theirs) > 1 and len(theirs - mine) > 1

    def _is_apart_from(self, other: Likeness) -> bool:
        """Return whether a field says that it is another: one is not the start of the other."""
        for name in self.own.keys() & other.own.keys():
            shorter, longer = sorted((self.own[name], other.own[name]), key=len)
            if not longer.startswith(shorter):
                return True
        return False

    def _has_another_page_than(self, other: Likeness) -> bool:
        """Return whether both have a title and a page of their own: a feed may begin each of its
        texts with the same words.
        """
        has_another_title = self.title != other.title
        has_another_page = self.page != other.page and self.page and other.page
        return has_another_title and bool(has_another_page)

    def _is_of_a_series_with(self, other: Likeness) -> bool:
        """Return whether the titles differ in nothing but numbers: Cells 2 rc1, Cells 2."""
        if self.title == other.title:
            return False
        mine = _NUMBERS.sub("", self.title)
        theirs = _NUMBERS.sub("", other.title)
        return mine == theirs != ""

    def _shared(self, other: Likeness, most: int) -> float:
        """Return the share of pairs of words among the first of both texts, at most so many."""
        length = min(len(self.words), len(other.words), most)
        mine = _pairs(self.words[:length])
        theirs = _pairs(other.words[:length])

        shared = len(mine & theirs)
        together = len(mine | theirs)
        return shared / max(together, 1)


def _pairs(words: list[str]) -> set[tuple[str, str]]:
    return set(pairwise(words))


def _plain(text: Any) -> str:
    return normalised_title(str(text))

"""The issue that a post of a WordPress site says it appeared in."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple

from newsletter.importers.wordpress import at

_NUMBER = r"#?\s*([1-9][0-9]{0,4}[a-z]?)"
_ISSUE = r"(?:issue|edition|number|no\.?)"
_IS_OF_ISSUES = re.compile(r"issue|edition", re.IGNORECASE)
_FIELD_OF_NUMBERS = re.compile(rf"(?:^|[_\W]){_ISSUE}[_\W]*(?:number|no|nr)?$", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_PLAIN_NUMBER = re.compile(_NUMBER)


class Said(NamedTuple):
    """The issues that a post names, and where."""

    numbers: tuple[str, ...]
    where: str
    """In a few words; empty if nowhere."""


def numbers_of(post: dict[str, Any], publication_name: str) -> Said:
    """Return the issues that a post says it appeared in, by the first of these that says any: its
    terms ("BioNews 652"), its custom fields, and "appears in BioNews 652" in its text.
    """
    named, in_text = _patterns(publication_name)
    found = Said(_in_terms(post, named), "a category or tag")
    if not found.numbers:
        found = Said(_in_fields(post, named), "a custom field")
    if not found.numbers:
        text = unescape(_TAG.sub(" ", str(at(post, "content", "rendered") or "")))
        found = Said(_apart(in_text.findall(text)), f'"appears in {publication_name}"')
    return found


@lru_cache
def _patterns(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a name that is an issue's, and of the sentence in a text."""
    words = map(re.escape, name.split())
    own = r"\s+".join(words)
    named = rf"(?:{own}|{_ISSUE}|{own}\s+{_ISSUE})\s*{_NUMBER}"
    in_text = rf"\bappear(?:s|ed)\s+in\s+{own}\s+(?:{_ISSUE}\s*)?{_NUMBER}\b"

    as_name = re.compile(named, re.IGNORECASE)
    as_sentence = re.compile(in_text, re.IGNORECASE)
    return as_name, as_sentence


def _in_terms(post: dict[str, Any], named: re.Pattern[str]) -> tuple[str, ...]:
    groups = at(post, "_embedded", "wp:term") or ()
    terms = [term for group in groups for term in group or ()]
    numbers: list[str] = []
    for term in terms:
        name = unescape(str(at(term, "name") or ""))
        taxonomy = str(at(term, "taxonomy"))
        is_of_issues = _IS_OF_ISSUES.search(taxonomy) is not None
        numbers += _number(name.strip(), named, is_number=is_of_issues)
    return _apart(numbers)


def _in_fields(post: dict[str, Any], named: re.Pattern[str]) -> tuple[str, ...]:
    """Return the numbers in the custom fields. A bare number counts only in a field whose name says
    so: it may be the id of anything.
    """
    numbers: list[str] = []
    fields = post.get("meta")
    for name, value in fields if isinstance(fields, list) else ():
        is_shown = not name.startswith("_")
        is_number = is_shown and _FIELD_OF_NUMBERS.search(name) is not None
        numbers += _number(value.strip(), named, is_number=is_number)
    return _apart(numbers)


def _number(words: str, named: re.Pattern[str], *, is_number: bool) -> list[str]:
    """Return the number in words that name an issue, or are a number if that is what they are."""
    found = named.fullmatch(words)
    if found is None and is_number:
        found = _PLAIN_NUMBER.fullmatch(words)
    return [found[1]] if found else []


def _apart(numbers: list[str]) -> tuple[str, ...]:
    """Return each number once."""
    small = [number.lower() for number in numbers]
    return tuple(dict.fromkeys(small))

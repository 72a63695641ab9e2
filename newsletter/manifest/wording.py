"""What pydantic complains about, in an editor's words: what is wrong, and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from newsletter.fields import shown
from newsletter.model import ITEM_OF_SECTION, Issue, Noun, Publication

_ITEM_OF_KIND = {item.model_fields["kind"].default: item for item in ITEM_OF_SECTION.values()}


def field_problem(error: Any, root: type[Noun], stands_there: bool) -> tuple[str, str]:
    """(what is wrong, what to do) of one error of pydantic about ``root``; ``stands_there`` if the name is written."""
    kind, name, given = error["type"], error["loc"][-1], error["input"]
    context = error.get("ctx", {})
    noun = _noun_at(root, error["loc"][:-1])
    if kind == "editor":
        return str(context["what"]), str(context["hint"])
    if kind == "missing":
        what, hint = ("empty", "Fill it in.") if stands_there else ("missing", "Add it.")
        return f"'{name}' is {what}.", f"{hint} {_description(noun, name)}"
    if kind == "extra_forbidden":
        return f"There is no field '{shown(name)}' here.", nearest(name, [one for one in _names(noun) if one != name])
    if kind == "union_tag_invalid":
        return f"There is no kind of item called '{shown(context['tag'])}'.", nearest(context["tag"], _ITEM_OF_KIND)
    if kind == "literal_error" and isinstance(given, str):
        return f"'{shown(given)}' does not fit here.", _choices(error, root)
    if kind in _LIMITS:
        size, limit = _LIMITS[kind]
        return f"{shown(given)} is too {size}.", f"Write a number {limit} {next(iter(context.values()))}."
    if kind.startswith("model_") and isinstance(given, str) and (glued := re.match(r"([\w-]+):\S", given)):
        return f"A blank is missing after '{shown(glued[1])}:'.", f"Write '{shown(glued[1])}: ' and then the text."
    return _WRONG_TYPE.get(kind, (f"{error['msg']}.", _description(noun, name)))


def _choices(error: Any, root: type[Noun]) -> str:
    place = error["loc"]
    if str(place[-1]).startswith("literal["):  # one form of a field that has another form too
        return _description(_noun_at(root, place[:-2]), place[-2])
    return nearest(error["input"], [word for word in re.split(r"', '|' or '|'", error["ctx"]["expected"]) if word])


_A_LIST = ("A list is expected here.", "Begin each part on a line of its own with '- '.")
_FIELDS = ("Named fields are expected here.", "Write one 'name: value' on each line, indented.")
_TEXT = ("One text is expected here, not a list or fields.", "Put quotes around it, or take the list apart.")
_WHOLE_NUMBER = ("A whole number is expected here.", "Write digits only.")
_WRONG_TYPE = {
    "string_type": _TEXT,
    "literal_error": _TEXT,
    "date_type": _TEXT,
    "datetime_type": _TEXT,
    "time_type": _TEXT,
    "bool_parsing": ("true or false is expected here.", "Write true, or take the whole line out."),
    "int_parsing": _WHOLE_NUMBER,
    "int_parsing_size": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "int_type": _WHOLE_NUMBER,
    "too_short": ("There is nothing in this list.", "Add at least one, or take the whole part out."),
    "tuple_type": _A_LIST,
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "dict_type": _FIELDS,
}
_LIMITS = {
    "greater_than": ("small", "above"),
    "greater_than_equal": ("small", "from"),
    "less_than_equal": ("large", "up to"),
}


def _noun_at(root: type[Noun], place: tuple[int | str, ...]) -> type[Noun] | None:
    """The noun whose fields stand at a place that pydantic names, such as ('sections', 0, 'items', 2, 'review')."""
    noun: type[Noun] | None = root
    for part in place:
        if part in _ITEM_OF_KIND:
            noun = _ITEM_OF_KIND[part]
        elif isinstance(part, str) and noun:
            nested = [_noun_in(f.annotation) for n, f in noun.model_fields.items() if part in (n, f.alias)]
            noun = nested[0] if nested else noun
    return noun


def _noun_in(annotation: Any) -> type[Noun] | None:
    return next(_nouns_in(annotation), None)


def _nouns_in(annotation: Any) -> Iterator[type[Noun]]:
    if isinstance(annotation, type) and issubclass(annotation, Noun):
        yield annotation
    for part in get_args(annotation):
        yield from _nouns_in(part)


def _all_names(noun: type[Noun]) -> Iterator[str]:
    for name, field in noun.model_fields.items():
        yield field.alias or name
        for nested in _nouns_in(field.annotation):
            yield from _all_names(nested)


FIELD_NAMES = frozenset([*_all_names(Publication), *_all_names(Issue), "file"])
"""Every name that an editor may write before a colon."""


def _names(noun: type[Noun] | None) -> list[str]:
    names = [field.alias or name for name, field in noun.model_fields.items()] if noun else []
    if noun in _ITEM_OF_KIND.values():
        return [name for name in names if name != "kind"] + ["file"]
    return [name for name in names if name != "publication"]


def _description(noun: type[Noun] | None, name: object) -> str:
    fields = noun.model_fields if noun else {}
    return next((f.description or "" for n, f in fields.items() if name in (n, f.alias)), "")


def nearest(word: object, known: Iterable[str]) -> str:
    """A hint: the known word that was probably meant, or all that are known."""
    words = {one.lower(): one for one in known}
    near = difflib.get_close_matches(str(word)[:60].lower(), words, n=1, cutoff=0.6)
    return f"Did you mean '{words[near[0]]}'?" if near else f"Use one of: {', '.join(words.values())}."

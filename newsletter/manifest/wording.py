"""What pydantic complains about, in an editor's words: what is wrong, and what to do.

Each type of error has its wording in one of the two tables below
(https://docs.pydantic.dev/latest/errors/validation_errors/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from newsletter.manifest.did_you_mean import instead_of_field, instead_of_word, is_name_of_link
from newsletter.manifest.nouns import ITEM_OF_KIND, description, noun_at
from newsletter.model import Format, Image, Link, LinkGroup, Noun, Publication, Source
from newsletter.model.formats import Shows
from newsletter.text.printable import printable
from newsletter.text.slug import slug

Wording = tuple[str, str]
"""What is wrong, and what to do."""

_LONGEST_COPIED = 300
"""Characters of a text that a hint repeats for the editor to copy."""
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def field_problem(error: Any, root: type[Noun], *, is_written: bool) -> Wording:
    """Return (what is wrong, what to do) for one of pydantic's errors in ``root``.

    ``is_written`` says whether the name of the field is in the file.
    """
    kind = error["type"]
    if kind in _SAME_FOR_ALL_FIELDS:
        return _SAME_FOR_ALL_FIELDS[kind]

    place = error["loc"]
    refusal = _Refusal(
        place=place,
        name=place[-1],
        noun=noun_at(root, place[:-1]),
        root=root,
        value=error["input"],
        is_written=is_written,
        message=error["msg"],
        details=error.get("ctx", {}),
    )
    wording = _OF_THE_FIELD.get(kind, _in_pydantics_words)
    return wording(refusal)


@dataclass(frozen=True)
class _Refusal:
    """A value that pydantic has refused."""

    place: tuple[int | str, ...]
    name: int | str
    """The name of the field, or the number of an entry in a list."""
    noun: type[Noun] | None
    """The noun that the field is one of."""
    root: type[Noun]
    """The noun that ``place`` begins in."""
    value: Any
    """What the editor has written."""
    is_written: bool
    message: str
    """What pydantic says."""
    details: Mapping[str, Any]
    """What pydantic adds to some types of error: a limit, the words that are allowed."""


# One function for each type of error


def _in_the_models_words(refusal: _Refusal) -> Wording:
    message = str(refusal.details["message"])
    hint = str(refusal.details["hint"])
    return message, _remove_curly_quotes(refusal.value) or hint


def _in_pydantics_words(refusal: _Refusal) -> Wording:
    what_for = description(refusal.noun, refusal.name)
    return f"{refusal.message}.", what_for


def _missing(refusal: _Refusal) -> Wording:
    what_for = description(refusal.noun, refusal.name)
    if refusal.is_written:
        return f"'{refusal.name}' is empty.", f"Fill it in. {what_for}"
    return f"'{refusal.name}' is missing.", f"Add it. {what_for}"


def _unknown_field(refusal: _Refusal) -> Wording:
    message = f"There is no field '{printable(refusal.name)}' here."
    is_address = isinstance(refusal.value, str) and _ADDRESS.match(refusal.value)
    if is_address and is_name_of_link(refusal.name, refusal.noun):
        return message, _how_to_write_link(f"{refusal.name} {refusal.value}", refusal.root)
    return message, instead_of_field(refusal.name, refusal.noun)


def _unknown_kind_of_item(refusal: _Refusal) -> Wording:
    kind = refusal.details["tag"]
    message = f"There is no kind of item called '{printable(kind)}'."
    return message, instead_of_word(kind, ITEM_OF_KIND)


def _unknown_word(refusal: _Refusal) -> Wording:
    if not isinstance(refusal.value, str):
        return _TEXT
    message = f"'{printable(refusal.value)}' cannot be used here."
    return message, _words_to_use(refusal)


def _words_to_use(refusal: _Refusal) -> str:
    has_another_form = str(refusal.name).startswith("literal[")
    if has_another_form:  # a list of words does not say all that can be written there
        *above, field, _ = refusal.place
        return description(noun_at(refusal.root, tuple(above)), field)
    expected = re.split(r"', '|' or '|'", refusal.details["expected"])
    if refusal.name == "shows" and refusal.value == "text":
        return "Write full, and in the next line 'parts: text' for plain text alone."
    return instead_of_word(refusal.value, filter(None, expected))


def _beyond_a_limit(size: str, rule: str) -> Callable[[_Refusal], Wording]:
    def wording(refusal: _Refusal) -> Wording:
        (limit,) = refusal.details.values()
        message = f"{printable(refusal.value)} is too {size}."
        return message, f"Write a number {rule} {limit}."

    return wording


def _not_a_list(refusal: _Refusal) -> Wording:
    return f"'{refusal.name}' must be a list.", "Write each entry on its own line, after '- '."


def _not_fields(refusal: _Refusal) -> Wording:
    """Return the wording for something else where named fields are expected."""
    text = refusal.value
    noun = noun_at(refusal.root, refusal.place)
    if isinstance(text, list) and isinstance(refusal.name, str):
        return _fields_of_list(refusal.name, noun)
    if not isinstance(text, str):
        return _FIELDS

    short = printable(text)
    if re.fullmatch(r"\S+\.(?:md|markdown)", text, re.IGNORECASE):
        return f"'{short}' is the name of a file.", f"Write '- file: {short}'."

    if noun is Source:
        return f"'{short}' alone is not enough for a source.", _how_to_write_source(text)
    if noun in (Link, LinkGroup):
        hint = _how_to_write_link(text, refusal.root)
        return f"'{short}' alone is not enough for a link.", hint

    if noun is Format and ":" not in text:
        return f"'{short}' alone is not enough for a format.", _how_to_write_format(text)

    without_space = re.match(r"([\w-]+):(?!//)\S", text)
    if without_space:
        name = printable(without_space[1])
        return f"A space is missing after '{name}:'.", f"Write '{name}: ' and then the text."
    return _FIELDS


def _fields_of_list(name: str, noun: type[Noun] | None) -> Wording:
    """Return the wording for a list where fields are expected: two pictures, say."""
    hint = "Write one 'name: value' on each line, indented and without hyphens."
    if noun is Image:
        return f"There can be only one {name} here, not a list of them.", hint
    return _FIELDS[0], hint


def _how_to_write_link(text: str, root: type[Noun]) -> str:
    """Return how to write a text that has a name, an address, or one after the other."""
    name, address = text, "https://…"
    if found := _ADDRESS.search(text):
        name = text[: found.start()].rstrip(" :,(") or "…"
        address = printable(found[0], _LONGEST_COPIED)

    link = f'- {{name: "{printable(name)}", url: "{address}"}}'
    if root is Publication:
        return f"Write {link}."
    return f"Write {link}, below the 'links:' of a 'label:'."


def _how_to_write_source(text: str) -> str:
    name = "publisher"
    if _ADDRESS.match(text):
        name = "url"
    source = f"{name}: {printable(text, _LONGEST_COPIED)}"
    return f"Write '- title:' and the headline there, and in the next line '{source}'."


def _how_to_write_format(text: str) -> str:
    meant = instead_of_word(text, get_args(Shows))
    name = slug(text) or "full"
    return f"{meant} For a name of your own, write - {{name: {name}, shows: full}}."


def _remove_curly_quotes(value: object) -> str | None:
    """Return the hint for ``time: “17:00”``; None if there are no such quotes."""
    quoted = re.fullmatch(r"\s*[“”„«‘’](.+)[“”»‘’]\s*", str(value))
    if quoted is None:
        return None
    return f'Remove the quotes: {printable(quoted[1])}. Only straight ones (") count as quotes.'


# From the type of an error to its wording

_FIELDS = ("Named fields are expected here.", "Write one 'name: value' on each line, indented.")
_TEXT = (
    "Text is expected here, not a list or fields.",
    "Write one text; if it begins with a bracket or a brace, put quotes around it.",
)
_TRUE_OR_FALSE = ("This is neither true nor false.", "Write true or false.")
_WHOLE_NUMBER = ("A whole number is expected here.", "Write digits only.")
_EMPTY_LIST = ("This list is empty.", "Add at least one entry, or delete the whole part.")

_SAME_FOR_ALL_FIELDS: dict[str, Wording] = {
    "bool_parsing": _TRUE_OR_FALSE,
    "bool_type": _TRUE_OR_FALSE,
    "date_type": _TEXT,
    "datetime_type": _TEXT,
    "dict_type": _FIELDS,
    "int_from_float": _WHOLE_NUMBER,
    "int_parsing": _WHOLE_NUMBER,
    "int_parsing_size": _WHOLE_NUMBER,
    "int_type": _WHOLE_NUMBER,
    "string_type": _TEXT,
    "time_type": _TEXT,
    "too_short": _EMPTY_LIST,
}
_OF_THE_FIELD: dict[str, Callable[[_Refusal], Wording]] = {
    "editor": _in_the_models_words,
    "extra_forbidden": _unknown_field,
    "greater_than": _beyond_a_limit("small", "above"),
    "greater_than_equal": _beyond_a_limit("small", "of at least"),
    "less_than_equal": _beyond_a_limit("large", "of at most"),
    "literal_error": _unknown_word,
    "missing": _missing,
    "model_attributes_type": _not_fields,
    "model_type": _not_fields,
    "tuple_type": _not_a_list,
    "union_tag_invalid": _unknown_kind_of_item,
}

"""What pydantic complains about, in an editor's words: what is wrong, and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any

from newsletter.model import (
    ITEM_OF_SECTION,
    Image,
    Issue,
    Link,
    LinkGroup,
    Noun,
    Section,
    Source,
    Work,
)
from newsletter.model.walking import nouns_in
from newsletter.text.printable import printable

_OTHER_WORDS = {
    "title": "headline heading",
    "authors": "by byline writer writers",
    "url": "link href website web address",
    "teaser": "summary standfirst intro introduction abstract excerpt",
    "body": "text content article",
    "picture": "image photo photograph img",
    "alt": "description",
    "credit": "photographer copyright",
    "src": "file filename image",
    "place": "location venue where address",
    "venue": "location place where",
    "starts": "start begins when",
    "ends": "end until",
    "credits": "director cast starring author authors by",
    "advertiser": "sponsor client",
}
"""Fields, and what they are called in other programs."""
_PARTS: dict[str, type[Noun]] = {"'work:'": Work, "'picture:'": Image, "'sources:'": Source}
ITEM_OF_KIND: dict[str, type[Noun]] = {
    item.model_fields["kind"].default: item for item in ITEM_OF_SECTION.values()
}


def field_problem(error: Any, root: type[Noun], is_written: bool) -> tuple[str, str]:
    """Return (what is wrong, what to do) for an error of pydantic in ``root``; ``is_written`` if the field is there."""
    kind, name, given = error["type"], error["loc"][-1], error["input"]
    context = error.get("ctx", {})
    noun = noun_at(root, error["loc"][:-1])
    if kind == "editor":
        return str(context["message"]), _without_curly_quotes(given) or str(context["hint"])
    if kind == "missing":
        message, hint = ("empty", "Fill it in.") if is_written else ("missing", "Add it.")
        return f"'{name}' is {message}.", f"{hint} {_description(noun, name)}"
    if kind == "extra_forbidden":
        return f"There is no field '{printable(name)}' here.", _instead_of(name, noun)
    if kind == "union_tag_invalid":
        return f"There is no kind of item called '{printable(context['tag'])}'.", nearest(
            context["tag"], ITEM_OF_KIND
        )
    if kind == "literal_error" and isinstance(given, str):
        return f"'{printable(given)}' cannot be used here.", _choices(error, root)
    if kind in _LIMITS:
        size, limit = _LIMITS[kind]
        return (
            f"{printable(given)} is too {size}.",
            f"Write a number {limit} {next(iter(context.values()))}.",
        )
    if kind.startswith("model_") and isinstance(given, str):
        return _text_for_fields(given, noun_at(root, error["loc"]))
    if kind == "tuple_type":
        return f"'{name}' must be a list.", "Write each entry on its own line, after '- '."
    return _WRONG_TYPE.get(kind, (f"{error['msg']}.", _description(noun, name)))


def meant_by(name: object, noun: type[Noun] | None) -> tuple[str, ...]:
    """Return the fields of a noun that are probably meant by a name that it does not have."""
    if noun in (Section, Issue) and name in ITEM_OF_SECTION:
        return ("sections",) if noun is Issue else ("kind", "items")
    meant = _other_word_for(name, noun) or _nearest(name, _names(noun))
    return (meant,) if meant else ()


def _instead_of(name: object, noun: type[Noun] | None) -> str:
    if noun in (Section, Issue) and name in ITEM_OF_SECTION:
        section = (
            f"Below 'sections:', write '- kind: {name}'"
            if noun is Issue
            else f"Write 'kind: {name}'"
        )
        return f"{section} and, in the next line, 'items:' for the pieces."
    if meant := _other_word_for(name, noun):
        return f"Did you mean '{meant}'?"
    known = [field for field in _names(noun) if field != name]
    owners = [] if _nearest(name, known) else _owners(str(name))
    return f"It is a field of {' and of '.join(owners)}." if owners else nearest(name, known)


def _owners(name: str) -> list[str]:
    """What has a field of this name, if not every item has: the sections of a kind of item, or a part of an item."""
    sections = [section for section, item in ITEM_OF_SECTION.items() if name in item.model_fields]
    if len(sections) == len(ITEM_OF_SECTION):
        return []
    return sections + [part for part, noun in _PARTS.items() if name in noun.model_fields]


def _other_word_for(name: object, noun: type[Noun] | None) -> str | None:
    """The field of a noun that goes by another name elsewhere: 'by' for its authors."""
    fields = _names(noun)
    words = [field for field, others in _OTHER_WORDS.items() if str(name).lower() in others.split()]
    return next((field for field in words if field in fields), None)


def _without_curly_quotes(given: object) -> str | None:
    """Return the hint for ``time: “17:00”``."""
    found = re.fullmatch(r"\s*[“”„«‘’](.+)[“”»‘’]\s*", str(given))
    return (
        f'Remove the quotes: {printable(found[1])}. Only straight ones (") count as quotes.'
        if found
        else None
    )


def _choices(error: Any, root: type[Noun]) -> str:
    place = error["loc"]
    if str(place[-1]).startswith("literal["):  # one of two forms of a field
        return _description(noun_at(root, place[:-2]), place[-2])
    return nearest(
        error["input"],
        [word for word in re.split(r"', '|' or '|'", error["ctx"]["expected"]) if word],
    )


def _text_for_fields(given: str, noun: type[Noun] | None) -> tuple[str, str]:
    """Return (what is wrong, what to do) for a text instead of named fields."""
    short = printable(given)
    if re.fullmatch(r"\S+\.(?:md|markdown)", given, re.IGNORECASE):
        return f"'{short}' is the name of a file.", f"Write '- file: {short}'."
    if noun is Source:
        name = "url" if re.match(r"https?://", given, re.IGNORECASE) else "publisher"
        source = f"{name}: {printable(given, _LONGEST_COPIED)}"
        hint = f"Write '- title:' and the headline there, and in the next line '{source}'."
        return f"'{short}' alone is not enough for a source.", hint
    if noun in (Link, LinkGroup):
        link = f'- {{name: "{short}", url: "https://…"}}'
        return (
            f"'{short}' alone is not enough for a link.",
            f"Write {link}, below the 'links:' of a 'label:'.",
        )
    if glued := re.match(r"([\w-]+):(?!//)\S", given):
        return (
            f"A space is missing after '{printable(glued[1])}:'.",
            f"Write '{printable(glued[1])}: ' and then the text.",
        )
    return _FIELDS


_LONGEST_COPIED = 300
_FIELDS = ("Named fields are expected here.", "Write one 'name: value' on each line, indented.")
_TEXT = (
    "Text is expected here, not a list or fields.",
    "Put quotes around it, or write one text instead.",
)
_WHOLE_NUMBER = ("A whole number is expected here.", "Write digits only.")
_WRONG_TYPE = {
    "string_type": _TEXT,
    "literal_error": _TEXT,
    "date_type": _TEXT,
    "datetime_type": _TEXT,
    "time_type": _TEXT,
    "bool_parsing": ("true or false is expected here.", "Write true, or delete the whole line."),
    "int_parsing": _WHOLE_NUMBER,
    "int_parsing_size": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "int_type": _WHOLE_NUMBER,
    "too_short": ("This list is empty.", "Add at least one entry, or delete the whole part."),
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "dict_type": _FIELDS,
}
_LIMITS = {
    "greater_than": ("small", "above"),
    "greater_than_equal": ("small", "of at least"),
    "less_than_equal": ("large", "of at most"),
}


def noun_at(root: type[Noun], place: tuple[int | str, ...]) -> type[Noun] | None:
    """Return the noun at a place that pydantic names, such as ('sections', 0, 'items', 2, 'review')."""
    noun: type[Noun] | None = root
    for part in place:
        if part in ITEM_OF_KIND:
            noun = ITEM_OF_KIND[str(part)]
        elif isinstance(part, str) and noun:
            fields = [
                field for name, field in noun.model_fields.items() if part in (name, field.alias)
            ]
            noun = next((nested for field in fields for nested in nouns_in(field.annotation)), noun)
    return noun


def _names(noun: type[Noun] | None) -> list[str]:
    names = [field.alias or name for name, field in noun.model_fields.items()] if noun else []
    if noun in ITEM_OF_KIND.values():
        return [name for name in names if name != "kind"] + ["file"]
    return [name for name in names if name != "publication"]


def _description(noun: type[Noun] | None, name: object) -> str:
    fields = noun.model_fields if noun else {}
    return next((f.description or "" for n, f in fields.items() if name in (n, f.alias)), "")


def nearest(word: object, known: Iterable[str]) -> str:
    """Return a hint: the known word that was probably meant, or all known words."""
    words = list(known)
    near = _nearest(word, words)
    return f"Did you mean '{near}'?" if near else f"Use one of: {', '.join(words)}."


def _nearest(word: object, known: Iterable[str]) -> str | None:
    """Return the nearest known word. Typing mistakes often keep the first letter; without it a word must be nearer."""
    words = {one.lower(): one for one in known}
    written = str(word)[:60].lower()
    for cutoff in (0.75, 0.6):
        near = difflib.get_close_matches(written, words, n=1, cutoff=cutoff)
        if near and (cutoff > 0.7 or near[0][:1] == written[:1]):
            return words[near[0]]
    return None

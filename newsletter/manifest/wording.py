"""What YAML and pydantic complain about, in an editor's words: what is wrong, and what to do."""

from __future__ import annotations

import difflib
from typing import Any, get_args

import yaml

from newsletter.model import ITEM_OF_SECTION, Issue, Noun

_ITEM_OF_KIND = {item.model_fields["kind"].default: item for item in ITEM_OF_SECTION.values()}

# (what libyaml or PyYAML says, what is wrong, what to do, whether quoting the value on that line would mend it)
_YAML_FAULTS = (
    (
        "mapping values are not allowed",
        "There is a colon in text that is not in quotes.",
        "Put the text in quotes, as in title: \"Film Review: Palaces\".",
        True,
    ),
    ("unexpected end of stream", "A quote is opened here and never closed.", "Close it at the end of the text.", False),
    (
        "cannot start any token",
        "The text begins with a character that has a meaning of its own in YAML.",
        "Put the text in quotes.",
        True,
    ),
    (
        "did not find expected key",
        "This line does not fit the one above.",
        "Indent it as its neighbours are; if the text has quotes or an apostrophe inside, put it in double quotes.",
        False,
    ),
    (
        "could not find expected ':'",
        "A colon is missing after the name of a field.",
        "Write it as 'name: value'; text of more lines must be indented.",
        False,
    ),
    (
        "did not find expected '-' indicator",
        "This line does not fit the list above.",
        "Begin it with '- ', or indent it as its neighbours are.",
        False,
    ),
    (
        "did not find expected ',' or",
        "A bracket is opened and not closed.",
        "Close it; if the bracket is part of the text, put the text in quotes.",
        False,
    ),
)


def yaml_problem(error: yaml.MarkedYAMLError) -> tuple[int, str, str, bool]:
    """(line from 0, what is wrong, what to do, whether quoting that line's value would mend it)."""
    said = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if "end of stream" in said and error.context_mark:
        mark = error.context_mark
    line = mark.line if mark else 0
    for pattern, what, hint, confined in _YAML_FAULTS:
        if pattern in said:
            return line, what, hint, confined
    return line, f"YAML cannot read this line ({said}).", "Compare it with its neighbours; quotes often help.", False


def field_problem(error: Any, root: type[Noun]) -> tuple[str, str]:
    """(what is wrong, what to do) of one error of pydantic about ``root``."""
    kind, name, given = error["type"], error["loc"][-1], error["input"]
    context = error.get("ctx", {})
    noun = _noun_at(root, error["loc"][:-1])
    if kind == "editor":
        return str(context["what"]), str(context["hint"])
    if kind == "missing":
        return f"'{name}' is missing.", f"Add it. {_description(noun, name)}"
    if kind == "extra_forbidden":
        return f"There is no field '{name}' here.", _nearest(str(name), _names(noun))
    if kind == "literal_error":
        return f"'{given}' does not fit here.", _nearest(str(given), str(context["expected"]).replace("'", "").split(", "))
    return _WRONG_TYPE.get(kind, (f"{error['msg']}.", _description(noun, name)))


_A_LIST = ("A list is expected here.", "Begin each entry on a line of its own with '- '.")
_FIELDS = ("Named fields are expected here.", "Write one 'name: value' on each line, indented.")
_WRONG_TYPE = {
    "string_type": ("One text is expected here, not a list or fields.", "Put quotes around it, or take the list apart."),
    "int_parsing": ("A whole number is expected here.", "Write digits only."),
    "int_type": ("A whole number is expected here.", "Write digits only."),
    "too_short": ("There is nothing in this list.", "Add at least one entry, or take the whole part out."),
    "tuple_type": _A_LIST,
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "dict_type": _FIELDS,
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
    if isinstance(annotation, type) and issubclass(annotation, Noun):
        return annotation
    return next(filter(None, map(_noun_in, get_args(annotation))), None)


def _names(noun: type[Noun] | None) -> list[str]:
    names = [field.alias or name for name, field in noun.model_fields.items()] if noun else []
    return [name for name in names if name not in ("publication", "kind") or noun not in (Issue, *_ITEM_OF_KIND.values())]


def _description(noun: type[Noun] | None, name: object) -> str:
    fields = noun.model_fields if noun else {}
    return next((f.description or "" for n, f in fields.items() if name in (n, f.alias)), "")


def _nearest(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else f"Use one of: {', '.join(known)}."



"""Find what MJML does not know in a theme's template: elements, attributes, and their order."""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from newsletter.problem import Problem
from newsletter.theme.elements import ElementTag
from newsletter.theme.tokens import TokenisedTemplate

_ELEMENTS = Path(__file__).parent / "mjml_elements.json"
_EVERYWHERE = ("css-class", "mj-class")
"""Attributes that every element of MJML can have."""


def unknown_elements(template: TokenisedTemplate) -> Iterator[Problem]:
    """Yield a problem for each name that MJML does not know, and each element in a wrong place."""
    for tag in template.elements:
        if not tag.is_mjml:
            continue
        faults = _faults_of_end(tag) if tag.is_end else _faults_of_start(tag)
        for message, hint in faults:
            path, line = template.place(tag.start)
            yield Problem(path, line, message, hint)


def _faults_of_start(tag: ElementTag) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a start tag, each with what to do."""
    attributes = [name for name, _ in tag.attributes]
    if tag.parent == "mj-attributes":
        if tag.name in ("mj-all", "mj-class"):
            return
        attributes = [name for name in attributes if name != "css-class"]

    element = _elements().get(tag.name)
    if element is None:
        yield f"There is no element '{tag.name}' in MJML.", _nearest(tag.name, _elements())
        return

    yield from _faults_of_place(tag)
    known = element["attributes"]
    for name in attributes:
        if name not in known and name not in _EVERYWHERE:
            yield f"'{tag.name}' has no attribute '{name}'.", _nearest(name, known)


def _faults_of_place(tag: ElementTag) -> Iterator[tuple[str, str]]:
    parent = _elements().get(tag.parent, {})
    children = parent.get("holds", [])
    if not tag.parent or tag.name in children or "*" in children:
        return

    hint = "It holds text and HTML only."
    if children:
        hint = f"It can hold: {', '.join(children)}."
    yield f"'{tag.name}' cannot be inside '{tag.parent}'.", hint


def _faults_of_end(tag: ElementTag) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with an end tag, each with what to do."""
    if not tag.ended:
        yield (
            f"'</{tag.name}>' closes no element.",
            "Compare it with the element that is open here.",
        )
        return

    _, *left_open = tag.ended
    for name in reversed(left_open):
        yield f"'{name}' is not closed before '</{tag.name}>'.", f"Write '</{name}>' where it ends."


@cache
def _elements() -> dict[str, Any]:
    """Return each element of MJML: the ``attributes`` it can have, the elements it ``holds``."""
    table = json.loads(_ELEMENTS.read_text("utf-8"))
    elements: dict[str, Any] = table["elements"]
    return elements


def _nearest(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"Did you mean '{near[0]}'?"
    return f"MJML knows: {', '.join(known)}."

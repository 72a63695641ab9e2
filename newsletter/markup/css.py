"""CSS as a list of rules and declarations, parsed by the CSS Syntax specification."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2

_UNREADABLE = (RecursionError, ValueError)
"""What the parser raises for brackets nested a thousand deep, and for numbers of thousands of digits."""


class Declaration(NamedTuple):
    """``name: value``; the name in lower case, the value as it is written, without ``!important``."""

    name: str
    value: str
    important: bool


class Rule(NamedTuple):
    """A rule of a style sheet, and the at-rules that it is in, outermost first: ``@media (max-width: 480px)``.

    An at-rule without rules in it, such as ``@font-face``, is a rule with an empty selector.
    """

    selector: str
    declarations: tuple[Declaration, ...]
    within: tuple[str, ...]


@lru_cache(maxsize=1024)
def declarations(css: str) -> tuple[Declaration, ...]:
    """Return the declarations of a ``style`` attribute; anything else is ignored, as browsers do."""
    try:
        found = tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)
        return tuple(_declaration(node) for node in found if node.type == "declaration")
    except _UNREADABLE:
        return ()


@lru_cache(maxsize=64)
def rules(css: str, media: str = "") -> tuple[Rule, ...]:
    """Return the rules of a style sheet; ``media`` is the attribute of its ``<style>``."""
    within = (f"@media {media}",) if media else ()
    try:
        return tuple(
            _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), within)
        )
    except _UNREADABLE:
        return ()


def _rules(nodes: list[Any], within: tuple[str, ...]) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield Rule(tinycss2.serialize(node.prelude).strip(), _inner(node), within)
        elif node.type == "at-rule":
            deeper = (
                *within,
                f"@{node.lower_at_keyword} {tinycss2.serialize(node.prelude).strip()}".strip(),
            )
            below = tinycss2.parse_blocks_contents(
                node.content or [], skip_comments=True, skip_whitespace=True
            )
            if any(part.type in ("qualified-rule", "at-rule") for part in below):
                yield from _rules(below, deeper)
            else:
                yield Rule("", _inner(node), deeper)


def _inner(node: Any) -> tuple[Declaration, ...]:
    parts = tinycss2.parse_blocks_contents(
        node.content or [], skip_comments=True, skip_whitespace=True
    )
    return tuple(_declaration(part) for part in parts if part.type == "declaration")


def _declaration(node: Any) -> Declaration:
    return Declaration(node.lower_name, tinycss2.serialize(node.value).strip(), node.important)

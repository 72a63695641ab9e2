"""CSS as a list of rules and declarations, parsed by the CSS Syntax specification."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2

_UNREADABLE = (RecursionError, ValueError)
"""Raised by the parser for brackets nested a thousand deep, and for thousands of digits."""


class Declaration(NamedTuple):
    """``name: value``; the name in lower case, the value as written, without ``!important``."""

    name: str
    value: str
    important: bool


class Rule(NamedTuple):
    """A rule of a style sheet, and the at-rules that it is in, outermost first.

    Such an at-rule is ``@media (max-width: 480px)``.

    An at-rule without rules in it, such as ``@font-face``, is a rule with an empty selector.
    """

    selector: str
    declarations: tuple[Declaration, ...]
    within: tuple[str, ...]


@lru_cache(maxsize=1024)
def declarations(css: str) -> tuple[Declaration, ...]:
    """Return the declarations of a ``style`` attribute; the rest is ignored, as in browsers."""
    try:
        return _declarations(css)
    except _UNREADABLE:
        return ()


@lru_cache(maxsize=64)
def rules(css: str, media: str = "") -> tuple[Rule, ...]:
    """Return the rules of a style sheet; ``media`` is the attribute of its ``<style>``."""
    within = (f"@media {media}",) if media else ()
    try:
        nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        return tuple(_rules(nodes, within))
    except _UNREADABLE:
        return ()


def _rules(nodes: list[Any], within: tuple[str, ...]) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield Rule(_prelude(node), _declarations(node.content), within)
        elif node.type == "at-rule":
            yield from _rules_in_at_rule(node, within)


def _rules_in_at_rule(node: Any, within: tuple[str, ...]) -> Iterator[Rule]:
    condition = f"@{node.lower_at_keyword} {_prelude(node)}".strip()
    within = (*within, condition)

    content = node.content or []
    parts = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    has_rules = any(part.type in ("qualified-rule", "at-rule") for part in parts)
    if has_rules:
        yield from _rules(parts, within)
    else:
        yield Rule("", _declarations(content), within)


def _prelude(rule: Any) -> str:
    """Return what is before the braces of a rule, without the name of an at-rule."""
    text: str = tinycss2.serialize(rule.prelude)
    return text.strip()


def _declarations(content: str | list[Any]) -> tuple[Declaration, ...]:
    declared = []
    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if part.type == "declaration":
            value = tinycss2.serialize(part.value).strip()
            declared.append(Declaration(part.lower_name, value, part.important))
    return tuple(declared)

"""Read the CSS of a theme: rules, declarations, and what a mail program would fetch for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import tinycss2
from tinycss2 import color3
from tinycss2.ast import AtRule, Declaration, Node, ParseError, QualifiedRule

from newsletter.errors import ThemeError
from newsletter.text.printable import printable

_FETCHING = ("url", "src", "image", "image-set", "expression")
"""Functions of CSS that fetch something, and the one with which old Outlooks run scripts."""


def rules(path: Path, css: str) -> Iterator[QualifiedRule | AtRule]:
    """Yield the rules of a style sheet. Raise ThemeError for what is not CSS, and for @import."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        line = rule.source_line
        if isinstance(rule, ParseError):
            message = f"CSS: {rule.message.rstrip('.')}."
            raise ThemeError.at(path, line, message, "Compare it with the rules around it.")

        if isinstance(rule, AtRule) and rule.lower_at_keyword == "import":
            message = "Mail clients do not fetch style sheets."
            raise ThemeError.at(path, line, message, "Write its rules here.")
        yield rule


def rules_within(rule: AtRule) -> Iterator[QualifiedRule]:
    """Yield the rules in an at-rule, such as a media query."""
    content = rule.content or []
    for inner in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if isinstance(inner, QualifiedRule):
            yield inner


def declarations(path: Path, rule: QualifiedRule) -> Iterator[Declaration]:
    """Yield the declarations of a rule. Raise ThemeError for what is not one."""
    content = rule.content
    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if not isinstance(part, Declaration):
            reason = getattr(part, "message", "this is not 'property: value'")
            message = f"CSS: {reason.rstrip('.')}."
            raise ThemeError.at(path, part.source_line, message, "Write 'property: value;'.")
        yield part


def value_of(declaration: Declaration) -> str:
    """Return the value as it is written, without ``!important``."""
    value: str = tinycss2.serialize(declaration.value)
    return value.strip()


def is_colour(token: Node) -> bool:
    """Return whether a piece of a value is a visible colour: red, #f00, rgb(…), not transparent."""
    colour = color3.parse_color(token)
    return isinstance(colour, color3.RGBA) and colour.alpha > 0


def fetched(path: Path, css: str) -> Iterator[tuple[str, int]]:
    """Yield what a mail program would fetch or run, such as ``url(…)``, each with its line."""
    for rule in rules(path, css):
        tokens = [*rule.prelude, *(rule.content or [])]
        yield from _fetched(tokens)


def _fetched(tokens: Iterable[Node]) -> Iterator[tuple[str, int]]:
    for token in tokens:
        is_fetching = token.type == "function" and token.lower_name in _FETCHING
        if token.type == "url" or is_fetching:
            yield printable(token.serialize()), token.source_line
        elif token.type == "at-keyword" and token.lower_value == "import":
            yield "@import", token.source_line
        else:
            inner = getattr(token, "arguments", None) or getattr(token, "content", None)
            yield from _fetched(inner or ())

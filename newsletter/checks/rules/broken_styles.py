"""A style sheet has a fault that makes mail clients drop all of it.

What it does: looks in every `<style>` for an at-rule inside another one, such as `@media` inside
`@media`, and for brackets and quotes that are opened and never closed, or closed and never opened.

Why it matters: Gmail drops a whole `<style>` that has an at-rule inside another
(https://github.com/hteumeuleu/email-bugs/issues/21), and with it the email's styles for narrow
screens or dark mode. A bracket that is left open swallows every rule after it (CSS Syntax Module
Level 3, https://www.w3.org/TR/css-syntax-3/).

Wrong:

```html
<style>
@media (max-width: 480px) {
  @media (orientation: portrait) {
    .text { padding-left: 18px !important; }
  }
}
</style>
```

Right:

```html
<style>
@media (max-width: 480px) and (orientation: portrait) {
  .text { padding-left: 18px !important; }
}
</style>
```
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Place, Severity
from newsletter.text.printable import printable
from newsletter.theme.folder import STYLE

SEVERITIES: tuple[Severity, ...] = ("error",)
ABOUT = "html"
_END = "end-of-the-style-sheet"


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for every at-rule inside another, and every style sheet with a fault."""
    for css in galley.document.styles:
        yield from _at_rules_inside_others(galley, css)
        yield from _open_brackets(galley, css)


def _at_rules_inside_others(galley: Galley, css: str) -> Iterator[Finding]:
    for outer, inner in _nested(css):
        fault = f"is inside '{printable(outer)}', so Gmail drops the whole <style>"
        message = f"'{printable(inner)}' {fault}."
        hint = "Combine the two with 'and', or put one after the other."
        place = _place(galley, inner)
        yield place.error(message, hint)


def _open_brackets(galley: Galley, css: str) -> Iterator[Finding]:
    fault = _fault(css)
    if fault is None:
        return

    on_one_line = " ".join(css.split())
    start = printable(on_one_line)
    effect = "mail clients drop some or all of them"
    message = f"In the styles that begin with '{start}', {fault}: {effect}."
    hint = "Count the brackets and quotes; each needs its partner."
    place = _place(galley)
    yield place.error(message, hint)


def _place(galley: Galley, *snippets: str) -> Place:
    """Return where the theme has one of these pieces of text; its style sheet if it has none."""
    found = galley.in_theme(*snippets)
    if found.line:
        return found
    style = galley.theme.folder.path(STYLE)
    return Place(style, None)


@lru_cache(maxsize=64)
def _nested(css: str) -> tuple[tuple[str, str], ...]:
    """Return each at-rule and the one inside it, as they are written up to their brackets."""
    import tinycss2

    nested: list[tuple[str, str]] = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "at-rule":
            continue

        outer = f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}".strip()
        tokens = list(_tokens(rule.content or []))
        for position, token in enumerate(tokens):
            if token.type == "at-keyword":
                inner = _head(tokens[position:])
                nested.append((outer, inner))
    return tuple(nested)


def _head(tokens: list[Any]) -> str:
    """Return an at-rule up to its bracket."""
    import tinycss2

    head: list[Any] = []
    for token in tokens:
        if token.type == "{} block" or token.serialize() == ";":
            break
        head.append(token)
    return str(tinycss2.serialize(head)).strip()


def _tokens(nodes: list[Any]) -> Iterator[Any]:
    """Yield all tokens, those in brackets after the bracket that holds them."""
    waiting = list(reversed(nodes))
    while waiting:
        token = waiting.pop()
        yield token
        if token.type == "{} block":
            waiting += reversed(token.content)


@lru_cache(maxsize=64)
def _fault(css: str) -> str | None:
    """Return what is wrong with brackets and quotes.

    If one is left open, it swallows the word that is added at the end.
    """
    import tinycss2

    values = tinycss2.parse_component_value_list(f"{css}\n@{_END}")
    errors = {token.kind for token in _tokens(values) if token.type == "error"}
    if errors & {"}", "]", ")"}:
        return "a bracket is closed but never opened"

    has_swallowed_end = values[-1].type != "at-keyword"
    if errors or has_swallowed_end:
        return "a bracket, a quote or a comment is opened but never closed"
    return None

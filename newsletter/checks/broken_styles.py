"""A style sheet has a fault for which mail clients drop it whole.

What it does: looks in every `<style>` for a rule with an @ inside another one, such as `@media` within `@media`, and
for brackets and quotes that are opened and never closed, or closed and never opened.

Why it matters: Gmail drops the whole `<style>` that has an @ within an @
(https://github.com/hteumeuleu/email-bugs/issues/21), and with it what the email says of narrow screens or the dark
scheme. A bracket that is left open swallows every rule after it (CSS Syntax Module Level 3,
https://www.w3.org/TR/css-syntax-3/).

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

from newsletter.fields import shown
from newsletter.galley import Galley
from newsletter.model import Finding, Place, Severity
from newsletter.theme.folder import STYLE

SEVERITIES: tuple[Severity, ...] = ("error",)
_END = "end-of-the-style-sheet"


def check(galley: Galley) -> Iterator[Finding]:
    """Every at-rule within another, and every fault of the syntax."""
    for css in galley.document.styles:
        for outer, inner in _nested(css):
            what = f"'{shown(inner)}' stands inside '{shown(outer)}'. Gmail drops all styles that stand beside them."
            hint = "Write the two as one, joined with 'and', or one after the other."
            yield _place(galley, inner).error(what, hint)
        if fault := _fault(css):
            begins = shown(" ".join(css.split()))
            what = f"In the styles that begin with '{begins}' {fault}, so mail clients drop rules, or all of them."
            yield _place(galley).error(what, "Count the brackets and quotes; each needs its partner.")


def _place(galley: Galley, *snippets: str) -> Place:
    found = galley.in_theme(*snippets)
    return found if found.line else Place(galley.theme.folder.path(STYLE), None)


@lru_cache(maxsize=64)
def _nested(css: str) -> tuple[tuple[str, str], ...]:
    """Each at-rule and the one inside it, as they are written up to their brackets."""
    import tinycss2

    found = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule":
            tokens = list(_tokens(rule.content or []))
            outer = f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}".strip()
            starts = [place for place, token in enumerate(tokens) if token.type == "at-keyword"]
            found += [(outer, _head(tokens[start:])) for start in starts]
    return tuple(found)


def _head(tokens: list[Any]) -> str:
    """An at-rule up to its bracket."""
    import tinycss2

    ends = (place for place, token in enumerate(tokens) if token.type == "{} block" or token.serialize() == ";")
    return str(tinycss2.serialize(tokens[: next(ends, len(tokens))])).strip()


def _tokens(nodes: list[Any]) -> Iterator[Any]:
    """All tokens, those in brackets after the bracket that holds them."""
    waiting = list(reversed(nodes))
    while waiting:
        token = waiting.pop()
        yield token
        if token.type == "{} block":
            waiting += reversed(token.content)


@lru_cache(maxsize=64)
def _fault(css: str) -> str | None:
    """What is wrong with brackets and quotes; a word put at the end must not be swallowed."""
    import tinycss2

    values = tinycss2.parse_component_value_list(f"{css}\n@{_END}")
    kinds = [token.kind for token in _tokens(values) if token.type == "error"]
    if any(kind in ("}", "]", ")") for kind in kinds):
        return "a bracket is closed that was never opened"
    if kinds or values[-1].type != "at-keyword":
        return "a bracket, a quote or a comment is opened and never closed"
    return None

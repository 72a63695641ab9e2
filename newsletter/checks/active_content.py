"""The email holds something that runs, is filled in or is fetched, which mail clients take out.

What it does: looks for scripts, forms and their fields, frames, players and embedded programs; for style sheets and
fonts that are fetched; for pages that reload or lead on by themselves, and for what is to happen on a click (`onclick`
and its like).

Why it matters: mail clients take much of this out or show a gap: the classic Outlook for Windows has no forms
(https://www.caniemail.com/features/html-form/), Gmail and Yahoo have no film players
(https://www.caniemail.com/features/html-video/) and fetch no fonts
(https://www.caniemail.com/features/css-at-font-face/). A link to a page with all that works everywhere.

Wrong:

```html
<iframe src="https://www.bionews.org.uk/film" title="The film"></iframe>
```

Right:

```html
<p><a href="https://www.bionews.org.uk/film">Watch the film</a></p>
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.galley import Galley
from newsletter.markup import Rule
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("error",)
_RUNS = "Many mail clients take it out, and leave a gap."
_FORBIDDEN = {
    "script": "a script",
    "form": "a form",
    **dict.fromkeys(("input", "button", "select", "textarea"), "a field of a form"),
    **dict.fromkeys(("iframe", "frame", "frameset"), "a frame"),
    **dict.fromkeys(("object", "embed", "applet"), "an embedded program"),
    "audio": "a sound player",
    "video": "a film player",
    "base": "a base for all addresses",
}
_LINK = "Put a link to a web page in its place."
_HAPPENS = re.compile(r"on[a-z]+")


def check(galley: Galley) -> Iterator[Finding]:
    """Every kind of active content, once."""
    yield from _elements(galley)
    yield from _attributes(galley)
    yield from _styles(galley)


def _elements(galley: Galley) -> Iterator[Finding]:
    present = {element.tag for element in galley.document.elements(*_FORBIDDEN)}
    for tag in sorted(present):
        what = f"<{tag}> is {_FORBIDDEN[tag]}. {_RUNS}"
        yield galley.in_theme(f"<{tag}").error(what, _LINK)
    if any("stylesheet" in link.get("rel", "").lower().split() for link in galley.document.elements("link")):
        what = f"<link> fetches a style sheet. {_RUNS}"
        yield galley.in_theme("<link").error(what, "Write the rules into style.css.")
    if any(meta.get("http-equiv", "").strip().lower() == "refresh" for meta in galley.document.elements("meta")):
        what = f"<meta http-equiv=refresh> reloads the email, or leads away from it. {_RUNS}"
        yield galley.in_theme("refresh").error(what, _LINK)


def _attributes(galley: Galley) -> Iterator[Finding]:
    found = {
        (name, element.tag)
        for element in galley.document.elements()
        for name in element.attrib
        if _HAPPENS.fullmatch(name)
    }
    for name, tag in sorted(found):
        what = f"'{name}' of <{tag.rpartition('}')[2]}> is a script. {_RUNS}"
        yield galley.in_theme(f" {name}=").error(what, "Take it out.")


def _styles(galley: Galley) -> Iterator[Finding]:
    inner = {rule.within[-1].split()[0]: rule for rule in galley.document.rules if rule.within and not rule.selector}
    if "@import" in inner:
        yield galley.in_theme("@import").error(
            f"'@import' fetches a style sheet. {_RUNS}", "Write the rules into style.css."
        )
    if any(_fetches(rule) for rule in galley.document.rules):
        hint = "Name fonts that readers have, such as Georgia or Arial."
        yield galley.in_theme("@font-face").error("'@font-face' fetches a font, which few mail clients do.", hint)


def _fetches(rule: Rule) -> bool:
    is_font = bool(rule.within) and rule.within[-1].startswith("@font-face")
    return is_font and any(
        declared.name == "src" and "url(" in declared.value.lower() for declared in rule.declarations
    )

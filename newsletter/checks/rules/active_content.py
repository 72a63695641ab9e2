"""The email contains a script, a form or something else that mail clients remove or do not show.

What it does: looks for scripts, forms and their fields, frames, players and embedded programs; for
style sheets and fonts that have to be fetched; for pages that reload or redirect by themselves; and
for scripts that run on a click (`onclick` and the like).

Why it matters: mail clients remove much of this or leave a gap: classic Outlook for Windows shows
no forms (https://www.caniemail.com/features/html-form/), and Gmail and Yahoo play no video
(https://www.caniemail.com/features/html-video/) and fetch no fonts
(https://www.caniemail.com/features/css-at-font-face/). A link to a web page with all of this works
everywhere.

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

from newsletter.checks.galley import Galley
from newsletter.markup import Rule
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("error",)
_RUNS = "Many mail clients remove it, and leave a gap."
_FORBIDDEN = {
    "script": "a script",
    "form": "a form",
    **dict.fromkeys(("input", "button", "select", "textarea"), "a form field"),
    **dict.fromkeys(("iframe", "frame", "frameset"), "a frame"),
    **dict.fromkeys(("object", "embed", "applet"), "an embedded program"),
    "audio": "an audio player",
    "video": "a video player",
    "base": "a base address for all links",
}
_LINK = "Link to a web page instead."
_HAPPENS = re.compile(r"on[a-z]+")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each kind of active content, once."""
    yield from _elements(galley)
    yield from _attributes(galley)
    yield from _styles(galley)


def _elements(galley: Galley) -> Iterator[Finding]:
    present = {element.tag for element in galley.document.elements(*_FORBIDDEN)}
    for tag in sorted(present):
        message = f"<{tag}> is {_FORBIDDEN[tag]}. {_RUNS}"
        yield galley.in_theme(f"<{tag}").error(message, _LINK)
    if any(
        "stylesheet" in link.get("rel", "").lower().split()
        for link in galley.document.elements("link")
    ):
        message = f"<link> fetches a style sheet. {_RUNS}"
        yield galley.in_theme("<link").error(message, "Put the rules in style.css.")
    if any(
        meta.get("http-equiv", "").strip().lower() == "refresh"
        for meta in galley.document.elements("meta")
    ):
        message = f"<meta http-equiv=refresh> reloads the email, or redirects readers. {_RUNS}"
        yield galley.in_theme("refresh").error(message, _LINK)


def _attributes(galley: Galley) -> Iterator[Finding]:
    found = {
        (name, element.tag)
        for element in galley.document.elements()
        for name in element.attrib
        if _HAPPENS.fullmatch(name)
    }
    for name, tag in sorted(found):
        message = f"'{name}' of <{tag.rpartition('}')[2]}> is a script. {_RUNS}"
        yield galley.in_theme(f" {name}=").error(message, "Delete it.")


def _styles(galley: Galley) -> Iterator[Finding]:
    inner = {
        rule.within[-1].split()[0]: rule
        for rule in galley.document.rules
        if rule.within and not rule.selector
    }
    if "@import" in inner:
        yield galley.in_theme("@import").error(
            f"'@import' fetches a style sheet. {_RUNS}", "Put the rules in style.css."
        )
    if any(_fetches(rule) for rule in galley.document.rules):
        hint = "Use fonts that readers have, such as Georgia or Arial."
        yield galley.in_theme("@font-face").error(
            "'@font-face' fetches a font, which few mail clients do.", hint
        )


def _fetches(rule: Rule) -> bool:
    is_font = bool(rule.within) and rule.within[-1].startswith("@font-face")
    return is_font and any(
        declared.name == "src" and "url(" in declared.value.lower()
        for declared in rule.declarations
    )

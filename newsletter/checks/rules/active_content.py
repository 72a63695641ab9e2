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
ABOUT = "html"
_REMOVED = "Many mail clients remove it, and leave a gap."
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
_STYLE_SHEET = "Put the rules in style.css."
_EVENT = re.compile(r"on[a-z]+")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each kind of active content, once."""
    yield from _elements(galley)
    yield from _fetched_style_sheets(galley)
    yield from _reloads(galley)
    yield from _scripts_of_attributes(galley)
    yield from _imports_and_fonts(galley)


def _elements(galley: Galley) -> Iterator[Finding]:
    forbidden = galley.document.elements(*_FORBIDDEN)
    tags = {element.tag for element in forbidden}
    for tag in sorted(tags):
        thing = _FORBIDDEN[tag]
        message = f"<{tag}> is {thing}. {_REMOVED}"
        place = galley.in_theme(f"<{tag}")
        yield place.error(message, _LINK)


def _fetched_style_sheets(galley: Galley) -> Iterator[Finding]:
    for link in galley.document.elements("link"):
        kinds = link.get("rel", "").lower().split()
        if "stylesheet" in kinds:
            message = f"<link> fetches a style sheet. {_REMOVED}"
            place = galley.in_theme("<link")
            yield place.error(message, _STYLE_SHEET)
            return


def _reloads(galley: Galley) -> Iterator[Finding]:
    for meta in galley.document.elements("meta"):
        header = meta.get("http-equiv", "").strip().lower()
        if header == "refresh":
            effect = "reloads the email, or redirects readers"
            message = f"<meta http-equiv=refresh> {effect}. {_REMOVED}"
            place = galley.in_theme("refresh")
            yield place.error(message, _LINK)
            return


def _scripts_of_attributes(galley: Galley) -> Iterator[Finding]:
    scripts: set[tuple[str, str]] = set()
    for element in galley.document.elements():
        for name in element.attrib:
            if _EVENT.fullmatch(name):
                _, _, tag = element.tag.rpartition("}")
                scripts.add((name, tag))

    for name, tag in sorted(scripts):
        message = f"'{name}' of <{tag}> is a script. {_REMOVED}"
        place = galley.in_theme(f" {name}=")
        yield place.error(message, "Delete it.")


def _imports_and_fonts(galley: Galley) -> Iterator[Finding]:
    rules = galley.document.rules
    if any(_is_import(rule) for rule in rules):
        message = f"'@import' fetches a style sheet. {_REMOVED}"
        place = galley.in_theme("@import")
        yield place.error(message, _STYLE_SHEET)

    if any(_fetches_font(rule) for rule in rules):
        message = "'@font-face' fetches a font, which few mail clients do."
        hint = "Use fonts that readers have, such as Georgia or Arial."
        place = galley.in_theme("@font-face")
        yield place.error(message, hint)


def _is_import(rule: Rule) -> bool:
    at_rule = _innermost(rule)
    return at_rule.split()[:1] == ["@import"] and rule.selector == ""


def _fetches_font(rule: Rule) -> bool:
    if not _innermost(rule).startswith("@font-face"):
        return False

    sources = [declared.value for declared in rule.declarations if declared.name == "src"]
    return any("url(" in source.lower() for source in sources)


def _innermost(rule: Rule) -> str:
    """Return the at-rule that a rule is directly in, or that it is itself; empty if none."""
    if rule.within:
        return rule.within[-1]
    return ""

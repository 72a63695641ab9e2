"""Some readers' mail clients cannot show part of the email.

What it does: looks at every element and style of the email, and at the layout in its style sheets,
and checks that the latest versions of the mail clients under `clients:` in publication.yaml can
show it; if none are named, of all that we know. Anything with a fallback that works is ignored,
such as a plain colour beside a gradient or a table for Outlook alone. So is anything readers will
not miss, such as rounded corners.

Why it matters: each client knows its own part of HTML and CSS, and leaves out the rest: columns
fall apart, texts overlap, a background stays white. The figures are from caniemail.com, which tests
mail clients: https://www.caniemail.com/features/ lists the results.

Wrong:

```html
<p style="background-image: url(https://www.bionews.org.uk/pictures/night.png); color: #ffffff">
White on a dark sky</p>
```

Right:

```html
<p style="background: #0d1416 url(https://www.bionews.org.uk/pictures/night.png); color: #ffffff">
White on dark</p>
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsletter.checks.galley import Galley
from newsletter.model import Client, Finding, Severity
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.markup.support import Use

SEVERITIES: tuple[Severity, ...] = ("warning",)
ABOUT = "html"
NAMES: dict[Client, tuple[str, str]] = {
    "gmail-web": ("Gmail", "web"),
    "gmail-ios": ("Gmail", "iOS"),
    "gmail-android": ("Gmail", "Android"),
    "apple-mail-macos": ("Apple Mail", "macOS"),
    "apple-mail-ios": ("Apple Mail", "iOS"),
    "outlook-windows": ("Outlook", "Windows"),
    "outlook-web": ("Outlook", "web"),
    "outlook-macos": ("Outlook", "macOS"),
    "outlook-ios": ("Outlook", "iOS"),
    "outlook-android": ("Outlook", "Android"),
    "yahoo-web": ("Yahoo Mail", "web"),
    "yahoo-ios": ("Yahoo Mail", "iOS"),
    "yahoo-android": ("Yahoo Mail", "Android"),
    "samsung-email": ("Samsung Email", ""),
    "thunderbird": ("Thunderbird", ""),
}


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each feature that a chosen client does not know, at its first use."""
    from newsletter.markup.support import uses  # a CSS parser and its selectors

    chosen = set(galley.issue.publication.clients)
    by_feature: dict[str, list[Use]] = {}
    for use in uses(galley.document):
        if use.clients & chosen:
            same = by_feature.setdefault(use.feature, [])
            same.append(use)

    for same in by_feature.values():
        yield _finding(galley, same)


def _finding(galley: Galley, same: list[Use]) -> Finding:
    """Return the finding for all uses of one feature."""
    from newsletter.markup.support import page_of

    affected: set[Client] = set()
    for use in same:
        affected |= use.clients
    chosen = galley.issue.publication.clients
    names = _listed([client for client in chosen if client in affected])

    first = same[0]
    written = printable(first.written)
    message = f"'{written}' does not work in {names}."
    page = page_of(first.feature)
    hint = f"Build it another way, or add a plainer fallback for these. See {page}"
    place = galley.in_theme(*_spellings(first.written))
    return place.warning(message, hint)


def _spellings(written: str) -> list[str]:
    """Return how a theme may have written it.

    That is as CSS, as an MJML attribute or as a tag; or how it began, before the palette's colours
    were put in.
    """
    if written.startswith("<"):
        return _spellings_of_tag(written.rstrip(">"))

    name, _, value = written.partition(": ")
    spellings = [written, f"{name}:{value}", f'{name}="{value}"']
    function, bracket, _ = value.partition("(")
    if bracket:
        spellings += [f"{name}: {function}(", f"{name}:{function}("]
    return spellings


def _spellings_of_tag(tag: str) -> list[str]:
    name, _, attribute = tag.partition(" ")
    return [tag, f" {attribute}", name]


def _listed(clients: list[Client]) -> str:
    """Return the names of clients as text: ``Gmail (iOS, Android), Thunderbird``."""
    families: dict[str, list[str]] = {}
    for client in clients:
        family, platform = NAMES[client]
        platforms = families.setdefault(family, [])
        platforms.append(platform)

    listed: list[str] = []
    for family, platforms in families.items():
        if all(platforms):
            listed.append(f"{family} ({', '.join(platforms)})")
        else:
            listed.append(family)
    return ", ".join(listed)

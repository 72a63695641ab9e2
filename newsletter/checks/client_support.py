"""Some of the readers' mail clients cannot show a part of the email.

What it does: looks at every element, style and picture of the email, and at the layout in its style sheets, and asks
whether the latest versions of the mail clients under `clients:` in publication.yaml can show it; if none are named, of
all that we know. What has a fallback that works is passed over: a plain colour beside a gradient, a still picture in a
video, a table for Outlook alone. So is what can be missed, such as round corners.

Why it matters: each client knows its own part of HTML and CSS. What it does not know it leaves out, and columns fall
apart, a form cannot be filled in, a picture stays empty. The figures are those of caniemail.com, where clients are
tested: https://www.caniemail.com/features/ has what was found.

Wrong:

```yaml item
title: A map of the genome
url: https://www.bionews.org.uk/a-map-of-the-genome
teaser: The map shows where each of the genes has its place, and which of them are still looked for...
picture:
  src: https://www.bionews.org.uk/pictures/map.svg
  alt: A map of 23 pairs of chromosomes
  width: 600
  height: 300
```

Right:

```yaml item
title: A map of the genome
url: https://www.bionews.org.uk/a-map-of-the-genome
teaser: The map shows where each of the genes has its place, and which of them are still looked for...
picture:
  src: https://www.bionews.org.uk/pictures/map.png
  alt: A map of 23 pairs of chromosomes
  width: 600
  height: 300
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsletter.addresses import picture_address
from newsletter.fields import shown
from newsletter.galley import Galley
from newsletter.model import Client, Finding, Place, Severity

if TYPE_CHECKING:
    from newsletter.client_support import Use

SEVERITIES: tuple[Severity, ...] = ("warning",)
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
    """Each feature that a chosen client does not know, where it is used first; of pictures, each."""
    from newsletter.client_support import uses  # a CSS parser and its selectors

    found: dict[tuple[str, str], list[Use]] = {}
    for use in uses(galley.document):
        picture = use.written if use.is_picture else ""
        if use.clients & set(galley.issue.publication.clients):
            found.setdefault((use.feature, picture), []).append(use)
    for same in found.values():
        yield _finding(galley, same)


def _finding(galley: Galley, same: list[Use]) -> Finding:
    from newsletter.client_support import page_of

    first = same[0]
    lacking = {client for use in same for client in use.clients}
    names = _listed([client for client in galley.issue.publication.clients if client in lacking])
    page = f"What works where: {page_of(first.feature)}"
    if first.is_picture:
        file = first.written if first.written.startswith("data:") else first.written.rpartition("/")[2]
        what = f"The picture '{shown(file)}' is of a kind that is not shown in {names}."
        hint = f"Save it as a JPEG or PNG file, and put that on the web. {page}"
        return _picture(galley, first).warning(what, hint)
    what = f"'{shown(first.written)}' does not work in {names}."
    hint = f"Build it in another way, or give these a plainer one beside it. {page}"
    return galley.in_theme(*_spellings(first.written)).warning(what, hint)


def _picture(galley: Galley, use: Use) -> Place:
    """Where the picture is named."""
    item = galley.item_of(use.element) if use.element is not None else None
    if item and item.picture and picture_address(galley.issue, item.picture) == use.written:
        return galley.manuscript.place(item.picture, "src")
    return galley.where(use.element, use.written, use.written.rpartition("/")[2])


def _spellings(written: str) -> tuple[str, ...]:
    """How a theme may have written it: as CSS, as an attribute of MJML, as a tag or an at-rule; or how it began, before
    colours of the palette were put in.
    """
    if written.startswith(("<", "@")):
        first, _, attribute = written.rstrip(">").partition(" ")
        return written.rstrip(">"), f" {attribute}" if attribute else "", first
    name, _, value = written.partition(": ")
    begun = (f"{name}: {value.partition('(')[0]}(", f"{name}:{value.partition('(')[0]}(") if "(" in value else ()
    return written, f"{name}:{value}", f'{name}="{value}"', *begun


def _listed(clients: list[Client]) -> str:
    """``Gmail (iOS, Android), Thunderbird``."""
    families: dict[str, list[str]] = {}
    for client in clients:
        family, platform = NAMES[client]
        families.setdefault(family, []).append(platform)
    return ", ".join(f"{family} ({', '.join(found)})" if all(found) else family for family, found in families.items())

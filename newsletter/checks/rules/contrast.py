"""Text is hard to read against its background.

What it does: works out the colour of each text and the colour behind it, in light and in dark mode,
and compares the two. It asks for 4.5:1, or 3:1 for large text: from 24 pixels, or 18.66 if bold.
Each pair of colours is reported once. Text over a picture, marks such as · and text too small to be
seen are ignored.

Why it matters: many readers do not see well, and everyone sometimes reads in the sun. The ratios
are from WCAG 2.2, criterion 1.4.3.

Wrong:

```html
<p style="color:#999999;background-color:#ffffff">Grey on white, as small print often is</p>
```

Right:

```html
<p style="color:#595959;background-color:#ffffff">A darker grey, which can be read</p>
<p style="color:#8a8a8a;background-color:#ffffff;font-size:26px">A paler one, for large letters</p>
```
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.markup import Document, Element, Shade, shades
from newsletter.markup.cascade import Scheme
from newsletter.markup.colour import Colour
from newsletter.model import Finding, Place, Severity
from newsletter.text.printable import printable
from newsletter.theme.folder import PALETTE

SEVERITIES: tuple[Severity, ...] = ("error",)
ABOUT = "html"
_SCHEMES: tuple[Scheme, ...] = ("light", "dark")
_Pair = tuple[str, str]
"""The colours of a text and of its background."""
_SMALLEST = 2.0
"""Pixels: smaller text is there for machines."""
_PICTURE = re.compile(r"url\(|gradient\(", re.IGNORECASE)
_NAMED = re.compile(r"--[\w-]+:\s*([^;]+);")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each pair of colours that is too close, with the first text in it."""
    first: dict[_Pair, Shade] = {}
    schemes: dict[_Pair, list[Scheme]] = {}
    for scheme in _SCHEMES:
        for shade in shades(galley.document, scheme):
            is_enough = shade.contrast >= _needed(shade)
            if is_enough or not _is_read(galley.document, shade):
                continue

            colour = _hex(shade.colour)
            background = _hex(shade.background)
            pair = (colour, background)
            first.setdefault(pair, shade)
            found_in = schemes.setdefault(pair, [])
            if scheme not in found_in:
                found_in.append(scheme)

    for pair, shade in first.items():
        yield _finding(galley, shade, schemes[pair])


def _needed(shade: Shade) -> float:
    return 3.0 if shade.is_large else 4.5


def _is_read(document: Document, shade: Shade) -> bool:
    """Return whether readers read a text on a plain colour.

    It has letters or digits, is not minute, and has no picture behind it.
    """
    if shade.size < _SMALLEST:
        return False
    has_letters = any(character.isalnum() for character in shade.text)
    if not has_letters or _has_picture(document, shade.element):
        return False

    around = document.ancestors(shade.element)
    return not any(_has_picture(document, element) for element in around)


def _has_picture(document: Document, element: Element) -> bool:
    if "background" in element.attrib:
        return True

    for declared in document.declarations(element):
        if declared.name.startswith("background") and _PICTURE.search(declared.value):
            return True
    return False


def _finding(galley: Galley, shade: Shade, schemes: list[Scheme]) -> Finding:
    first_scheme = schemes[0]
    modes = f"{first_scheme} mode"
    if len(schemes) > 1:
        modes = "both modes"
    colour = _hex(shade.colour)
    background = _hex(shade.background)
    ratio = math.floor(shade.contrast * 100) / 100  # 4.499 must not be shown as 4.5
    needed = f"{_needed(shade)}:1 is needed"
    if shade.is_large:
        needed += " for large text"
    text = printable(shade.text)
    message = (
        f"'{text}' is {colour} on {background} in {modes}: a contrast of {ratio}:1, where {needed}."
    )

    if sum(shade.colour) <= sum(shade.background):
        hint = "Make the text darker or the background lighter."
    else:
        hint = "Make the background darker or the text lighter."
    place = _place(galley, shade, first_scheme)
    return place.error(message, hint)


def _place(galley: Galley, shade: Shade, scheme: Scheme) -> Place:
    """Return where the palette has the text's colour or, if fewer lines have it, the background's.

    If the palette has neither, return where the theme has one.
    """
    colour = _hex(shade.colour)
    background = _hex(shade.background)
    palette = list(_palette(galley, scheme))
    of_colour = [place for value, place in palette if value == colour]
    of_background = [place for value, place in palette if value == background]

    # sorted() keeps the text's colour before the background's where both have as many.
    for places in sorted((of_colour, of_background), key=len):
        if places:
            return places[0]
    return galley.in_theme(colour, background)


def _palette(galley: Galley, scheme: Scheme) -> Iterator[tuple[str, Place]]:
    """Yield each colour of the palette in one scheme, and where it is."""
    from tinycss2.color3 import RGBA, parse_color

    for path, css in galley.theme.folder.layers(PALETTE):
        current: Scheme = "light"
        for number, line in enumerate(css.split("\n"), start=1):
            if "prefers-color-scheme" in line:
                current = "dark"
            named = _NAMED.search(line)
            if not named or current != scheme:
                continue

            colour = parse_color(named[1])
            if isinstance(colour, RGBA):
                yield _hex(colour[:3]), Place(path, number)


def _hex(colour: Colour) -> str:
    digits = ""
    for part in colour:
        level = round(min(max(part, 0.0), 1.0) * 255)
        digits += f"{level:02x}"
    return f"#{digits}"

"""Text is hard to read against its background.

What it does: works out the colour of each text and the colour behind it, in light and in dark mode, and
compares the two. It asks for 4.5:1, or 3:1 for large text: from 24 pixels, or 18.66 if bold. Each pair of
colours is reported once. Text over a picture, marks such as · and text too small to be seen are ignored.

Why it matters: many readers do not see well, and everyone sometimes reads in the sun. The ratios are from WCAG
2.2, criterion 1.4.3.

Wrong:

```html
<p style="color:#999999;background-color:#ffffff">Grey on white, as small print often is</p>
```

Right:

```html
<p style="color:#595959;background-color:#ffffff">A darker grey, which can be read</p>
<p style="color:#8a8a8a;background-color:#ffffff;font-size:26px">A paler one, for large letters only</p>
```
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.markup import Document, Shade, shades
from newsletter.markup.cascade import Scheme
from newsletter.markup.colour import Colour
from newsletter.model import Finding, Place, Severity
from newsletter.text.printable import printable
from newsletter.theme.folder import PALETTE

SEVERITIES: tuple[Severity, ...] = ("error",)
_SCHEMES: tuple[Scheme, ...] = ("light", "dark")
_SMALLEST = 2.0
"""Pixels: smaller text is there for machines."""
_PICTURE = re.compile(r"url\(|gradient\(", re.IGNORECASE)
_NAMED = re.compile(r"--[\w-]+:\s*([^;]+);")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each pair of colours that is too close, with the first text that has it."""
    found: dict[tuple[str, str], tuple[Shade, list[Scheme]]] = {}
    for scheme in _SCHEMES:
        for shade in shades(galley.document, scheme):
            if shade.contrast < _needed(shade) and _counts(galley.document, shade):
                colours = (_hex(shade.colour), _hex(shade.background))
                found.setdefault(colours, (shade, []))[1].append(scheme)
    for shade, schemes in found.values():
        yield _finding(galley, shade, list(dict.fromkeys(schemes)))


def _needed(shade: Shade) -> float:
    return 3.0 if shade.is_large else 4.5


def _counts(document: Document, shade: Shade) -> bool:
    """Return whether readers read it: it has letters or digits, is not minute, and has no picture behind it."""
    if shade.size < _SMALLEST or not any(map(str.isalnum, shade.text)):
        return False
    around = (shade.element, *document.ancestors(shade.element))
    return not any(
        "background" in element.attrib
        or any(
            declared.name.startswith("background") and _PICTURE.search(declared.value)
            for declared in declarations
        )
        for element, declarations in (
            (element, document.declarations(element)) for element in around
        )
    )


def _finding(galley: Galley, shade: Shade, schemes: list[Scheme]) -> Finding:
    ratio = math.floor(shade.contrast * 100) / 100  # 4.499 must not be shown as 4.5
    text, ground = _hex(shade.colour), _hex(shade.background)
    where = f"{schemes[0]} mode" if len(schemes) == 1 else "both modes"
    message = (
        f"'{printable(shade.text)}' is {text} on {ground} in {where}: a contrast of {ratio}:1, "
        f"where {_needed(shade)}:1 is needed{' for large text' if shade.is_large else ''}."
    )
    darker, lighter = (
        ("text", "background")
        if sum(shade.colour) <= sum(shade.background)
        else ("background", "text")
    )
    hint = f"Make the {darker} darker or the {lighter} lighter."
    return _place(galley, shade, schemes[0]).error(message, hint)


def _place(galley: Galley, shade: Shade, scheme: Scheme) -> Place:
    """Return where the palette has the text's colour or, if fewer lines have it, the background's."""
    colours = list(_palette(galley, scheme))
    ofs = [
        [place for colour, place in colours if colour == wanted]
        for wanted in map(_hex, (shade.colour, shade.background))
    ]
    for found in sorted(filter(None, ofs), key=len):
        return found[0]
    return galley.in_theme(_hex(shade.colour), _hex(shade.background))


def _palette(galley: Galley, scheme: Scheme) -> Iterator[tuple[str, Place]]:
    """Yield each colour of the palette in one scheme, and where it is."""
    from tinycss2.color3 import RGBA, parse_color

    for path, css in galley.theme.folder.layers(PALETTE):
        is_dark = False
        for number, line in enumerate(css.split("\n"), start=1):
            is_dark = is_dark or "prefers-color-scheme" in line
            named = _NAMED.search(line)
            colour = parse_color(named[1]) if named else None
            if isinstance(colour, RGBA) and is_dark == (scheme == "dark"):
                yield _hex(colour[:3]), Place(path, number)


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(min(max(part, 0.0), 1.0) * 255):02x}" for part in colour)

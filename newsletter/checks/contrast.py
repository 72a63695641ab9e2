"""A text can hardly be told from what is behind it.

What it does: works out for each text its colour and the colour behind it, in the light and in the dark scheme, and
compares the two. It asks for 4.5:1, or 3:1 for large text: from 24 pixels on, or 18.66 if bold. Each pair of colours is
told once. Text over a picture, marks such as · and texts too small to be seen are left out.

Why it matters: many readers do not see well, and all read in the sun at times. The ratios are those of WCAG 2.2,
criterion 1.4.3.

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

from newsletter.fields import shown
from newsletter.galley import Galley
from newsletter.markup import Document, Shade, shades
from newsletter.markup.cascade import Colour, Scheme
from newsletter.model import Finding, Place, Severity
from newsletter.theme.folder import PALETTE

SEVERITIES: tuple[Severity, ...] = ("error",)
_SCHEMES: tuple[Scheme, ...] = ("light", "dark")
_SMALLEST = 2.0
"""Pixels: smaller texts are there for machines."""
_PICTURE = re.compile(r"url\(|gradient\(", re.IGNORECASE)
_NAMED = re.compile(r"--[\w-]+:\s*([^;]+);")


def check(galley: Galley) -> Iterator[Finding]:
    """Each pair of colours that is too close, with the first text that has it."""
    found: dict[tuple[str, str], tuple[Shade, list[Scheme]]] = {}
    for scheme in _SCHEMES:
        for shade in shades(galley.document, scheme):
            if shade.contrast < _wanted(shade) and _counts(galley.document, shade):
                colours = (_hex(shade.colour), _hex(shade.ground))
                found.setdefault(colours, (shade, []))[1].append(scheme)
    for shade, schemes in found.values():
        yield _finding(galley, shade, list(dict.fromkeys(schemes)))


def _wanted(shade: Shade) -> float:
    return 3.0 if shade.is_large else 4.5


def _counts(document: Document, shade: Shade) -> bool:
    """Whether readers read it: it has letters or digits, is not minute, and has no picture behind it."""
    if shade.size < _SMALLEST or not any(map(str.isalnum, shade.text)):
        return False
    around = (shade.element, *document.ancestors(shade.element))
    return not any(
        "background" in element.attrib
        or any(declared.name.startswith("background") and _PICTURE.search(declared.value) for declared in declarations)
        for element, declarations in ((element, document.declarations(element)) for element in around)
    )


def _finding(galley: Galley, shade: Shade, schemes: list[Scheme]) -> Finding:
    ratio = math.floor(shade.contrast * 100) / 100  # a ratio just below is not the one asked for
    text, ground = _hex(shade.colour), _hex(shade.ground)
    where = f"the {schemes[0]} scheme" if len(schemes) == 1 else "both schemes"
    what = (
        f"'{shown(shade.text)}' is {text} on {ground} in {where}: a contrast of {ratio}:1, "
        f"where {_wanted(shade)}:1 is needed{' for large text' if shade.is_large else ''}."
    )
    darker, lighter = ("text", "ground") if sum(shade.colour) <= sum(shade.ground) else ("ground", "text")
    hint = f"Make the {darker} darker or the {lighter} lighter."
    return _place(galley, shade, schemes[0]).error(what, hint)


def _place(galley: Galley, shade: Shade, scheme: Scheme) -> Place:
    """Where the palette has the text's colour; where two names have it, that of the ground may tell better."""
    colours = list(_palette(galley, scheme))
    ofs = [
        [place for colour, place in colours if colour == wanted] for wanted in map(_hex, (shade.colour, shade.ground))
    ]
    for found in sorted(filter(None, ofs), key=len):
        return found[0]
    return galley.in_theme(_hex(shade.colour), _hex(shade.ground))


def _palette(galley: Galley, scheme: Scheme) -> Iterator[tuple[str, Place]]:
    """Each colour of the palette in one scheme, and where it is."""
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

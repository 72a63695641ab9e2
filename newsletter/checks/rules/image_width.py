"""A picture does not say how wide and high it is, or does not become narrower on a phone.

What it does: looks for a `width` and a `height` in the `<img>` of every picture, if `clients` in
publication.yaml has outlook-windows, as it does unless you choose otherwise; a size in a style does
not count. A picture in the issue's folder is measured; one from elsewhere has the size that the
issue gives it, and a logo without one is not shown. In pictures wider than 280 pixels it looks for
a `max-width` in the style as well.

Why it matters: Outlook on Windows ignores the size that a style gives a picture
[caniemail.com/features/css-width]. Without a width it shows it at its natural size: one that was
made twice as wide, to be sharp on every screen, then pushes the whole email out of shape. Without a
height it keeps the natural one, and the picture is distorted. On a phone a picture that is wider
than the screen makes all text small.

Wrong:

```html
<img src="https://www.bionews.org.uk/pictures/lab.jpg" alt="A laboratory" style="width:576px">
```

Right:

```html
<img src="https://www.bionews.org.uk/pictures/lab.jpg" alt="A laboratory" width="576" height="288"
style="width:576px;max-width:100%;height:auto">
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.markup import Image
from newsletter.model import Finding, Place, Severity
from newsletter.model.addresses import pictures_in_body
from newsletter.pictures.preparing import OF_PUBLICATION
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
ABOUT = "html"
_NUMBER = re.compile(r"\s*[0-9]")
_PIXELS = re.compile(r"\s*([0-9]{1,5})\s*(?:px)?\s*")
_NARROW = 280
"""Pixels that fit on every phone, with a margin on both sides."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each place that makes a picture without its size, once."""
    yield from _about_logo(galley)

    reported: set[Place] = set()
    for image in galley.document.images:
        finding = _fault(galley, image)
        if finding is None:
            continue
        place = Place(finding.problem.path, finding.problem.line)
        if place not in reported:  # one place in the theme makes the pictures of all items
            yield finding
        reported.add(place)


def _about_logo(galley: Galley) -> Iterator[Finding]:
    """Yield a finding if the masthead cannot show the logo, since nobody knows how high it is."""
    shown = galley.pictures.shown.get(OF_PUBLICATION)
    if shown and shown.height is None:
        place = galley.manuscript.place(galley.issue.publication, "logo", "src")
        message = "The logo has no height, so the email shows the newsletter's name in its place."
        hint = "Write its 'width' and 'height' in pixels, or put it beside publication.yaml."
        yield place.warning(message, hint)


def _fault(galley: Galley, image: Image) -> Finding | None:
    has_outlook = "outlook-windows" in galley.issue.publication.clients
    picture = f"The picture '{printable(image.address)}'"
    if has_outlook and not _NUMBER.match(image.element.get("width", "")):
        fault = "has no width, so Outlook on Windows shows it at the size of its file"
        hint = 'Write the width in pixels in its <img>, such as width="576".'
        return _in_theme(galley, image).warning(f"{picture} {fault}.", hint)

    if has_outlook and not _NUMBER.match(image.element.get("height", "")):
        fault = "has no height, so Outlook on Windows distorts it"
        if _is_in_body(galley, image):
            hint = "Put it into the issue's folder, where it can be measured."
            return galley.where(image.element, image.address).warning(f"{picture} {fault}.", hint)
        if place := _unmeasured(galley, image):
            hint = "Write its 'width' and 'height' in pixels, or put it into the issue's folder."
            return place.warning(f"{picture} {fault}.", hint)
        hint = 'Write the height in pixels in its <img>, such as height="288".'
        return _in_theme(galley, image).warning(f"{picture} {fault}.", hint)

    if _width(image) > _NARROW and "max-width" not in image.element.get("style", ""):
        fault = "does not become narrower on a phone"
        hint = "Give it the style 'max-width: 100%; height: auto'."
        return _in_theme(galley, image).warning(f"{picture} {fault}.", hint)
    return None


def _width(image: Image) -> int:
    pixels = _PIXELS.fullmatch(image.element.get("width", ""))
    return int(pixels[1]) if pixels else 0


def _is_in_body(galley: Galley, image: Image) -> bool:
    """Return whether a picture is one within the body of its item."""
    item = galley.item_of(image.element)
    return item is not None and image.address in pictures_in_body(item)


def _unmeasured(galley: Galley, image: Image) -> Place | None:
    """Return where the issue names a picture from elsewhere without its height."""
    item = galley.item_showing(image)
    if item is None or galley.pictures.shown[item.key].height:
        return None
    return galley.manuscript.place(item, "picture", "src")


def _in_theme(galley: Galley, image: Image) -> Place:
    css_class = image.element.get("class", "")
    return galley.in_theme(image.address, f'class="{css_class}"')

"""A picture's file is too small or far too large for the width at which it is shown.

What it does: compares the width of each picture in the issue's folder, in pixels, with the width at
which the email shows it, or the largest if it does so more than once. It warns if the file has less
than one and a half times that width, or more than four times; for a file above 200 KB,
`image-weight` reports the latter. A small picture that is shown at its own size, up to half the
column wide (288 pixels), is left alone: it is a logo or a portrait.

Why it matters: the screens of phones and of many computers draw two or three dots for each pixel,
and a file without those dots looks blurred. Mailchimp's advice is to save a picture twice as wide
as it is shown [kb.mailchimp.com/campaigns/image-videos-files/image-requirements-for-templates].
More than four times is more than such a screen can draw, and every reader has to fetch it.

Wrong:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: images/laboratory.png
  alt: A laboratory with empty benches
```

```files
images/laboratory.png   600 x 400 pixels   40 KB
```

Right:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: images/laboratory.png
  alt: A laboratory with empty benches
```

```files
images/laboratory.png   1152 x 768 pixels   90 KB
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element

from newsletter.checks.galley import Galley, OwnImage
from newsletter.model import Finding, Severity
from newsletter.pictures.shapes import ACROSS
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
SHARP = 1.5
BEST = 2
MOST = 4
KILOBYTE = 1_024
HEAVY = 200 * KILOBYTE
"""Bytes that keep some readers waiting."""
_PIXELS = re.compile(r"\s*0*([1-9][0-9]{0,4})\s*(?:px)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class OwnPicture:
    """A picture in the issue's folder as the email shows it."""

    name: str
    path: Path
    element: Element
    """The first element that shows it."""
    width: int | None
    """The largest width at which it is shown, in pixels; None if that is not known."""

    @cached_property
    def bytes(self) -> int:
        """The size of the file; 0 if it was removed since the issue was read."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    @cached_property
    def width_in_file(self) -> int:
        """The width of the file in pixels; -1 if it has no pixels, or is gone."""
        import imagesize

        if self.path.suffix.lower() in (".svg", ".svgz"):
            return -1
        width, _ = imagesize.get(self.path)
        return int(width)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for every own picture whose file does not fit its width in the email."""
    for picture in own_pictures_shown(galley):
        if picture.width:
            yield from _judge(galley, picture, picture.width)


def own_pictures_shown(galley: Galley) -> Iterator[OwnPicture]:
    """Yield each picture of the issue's folder once."""
    by_name: dict[str, list[OwnImage]] = {}
    for image in galley.own_images():
        same = by_name.setdefault(image.name, [])
        same.append(image)

    for name, images in by_name.items():
        first = images[0]
        width = _largest_width(images)
        yield OwnPicture(name, first.path, first.element, width)


def _largest_width(images: list[OwnImage]) -> int | None:
    widths: list[int] = []
    for image in images:
        match = _PIXELS.fullmatch(image.element.get("width", ""))
        if match:
            widths.append(int(match[1]))
    return max(widths, default=None)


def _judge(galley: Galley, picture: OwnPicture, width: int) -> Iterator[Finding]:
    """Yield a finding if the file is too narrow or too wide to be shown at this width."""
    in_file = picture.width_in_file
    has_pixels = in_file > 0
    is_small_and_so_shown = in_file == width <= ACROSS.width // 2
    if not has_pixels or is_small_and_so_shown:
        return

    is_too_narrow = in_file < SHARP * width
    is_too_wide = in_file > MOST * width and picture.bytes <= HEAVY
    best_width = f"{BEST * width:,} pixels wide"
    if is_too_narrow:
        fault = "it looks blurred on many screens"
        hint = f"Use a file that is {best_width}."
        if in_file > width:
            hint += f" Or show it smaller: 'width: {in_file // BEST}'."
    elif is_too_wide:
        fault = "readers fetch pixels that they never see"
        hint = f"Save it {best_width}."
    else:
        return

    file = f"The file of the picture '{printable(picture.name)}'"
    widths = f"is {in_file:,} pixels wide, but is shown {width:,} wide"
    place = galley.where(picture.element, picture.name)
    yield place.warning(f"{file} {widths}: {fault}.", hint)

"""A picture has too few pixels for its place, so it looks blurred, or smaller than meant.

What it does: compares the pixels of each picture in the issue's folder, of what is not cut off,
with the width of its place in the email. It warns if there are less than one and a half for each
pixel of that width. A small picture of an advert, or of a piece that is shown whole, is left alone
if it is at most half the column wide (288 pixels): it is a logo or a portrait.

Why it matters: the screens of phones and of many computers draw two or three dots for each pixel,
and a file without those dots looks blurred. A picture is never scaled up, so one that is narrower
than its place is shown smaller than the others. Mailchimp's advice is to save a picture twice as
wide as it is shown
[kb.mailchimp.com/campaigns/image-videos-files/image-requirements-for-templates].

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

import math
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.pictures.preparing import Own
from newsletter.pictures.shapes import ACROSS, BOXED, IN_TEXT, TWICE, Size
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
SHARP = 1.5
"""Pixels of a file, at least, for each pixel that it takes in the email."""

_WIDE = (ACROSS.name, BOXED.name, IN_TEXT.name)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for every own picture whose file is too small for its place."""
    for own in galley.pictures.own:
        part = own.made.part
        room = own.made.room
        is_half_as_wide = part.width <= ACROSS.width // 2
        is_small_and_so_shown = is_half_as_wide and own.shape.name in _WIDE
        is_blurred = part.width < SHARP * room.width
        if is_blurred and not is_small_and_so_shown:
            yield _finding(own)


def _finding(own: Own) -> Finding:
    name = printable(own.image.src)
    part, stored, room = own.made.part, own.made.stored, own.made.room
    cut = ""
    if part != stored:
        cut = f" once it is cut to {_in_words(part)}"
    message = f"The picture '{name}' ({_in_words(stored)}) is too small for its place{cut}:"
    message += " it looks blurred."

    wanted = math.ceil(TWICE * room.width * stored.width / part.width)
    hint = f"Use a file that is {wanted:,} pixels wide."
    if part.width > room.width and own.shape.name != IN_TEXT.name:
        hint += f" Or show it smaller: 'width: {part.width // TWICE}'."
    return own.place.warning(message, hint)


def _in_words(size: Size) -> str:
    return f"{size.width:,} x {size.height:,} pixels"

"""A picture's file is too small or far too large for the width in which it is shown.

What it does: compares the width of each picture in the issue's folder, in pixels, with the width in which the email
shows it. It warns if the file has less than one and a half times that width, and if it has more than four times. A
small picture that is shown as large as it is, up to half the column wide (288 pixels), is left alone: that is a logo or
a portrait.

Why it matters: the screens of telephones and of many computers draw two or three dots for each pixel, and a file
without those dots looks blurred. Mailchimp's advice is to save a picture twice as wide as it is shown
[kb.mailchimp.com/campaigns/image-videos-files/image-requirements-for-templates]. More than four times is more than such
a screen can draw, and all readers fetch it.

Wrong:

```yaml item
title: A laboratory moves to a new house
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty years...
picture:
  src: images/laboratory.png
  alt: A laboratory with empty benches
```

```files
images/laboratory.png   600 x 400 pixels   40 KB
```

Right:

```yaml item
title: A laboratory moves to a new house
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty years...
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
from pathlib import Path

from newsletter.addresses import own_pictures
from newsletter.fields import shown
from newsletter.galley import Galley
from newsletter.model import Finding, Place, Severity
from newsletter.templating import COLUMN

SEVERITIES: tuple[Severity, ...] = ("warning",)
SHARP = 1.5
BEST = 2
MOST = 4
_PIXELS = re.compile(r"\s*0*([1-9][0-9]{0,4})\s*(?:px)?\s*", re.IGNORECASE)


def check(galley: Galley) -> Iterator[Finding]:
    """Every own picture whose file does not fit the width in which it is shown."""
    own = own_pictures(galley.issue)
    for image in galley.document.images:
        name = own.get(image.get("src", "").strip())
        width = _PIXELS.fullmatch(image.get("width", ""))
        if name and width:
            in_file = _width_of(galley.manuscript.folder / name)
            yield from _judge(galley.where(image, name), shown(name), in_file, int(width[1]))


def _judge(place: Place, name: str, in_file: int, width: int) -> Iterator[Finding]:
    is_small_and_so_shown = in_file == width <= COLUMN // 2
    if in_file <= 0 or is_small_and_so_shown:
        return
    what = f"The file of the picture '{name}' is {in_file:,} pixels wide, and it is shown {width:,} wide"
    if in_file < SHARP * width:
        smaller = f" Or show it smaller: 'width: {in_file // BEST}'." if in_file > width else ""
        hint = f"Take a file that is {BEST * width:,} pixels wide.{smaller}"
        yield place.warning(f"{what}: it looks blurred on many screens.", hint)
    elif in_file > MOST * width:
        yield place.warning(f"{what}: readers fetch what they never see.", f"Save it {BEST * width:,} pixels wide.")


def _width_of(path: Path) -> int:
    """The width in pixels; -1 where there are none to count, or the file is gone."""
    import imagesize

    width: int = -1 if path.suffix.lower() in (".svg", ".svgz") else imagesize.get(path)[0]
    return width

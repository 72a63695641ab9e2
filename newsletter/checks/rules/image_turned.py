"""A picture is stored rotated, with a note that not every mail program reads.

What it does: reads the orientation in the Exif notes of each picture in the issue's folder (Exif
2.32, 4.6.4). Only upright pictures pass.

Why it matters: a phone that was held upright stores the picture on its side, and notes that it must
be rotated. Browsers rotate it; Outlook on Windows does not, and readers see it on its side. The
width and height in the email are also those of the picture before it is rotated.

Wrong:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: images/laboratory.jpg
  alt: A laboratory with empty benches
```

```files
images/laboratory.jpg   1152 x 768 pixels   90 KB   turned
```

Right:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: images/laboratory.jpg
  alt: A laboratory with empty benches
```

```files
images/laboratory.jpg   1152 x 768 pixels   90 KB
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.pictures.inspection import look_at
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each own picture that is not stored upright."""
    for image in galley.own_images():
        look = look_at(image.path)
        if look is None or not look.is_turned:
            continue

        name = printable(image.name)
        fault = "is stored rotated, and some mail programs show it like that"
        message = f"The picture '{name}' {fault}."
        hint = "Open it in an image editor, rotate it until it is upright, and save it again."
        place = galley.where(image.element, image.name)
        yield place.warning(message, hint)

"""A picture's file is damaged, or has more pixels than mail programs can draw.

What it does: decodes each picture in the issue's folder, to its end. It reports a file that ends
too early or cannot be decoded, and one of more than 64 million pixels. Whether a file is a picture
at all is for the rule image-format.

Why it matters: a file that was not uploaded whole shows its upper half and a grey area below it, or
nothing at all. Once decoded, each pixel takes four bytes, however small the file, and a phone gives
up. The limit is our own.

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
images/laboratory.jpg   1152 x 768 pixels   90 KB   cut off
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
from newsletter.pictures.inspection import MOST_PIXELS, look_at
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each own picture that cannot be shown whole."""
    for image in galley.own_images():
        look = look_at(image.path)
        if look is None:
            continue

        name = printable(image.name)
        if look.is_damaged:
            message = f"The file of the picture '{name}' is damaged or incomplete."
            hint = "Get the file again, or open it in an image editor and save it again."
        elif look.pixels > MOST_PIXELS:
            most = f"{MOST_PIXELS // 1_000_000} million"
            message = f"The picture '{name}' has more than {most} pixels."
            hint = "Save it at most 1,200 pixels wide."
        else:
            continue
        place = galley.where(image.element, image.name)
        yield place.error(message, hint)

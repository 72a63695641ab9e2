"""A picture has the colours of a printing press (CMYK), not those of a screen.

What it does: looks at how each JPEG in the issue's folder stores its colours.

Why it matters: pictures made for print store four inks: cyan, magenta, yellow and black. Programs
that expect the colours of a screen show them too bright or inverted, or not at all. The JPEG File
Interchange Format (ITU-T T.871), which most programs follow, knows only grey and YCbCr.

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
images/laboratory.jpg   1152 x 768 pixels   90 KB   CMYK
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
    """Yield a finding for each own picture in CMYK."""
    for image in galley.own_images():
        look = look_at(image.path)
        if look is None or not look.is_cmyk:
            continue

        name = printable(image.name)
        message = f"The picture '{name}' has print colours (CMYK)."
        hint = "Open it in an image editor, convert it to RGB, and save it again."
        place = galley.where(image.element, image.name)
        yield place.warning(message, hint)

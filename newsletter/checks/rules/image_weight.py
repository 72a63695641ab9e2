"""A picture's file is so large that readers have to wait for it.

What it does: looks at the size of each picture's file in the issue's folder. More than 200 KB is a
warning, more than 1 MB (1,048,576 bytes) an error, once for each picture, however often it appears.
Pictures elsewhere on the web are not fetched, and not checked.

Why it matters: every reader fetches every picture, many of them on a phone. At a million bits a
second, 200 KB takes more than a second and a half, and 1 MB more than eight. Mailchimp recommends
at most 1 MB for a picture [mailchimp.com/help/about-template-images]; the 200 KB are our own limit.

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
images/laboratory.png   1152 x 768 pixels   640 KB
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

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.checks.rules.image_resolution import (
    BEST,
    HEAVY,
    KILOBYTE,
    OwnPicture,
    own_pictures_shown,
)
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
MOST = 1_048_576


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for every own picture whose file is too large."""
    for picture in own_pictures_shown(galley):
        if picture.bytes <= HEAVY:
            continue

        place = galley.where(picture.element, picture.name)
        name = printable(picture.name)
        kilobytes = picture.bytes // KILOBYTE
        message = f"The file of the picture '{name}' is {kilobytes:,} KB"
        if picture.bytes > MOST:
            fault = "more than 1 MB keeps readers waiting too long"
            yield place.error(f"{message}: {fault}.", _remedy(picture))
        else:
            fault = f"more than {HEAVY // KILOBYTE} KB keeps some readers waiting"
            yield place.warning(f"{message}: {fault}.", _remedy(picture))


def _remedy(picture: OwnPicture) -> str:
    width = ""
    if picture.width:
        best_width = BEST * picture.width
        if picture.width_in_file > best_width:
            width = f", {best_width:,} pixels wide"
    return f"Save it as a JPEG of medium quality{width}; a drawing as a PNG with few colours."

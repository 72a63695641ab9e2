"""A picture's file is so large that readers have to wait for it.

What it does: looks at the size of each picture's file in the issue's folder. More than 200 KB is a warning, more
than 1 MB (1,048,576 bytes) an error, once for each picture, however often it appears. Pictures elsewhere on the
web are not fetched, and not checked.

Why it matters: every reader fetches every picture, many of them on a phone. At a million bits a second, 200 KB
takes more than a second and a half, and 1 MB more than eight. Mailchimp recommends at most 1 MB for a picture
[mailchimp.com/help/about-template-images]; the 200 KB are our own limit.

Wrong:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty years...
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
        if picture.bytes > HEAVY:
            place = galley.where(picture.element, picture.name)
            message = f"The file of the picture '{printable(picture.name)}' is {picture.bytes // KILOBYTE:,} KB"
            if picture.bytes > MOST:
                yield place.error(
                    f"{message}: more than 1 MB keeps readers waiting too long.", _remedy(picture)
                )
            else:
                yield place.warning(
                    f"{message}: more than {HEAVY // KILOBYTE} KB keeps some readers waiting.",
                    _remedy(picture),
                )


def _remedy(picture: OwnPicture) -> str:
    is_too_wide = picture.width is not None and picture.width_in_file > BEST * picture.width
    width = f", {BEST * picture.width:,} pixels wide" if is_too_wide and picture.width else ""
    return f"Save it as a JPEG of medium quality{width}; a drawing as a PNG with few colours."

"""A picture's file is so large that readers wait for it.

What it does: looks at the size of each picture's file in the issue's folder. More than 200 KB is a warning, more than 1
MB (1,048,576 bytes) an error. Pictures elsewhere on the web are not fetched, and not weighed.

Why it matters: each reader fetches each picture, many of them with a telephone that is out and about. With a million
bits a second, 200 KB take more than a second and a half, and 1 MB more than eight. Mailchimp recommends at most 1 MB
for a picture [mailchimp.com/help/about-template-images]; the 200 KB are our own measure.

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
images/laboratory.png   1152 x 768 pixels   640 KB
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

from collections.abc import Iterator
from pathlib import Path

from newsletter.addresses import own_pictures
from newsletter.fields import shown
from newsletter.galley import Galley
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
_KILOBYTE = 1_024
WARN_ABOVE = 200 * _KILOBYTE
MOST = 1_048_576


def check(galley: Galley) -> Iterator[Finding]:
    """Every own picture that weighs too much."""
    own = own_pictures(galley.issue)
    for image in galley.document.images:
        name = own.get(image.get("src", "").strip())
        size = _size(galley.manuscript.folder / name) if name else 0
        if not name or size <= WARN_ABOVE:
            continue
        place = galley.where(image, name)
        what = f"The file of the picture '{shown(name)}' has {size // _KILOBYTE:,} KB"
        hint = (
            "Save it as a JPEG, at most 1,200 pixels wide and in medium quality; a drawing as a PNG with few colours."
        )
        if size > MOST:
            yield place.error(f"{what}: more than 1 MB, for which readers wait too long.", hint)
        else:
            yield place.warning(f"{what}: more than {WARN_ABOVE // _KILOBYTE}, for which some readers wait.", hint)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # taken away since the issue was read
        return 0

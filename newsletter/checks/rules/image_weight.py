"""A picture's file is so large that readers have to wait for it.

What it does: looks at the size of each picture's file as readers get it, which is made of the file
in the issue's folder. More than 200 KB is a warning, more than 1 MB (1,048,576 bytes) an error.
That happens with long animations only: all others are made lighter until they are below. Pictures
elsewhere on the web are not fetched, and not checked.

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
  src: images/laboratory.gif
  alt: A laboratory with empty benches
```

```files
images/laboratory.gif   600 x 400 pixels   900 KB   20 noisy frames
```

Right:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: images/laboratory.gif
  alt: A laboratory with empty benches
```

```files
images/laboratory.gif   1200 x 900 pixels   90 KB
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.pictures.encoding import MOST_BYTES
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
MOST = 1_048_576
_KILOBYTE = 1_024
_HINT = "Make the animation shorter, or take a still picture."


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for every own picture whose file is too large."""
    for own in galley.pictures.own:
        weight = len(own.file.content)
        if weight <= MOST_BYTES:
            continue

        name = printable(own.image.src)
        message = f"The picture '{name}' is {weight // _KILOBYTE:,} KB however it is saved"
        if weight > MOST:
            fault = "more than 1 MB keeps readers waiting too long"
            yield own.place.error(f"{message}: {fault}.", _HINT)
        else:
            fault = f"more than {MOST_BYTES // _KILOBYTE} KB keeps some readers waiting"
            yield own.place.warning(f"{message}: {fault}.", _HINT)

"""Most of a picture is cut off to fit its place, and perhaps what matters in it.

What it does: looks at how much of each picture in the issue's folder is left once it is cut to the
shape of its place: twice as wide as high for the lead; beside a piece four to three or, if it is
higher than wide, three to four. Less than half is reported, unless `focus` says what must stay.
Drawings and book covers are never cut.

Why it matters: a picture is cut around its middle. A portrait that is taken upright then has no
head above the lead.

Wrong:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: images/laboratory.jpg
  alt: The head of the laboratory in the doorway
```

```files
images/laboratory.jpg   1200 x 1600 pixels   90 KB   photograph
```

Right:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: images/laboratory.jpg
  alt: The head of the laboratory in the doorway
  focus: top
```

```files
images/laboratory.jpg   1200 x 1600 pixels   90 KB   photograph
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("info",)
_LEAST = 0.5
"""The share of a picture that is shown."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for every own picture that loses most of itself."""
    for own in galley.pictures.own:
        shown = own.made.part.area / own.made.stored.area
        if shown >= _LEAST or own.image.focus:
            continue

        name = printable(own.image.src)
        message = f"Only {shown:.0%} of the picture '{name}' is shown: the rest is cut off."
        hint = "Look at it in the preview; 'focus: top', say, keeps another part of it."
        yield own.place.info(message, hint)

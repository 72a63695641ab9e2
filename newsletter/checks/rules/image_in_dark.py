"""A drawing is dark on a transparent background, and vanishes in dark mode.

What it does: looks at each PNG and GIF in the issue's folder that is partly transparent. It reports
those in which nine tenths of what is visible is darker than a grey that has a contrast of 3:1 on a
dark background. Drawings with light parts, or with a light outline, are left alone, and so are
pictures that fill their frame.

Why it matters: many readers use dark mode. The background then shows through, and black letters on
it are black on nearly black. 3:1 is what WCAG 2.2 asks of graphics (1.4.11).

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
images/laboratory.png   1152 x 768 pixels   90 KB   black on transparent
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
from newsletter.model import Finding, Severity
from newsletter.pictures.inspection import look_at
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each own drawing that needs a light background."""
    for image in galley.own_images():
        look = look_at(image.path)
        if look is None or not look.is_dark_drawing:
            continue

        name = printable(image.name)
        fault = "is dark on transparent: nobody can see it in dark mode"
        message = f"The picture '{name}' {fault}."
        hint = "Save it with a white background, or give the dark parts a light outline."
        place = galley.where(image.element, image.name)
        yield place.warning(message, hint)

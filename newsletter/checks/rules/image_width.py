"""A picture does not say how wide it should be.

What it does: looks for a `width` in the `<img>` of every picture, if `clients` in publication.yaml
has outlook-windows, as it does unless you choose otherwise. A width in a style does not count.

Why it matters: Outlook on Windows ignores the width that a style gives a picture
[caniemail.com/features/css-width]. It shows the picture at its natural size: one that was made
twice as wide, to be sharp on every screen, then pushes the whole email out of shape.

Wrong:

```html
<img src="https://www.bionews.org.uk/pictures/logo.png" alt="BioNews" style="width:160px">
```

Right:

```html
<img src="https://www.bionews.org.uk/pictures/logo.png" alt="BioNews" width="160"
style="width:160px">
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.markup import Image
from newsletter.model import Finding, Place, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_NUMBER = re.compile(r"\s*[0-9]")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each place in the theme that makes a picture without a width."""
    if "outlook-windows" not in galley.issue.publication.clients:
        return

    reported: set[Place] = set()
    for image in galley.document.images:
        if _NUMBER.match(image.element.get("width", "")):
            continue

        css_class = image.element.get("class", "")
        place = galley.in_theme(image.address, f'class="{css_class}"')
        if place not in reported:  # one place in the theme makes the pictures of all items
            yield _finding(place, image)
        reported.add(place)


def _finding(place: Place, image: Image) -> Finding:
    fault = "has no width, so Outlook on Windows shows it at the size of its file"
    message = f"The picture '{printable(image.address)}' {fault}."
    hint = 'Write the width in pixels in its <img>, such as width="576".'
    return place.warning(message, hint)

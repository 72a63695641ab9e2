"""A picture has no words for readers who do not see it, or words that say nothing.

What it does: looks at the alt text of every picture in the email. It must be there, though it may be empty if the
picture says nothing new. It is an error if there is none at all, or if it is empty although the picture is all
that a link consists of. A file name (`lab.jpg`, `IMG_2034`) is a warning, and so is a text of more than 125
characters.

Why it matters: a screen reader reads the alt text aloud; without one it may read the file's address instead, and
nobody knows where a link without words leads [WCAG 1.1.1 and 2.4.4; W3C techniques H30, H37 and failure F30].
Everyone else sees it when a mail program blocks pictures. WCAG sets no length; 125 characters is the advice of
the Canadian government's Digital Accessibility Toolkit (a11y.canada.ca).

Wrong:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty years...
picture:
  src: https://www.bionews.org.uk/pictures/laboratory.jpg
  alt: laboratory.jpg
```

Right:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty years...
picture:
  src: https://www.bionews.org.uk/pictures/laboratory.jpg
  alt: A laboratory with empty benches, and boxes in its doorway
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Place, Severity
from newsletter.model.addresses import picture_address
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.markup import Element

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
LONGEST = 125
_FILE = re.compile(r".+\.(?:png|jpe?g|gif|webp|svg|avif|hei[cf]|bmp|tiff?)", re.IGNORECASE)
_CAMERA = re.compile(r"(?:IMG|DSC[FN]?|PXL|MVIMG|image)[_-]?[0-9]{3,}[\w()-]*", re.IGNORECASE)
"""What cameras, phones and Word call their pictures."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield what is wrong with the alt texts, picture by picture."""
    reported: set[Place] = set()
    for image in galley.document.images:
        alt = image.get("alt")
        if alt is None:
            place = galley.in_theme(_address(image), f'class="{image.get("class", "")}"')
            if place not in reported:  # one place in the theme makes the pictures of all items
                yield _missing(place, image)
            reported.add(place)
        elif alt.strip():
            yield from _about(galley, image, " ".join(alt.split()))
        elif _is_nameless_link(galley, image):
            message = f"The picture '{printable(_address(image))}' is a link without words."
            yield _place(galley, image).error(message, "Say in its alt text where the link leads.")


def _missing(place: Place, image: Element) -> Finding:
    message = f"The picture '{printable(_address(image))}' has no alt text, not even an empty one."
    return place.error(
        message, 'Say in its <img> what it shows: alt="…", or alt="" if it says nothing new.'
    )


def _about(galley: Galley, image: Element, alt: str) -> Iterator[Finding]:
    if _is_file_name(alt, _address(image)):
        hint = 'Say what the picture shows, or leave it empty ("") if the picture says nothing new.'
        yield _place(galley, image).warning(
            f"The alt text '{printable(alt)}' is a file name.", hint
        )
    elif len(alt) > LONGEST:
        message = (
            f"The alt text '{printable(alt)}' has {len(alt)} characters; {LONGEST} are enough."
        )
        yield _place(galley, image).warning(
            message, "Say the main thing, and put the rest in the caption or the text."
        )


def _is_file_name(alt: str, address: str) -> bool:
    """Return whether a text is a file name: one word that ends like one, or several if they are the file's own name."""
    name = unquote(re.split("[?#]", address)[0]).rpartition("/")[2]
    is_file = _FILE.fullmatch(alt) and (" " not in alt or alt.casefold() == name.casefold())
    return bool(is_file or _CAMERA.fullmatch(alt))


def _is_nameless_link(galley: Galley, image: Element) -> bool:
    """Return whether the picture is in a link that says nothing."""
    nameless = [
        link.element
        for link in galley.document.links
        if not (link.name or link.element.get("title", "")).strip()
    ]
    return any(above in nameless for above in galley.document.ancestors(image))


def _place(galley: Galley, image: Element) -> Place:
    """Return where the alt text is written: in the item, if this is its picture."""
    item, alt = galley.item_of(image), image.get("alt", "")
    if item and item.picture and picture_address(galley.issue, item.picture) == _address(image):
        return galley.manuscript.place(item, "picture", "alt")
    return galley.where(image, alt) if alt.strip() else galley.in_theme(_address(image))


def _address(image: Element) -> str:
    return image.get("src", "").strip()

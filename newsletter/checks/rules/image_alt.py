"""A picture has no words for readers who do not see it, or words that say nothing.

What it does: looks at the alt text of every picture in the email. It must be there, though it may
be empty if the picture says nothing new. It is an error if there is none at all, or if it is empty
although the picture is all that a link consists of. A file name (`lab.jpg`, `IMG_2034`) is a
warning, and so is a text of more than 125 characters, or one that says nothing: "none", "photo".

Why it matters: a screen reader reads the alt text aloud; without one it may read the file's address
instead, and nobody knows where a link without words leads [WCAG 1.1.1 and 2.4.4; W3C techniques
H30, H37 and failure F30]. Everyone else sees it when a mail program blocks pictures. WCAG sets no
length; 125 characters is the advice of the Canadian government's Digital Accessibility Toolkit
(a11y.canada.ca).

Wrong:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: https://www.bionews.org.uk/pictures/laboratory.jpg
  alt: laboratory.jpg
```

Right:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: https://www.bionews.org.uk/pictures/laboratory.jpg
  alt: A laboratory with empty benches, and boxes in its doorway
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from newsletter.checks.galley import Galley
from newsletter.markup import Image
from newsletter.model import Finding, Place, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
ABOUT = "html"
LONGEST = 125
_FILE = re.compile(r".+\.(?:png|jpe?g|gif|webp|svg|avif|hei[cf]|bmp|tiff?)", re.IGNORECASE)
_CAMERA = re.compile(r"(?:IMG|DSC[FN]?|PXL|MVIMG|image)[_-]?[0-9]{3,}[\w()-]*", re.IGNORECASE)
"""What cameras, phones and Word call their pictures."""

_SAYS_NOTHING = frozenset(("-", "alt", "image", "n/a", "nil", "none", "null", "photo", "picture"))


def check(galley: Galley) -> Iterator[Finding]:
    """Yield what is wrong with the alt texts, picture by picture."""
    reported: set[Place] = set()

    for image in galley.document.images:
        alt = image.element.get("alt")
        if alt is None:
            css_class = image.element.get("class", "")
            place = galley.in_theme(image.address, f'class="{css_class}"')
            if place not in reported:  # one place in the theme makes the pictures of all items
                yield _missing(place, image)
            reported.add(place)
        elif alt.strip():
            yield from _faults_of_words(galley, image, " ".join(alt.split()))
        elif _is_nameless_link(galley, image):
            message = f"The picture '{printable(image.address)}' is a link without words."
            hint = "Say in its alt text where the link leads."
            place = _place(galley, image)
            yield place.error(message, hint)


def _missing(place: Place, image: Image) -> Finding:
    picture = printable(image.address)
    message = f"The picture '{picture}' has no alt text, not even an empty one."
    hint = 'Say in its <img> what it shows: alt="…", or alt="" if it says nothing new.'
    return place.error(message, hint)


def _faults_of_words(galley: Galley, image: Image, alt: str) -> Iterator[Finding]:
    quoted = printable(alt)
    if _is_file_name(alt, image.address):
        message = f"The alt text '{quoted}' is a file name."
        hint = 'Say what the picture shows, or leave it empty ("") if the picture says nothing new.'
        place = _place(galley, image)
        yield place.warning(message, hint)
    elif alt.casefold() in _SAYS_NOTHING:
        message = f"The alt text '{quoted}' says nothing."
        hint = 'Say what the picture shows, or leave it empty ("") if the picture says nothing new.'
        place = _place(galley, image)
        yield place.warning(message, hint)
    elif len(alt) > LONGEST:
        length = f"has {len(alt)} characters; {LONGEST} are enough"
        message = f"The alt text '{quoted}' {length}."
        hint = "Say the main thing, and put the rest in the caption or the text."
        place = _place(galley, image)
        yield place.warning(message, hint)


def _is_file_name(alt: str, address: str) -> bool:
    """Return whether a text is a file name.

    That is one word that ends like one, or several if they are the name of the picture's own file.
    """
    if _CAMERA.fullmatch(alt):
        return True
    if not _FILE.fullmatch(alt):
        return False

    path = re.split("[?#]", address)[0]
    own_name = unquote(path).rpartition("/")[2]
    return " " not in alt or alt.casefold() == own_name.casefold()


def _is_nameless_link(galley: Galley, image: Image) -> bool:
    """Return whether the picture is in a link that says nothing."""
    around = set(galley.document.ancestors(image.element))
    for link in galley.document.links:
        if link.element in around:
            name = link.name or link.element.get("title", "")
            if name.strip() == "":
                return True
    return False


def _place(galley: Galley, image: Image) -> Place:
    """Return where the alt text is written: in the item, if this is its picture."""
    if item := galley.item_showing(image):
        return galley.manuscript.place(item, "picture", "alt")

    alt = image.element.get("alt", "")
    if alt.strip():
        return galley.where(image.element, alt)
    return galley.in_theme(image.address)

"""A picture is in a format that some mail programs do not show.

What it does: looks at how each picture's address ends, and warns of WebP, SVG, AVIF, HEIC, BMP,
TIFF and others. An address with none of these endings says nothing about its format, and is left
alone. Pictures in the issue's folder may be in any of these: readers get a JPEG, PNG or GIF.

Why it matters: PNG, JPEG and GIF appear everywhere. Outlook on Windows does not show WebP, AVIF,
HEIC or TIFF, and Gmail on the web does not show SVG; readers see an empty frame there
[caniemail.com/features/image-webp, image-avif, image-heif, image-tiff and image-svg].

Wrong:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: https://www.bionews.org.uk/pictures/laboratory.webp
  alt: A laboratory with empty benches
```

Right:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: https://www.bionews.org.uk/pictures/laboratory.jpg
  alt: A laboratory with empty benches
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
ABOUT = "html"
_ENDINGS = {
    **dict.fromkeys([".heic", ".heif"], "HEIC"),
    **dict.fromkeys([".tif", ".tiff"], "TIFF"),
    **dict.fromkeys([".svg", ".svgz"], "SVG"),
    ".webp": "WebP",
    ".avif": "AVIF",
    ".jxl": "JPEG XL",
    ".jp2": "JPEG 2000",
    ".bmp": "BMP",
    ".psd": "Photoshop",
    ".pdf": "PDF",
}
_HINT = "Put the picture itself into the issue's folder, and write the name of the file."


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for every picture that is not PNG, JPEG or GIF by its name."""
    for image in galley.document.images:
        kind = _kind(image.address)
        if kind:
            address = printable(image.address)
            fault = "which some mail programs do not show"
            message = f"'{address}' ends like a picture in the format {kind}, {fault}."
            place = galley.where(image.element, image.address)
            yield place.warning(message, _HINT)


def _kind(address: str) -> str | None:
    path = re.split("[?#]", address)[0]
    file = PurePosixPath(unquote(path))
    return _ENDINGS.get(file.suffix.lower())

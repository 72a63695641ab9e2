"""A picture is in a format that some mail programs do not show.

What it does: looks at how each picture's address ends, and warns of WebP, SVG, AVIF, HEIC, BMP,
TIFF and others. For the pictures in the issue's folder it also reads the first bytes, since a WebP
picture may be called `lab.jpg`. An address with none of these endings says nothing about its
format, and is left alone.

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
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.model.addresses import own_pictures
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_SHOWN_EVERYWHERE = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_SIGNATURES = {
    "WebP": rb"RIFF.{4}WEBP",
    "AVIF": rb".{4}ftypavi[fs]",
    "HEIC": rb".{4}ftyp(?:he|mi|ms)",
    "JPEG XL": rb"\xff\x0a|.{4}JXL ",
    "TIFF": rb"II[*+]\0|MM\0[*+]",
    "BMP": rb"BM",
    "SVG": rb".*<svg",
}
"""How the files of each format begin."""
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
_HINT = "Save it again: a photograph as JPEG, a drawing as PNG."


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for every picture that is not PNG, JPEG or GIF by its content or its name."""
    own = own_pictures(galley.issue)

    for image in galley.document.images:
        name = image.address
        message = None
        if name in own:
            name = own[name]
            message = _fault_of_content(name, galley.folder.path / name)
        message = message or _fault_of_name(name)
        if message:
            place = galley.where(image.element, name)
            yield place.warning(message, _HINT)


def _fault_of_content(name: str, path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            start = file.read(1000)
    except OSError:  # removed since the issue was read
        return None

    if start.startswith(_SHOWN_EVERYWHERE):
        return None
    picture = f"The picture '{printable(name)}'"
    for kind, signature in _SIGNATURES.items():
        if re.match(signature, start, re.DOTALL):
            return f"{picture} is in the format {kind}, which some mail programs do not show."
    return f"{picture} is not a PNG, JPEG or GIF file, whatever its name."


def _fault_of_name(name: str) -> str | None:
    path = re.split("[?#]", name)[0]
    file = PurePosixPath(unquote(path))
    kind = _ENDINGS.get(file.suffix.lower())
    if kind is None:
        return None

    fault = f"ends like a picture in the format {kind}, which some mail programs do not show"
    return f"'{printable(name)}' {fault}."

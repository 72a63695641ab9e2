"""A picture is in a format that some mail programs do not show.

What it does: looks at how each picture's address ends, and warns of WebP, SVG, AVIF, HEIC, BMP, TIFF and others.
For the pictures in the issue's folder it also reads the first bytes, since a WebP picture may be called
`lab.jpg`. An address with none of these endings says nothing about its format, and is left alone.

Why it matters: PNG, JPEG and GIF appear everywhere. Outlook on Windows does not show WebP, AVIF, HEIC or TIFF,
and Gmail on the web does not show SVG; readers see an empty frame there [caniemail.com/features/image-webp,
image-avif, image-heif, image-tiff and image-svg].

Wrong:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty years...
picture:
  src: https://www.bionews.org.uk/pictures/laboratory.webp
  alt: A laboratory with empty benches
```

Right:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty years...
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
    """Yield a finding for every picture that is, or is named like, something other than PNG, JPEG or GIF."""
    own = own_pictures(galley.issue)
    for image in galley.document.images:
        address = image.get("src", "").strip()
        name = own.get(address, address)
        content = _beginning(galley.folder.path / name) if address in own else None
        if message := _wrong_inside(name, content) or _wrong_outside(name):
            yield galley.where(image, name).warning(message, _HINT)


def _beginning(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(1000)
    except OSError:  # removed since the issue was read
        return None


def _wrong_inside(name: str, content: bytes | None) -> str | None:
    if content is None or content.startswith(_SHOWN_EVERYWHERE):
        return None
    for kind, signature in _SIGNATURES.items():
        if re.match(signature, content, re.DOTALL):
            return f"The picture '{printable(name)}' is in the format {kind}, which some mail programs do not show."
    return f"The picture '{printable(name)}' is not a PNG, JPEG or GIF file, whatever its name."


def _wrong_outside(name: str) -> str | None:
    kind = _ENDINGS.get(PurePosixPath(unquote(re.split("[?#]", name)[0])).suffix.lower())
    if kind is None:
        return None
    return f"'{printable(name)}' ends like a picture in the format {kind}, which some mail programs do not show."

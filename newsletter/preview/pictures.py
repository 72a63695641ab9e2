"""The kinds of pictures that a browser gets, by their content: a name may say anything."""

from __future__ import annotations

import re
from pathlib import Path

_LONGEST_START = 16
_SIGNATURES = {
    "image/png": rb"\x89PNG\r\n\x1a\n",
    "image/jpeg": rb"\xff\xd8\xff",
    "image/gif": rb"GIF8[79]a",
    "image/webp": rb"RIFF.{4}WEBP",
    "image/avif": rb".{4}ftypavi[fs]",
    "image/bmp": rb"BM.{4}\0{4}",
}
"""The first bytes of files of each media type.

SVG is left out: it can hold scripts, and Gmail does not show it.
"""


def picture_type(path: Path) -> str | None:
    """Return the media type of a picture; None if the file is not a picture.

    Raise OSError if it cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(_LONGEST_START)

    for media_type, signature in _SIGNATURES.items():
        if re.match(signature, start, re.DOTALL):
            return media_type
    return None

"""The kinds of pictures that the preview gives to a browser, by what is in them: a name may promise anything."""

from __future__ import annotations

import re
from pathlib import Path

_LONGEST_BEGINNING = 16
_KINDS = {
    "image/png": rb"\x89PNG\r\n\x1a\n",
    "image/jpeg": rb"\xff\xd8\xff",
    "image/gif": rb"GIF8[79]a",
    "image/webp": rb"RIFF.{4}WEBP",
    "image/avif": rb".{4}ftypavi[fs]",
    "image/bmp": rb"BM.{4}\0{4}",
}
"""How files of each media type begin. SVG is not among them: it can hold scripts, and Gmail does not show it."""


def picture_type(path: Path) -> str | None:
    """The media type of a picture; None for whatever is no picture. Raises OSError if it cannot be read."""
    with path.open("rb") as file:
        beginning = file.read(_LONGEST_BEGINNING)
    kinds = (kind for kind, signature in _KINDS.items() if re.match(signature, beginning, re.DOTALL))
    return next(kinds, None)

"""What kind of picture a file is, by its first bytes."""

from __future__ import annotations

import re

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"BM", ".bmp"),
)
_BRANDS = {b"avif": ".avif", b"heic": ".heic", b"heix": ".heic", b"mif1": ".heic"}
"""Of files of boxes (ISO/IEC 14496-12, 4.3)."""
_DRAWING = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:[\w.-]+:)?svg\b", re.DOTALL)


def picture_suffix(content: bytes) -> str | None:
    """Return the ending for the name of a picture's file; None if it is no picture we can read."""
    for start, suffix in _STARTS:
        if content.startswith(start):
            return suffix
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return ".webp"
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12])
    return ".svg" if _DRAWING.match(content[:2000]) else None

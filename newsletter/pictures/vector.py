"""Drawings in SVG, drawn with pixels.

That is done by a process of its own, since a few lines of SVG can keep any program busy for hours.
It is given nothing but the drawing, which may show nothing from outside.
"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import zlib
from io import BytesIO
from xml.etree import ElementTree

from newsletter.pictures.unusable import Unusable
from newsletter.text.printable import printable

_LONGEST = 10_000_000
"""Bytes of a drawing."""
_SECONDS = 20
"""How long drawing it may take."""
_GZIP = b"\x1f\x8b"
_MARKUP = (b"<", b"\xef\xbb\xbf<")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?svg\b")
_START = 100_000
"""Bytes in which the first element of a drawing begins, after all comments."""
_SHOWS = ("image", "feImage", "use")
"""The elements that show what their ``href`` leads to (SVG 2, 5.6 and 12.3)."""
_WITHIN = ("#", "data:")
_LETTERING = ("text", "foreignObject")
"""The elements with words: their look depends on the fonts of a computer, and without these they
are lost.
"""
_PROGRAM = """
import sys, resvg_py
drawing = sys.stdin.buffer.read().decode()
picture = resvg_py.svg_to_bytes(svg_string=drawing, width=int(sys.argv[1]))
sys.stdout.buffer.write(bytes(picture))
"""


def is_vector(content: bytes) -> bool:
    """Return whether a file is a drawing in SVG, which may be compressed, to judge by its start."""
    if content.startswith(_GZIP):
        return True
    return content.lstrip().startswith(_MARKUP) and bool(_ROOT.search(content, 0, _START))


def drawn(content: bytes, width: int) -> bytes:
    """Return a drawing as a PNG of this width. Raise Unusable."""
    root = _parsed(content)
    _require_nothing_from_outside(root)
    _require_no_lettering(root)
    command = [sys.executable, "-I", "-c", _PROGRAM, str(width)]
    try:
        # What is drawn is what was looked at, and not what another parser may find in the file.
        drawing = ElementTree.tostring(root)
        run = subprocess.run(  # noqa: S603 - our own program
            command, input=drawing, capture_output=True, timeout=_SECONDS, check=True
        )
    except subprocess.TimeoutExpired:
        message = "takes too long to draw."
        raise Unusable(message, "Export it as a PNG.") from None
    except (subprocess.CalledProcessError, OSError, RecursionError):
        raise Unusable("is a drawing that cannot be read.", "Export it as a PNG.") from None
    return run.stdout


def _parsed(content: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(_plain(content))  # noqa: S314 - expat bounds its entities
    except (ElementTree.ParseError, ValueError, LookupError, OSError, EOFError, zlib.error):
        message = "is damaged, or no drawing in SVG."
        raise Unusable(message, "Export it again, or as a PNG.") from None


def _plain(content: bytes) -> bytes:
    if not content.startswith(_GZIP):
        return content
    with gzip.open(BytesIO(content)) as file:
        plain = file.read(_LONGEST + 1)
    if len(plain) > _LONGEST:
        raise ValueError("too long")
    return plain


def _require_nothing_from_outside(root: ElementTree.Element) -> None:
    for element in root.iter():
        name = _local(element.tag)
        for attribute, value in element.items():
            is_address = _local(attribute) == "href" and name in _SHOWS
            if is_address and not value.strip().startswith(_WITHIN):
                message = f"shows another file ('{printable(value)}'), which readers would not see."
                raise Unusable(message, "Export it with its pictures in it, or as a PNG.")


def _require_no_lettering(root: ElementTree.Element) -> None:
    for element in root.iter():
        if _local(element.tag) not in _LETTERING:
            continue
        words = " ".join("".join(element.itertext()).split())
        if words:
            message = f"has lettering ('{printable(words, 30)}'), which would be lost."
            raise Unusable(message, "Export it with its text as paths, or as a PNG.")


def _local(name: object) -> str:
    """Return a name without its namespace."""
    return str(name).rpartition("}")[2]

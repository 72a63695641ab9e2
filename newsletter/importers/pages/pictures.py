"""The pictures of a page: each fetched once, few enough, and named."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import PurePosixPath

from newsletter.errors import UnreadableError
from newsletter.importers.pages.addresses import completed, file_name_of
from newsletter.importers.piece import PictureFile
from newsletter.text.printable import LONGEST_ADDRESS, printable
from newsletter.text.slug import slug

MOST_PICTURES = 20
"""Of one piece."""
MOST_BYTES = 10 * 1024 * 1024
"""Of one picture."""
_SMALLEST = 1024
"""Bytes of a picture within an address; a smaller one is a place for another."""
_FORMATS = {
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".gif": re.compile(rb"GIF8[79]a"),
    ".webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    ".avif": re.compile(rb"....ftypavi[fs]", re.DOTALL),
    ".heic": re.compile(rb"....ftyp(?:hei[cx]|mif1|msf1)", re.DOTALL),
    ".svg": re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<[?!].{0,4000}?>\s*)*<svg", re.DOTALL),
}
"""How each begins, by the ending of its name."""


class _LeftOut(Exception):
    """Why a picture is not kept."""


class Pictures:
    """The pictures of one piece, by their addresses.

    ``read`` returns the content of the picture at an address, or None if it has none; it may raise
    UnreadableError.
    """

    def __init__(self, read: Callable[[str], bytes | None], base: str | None = None) -> None:
        self._read = read
        self._base = base or ""
        self._names: dict[str, str | None] = {}
        self._files: dict[bytes, PictureFile] = {}
        self.left_out: list[str] = []
        """A sentence for each that is not there."""

    @property
    def files(self) -> tuple[PictureFile, ...]:
        """The pictures that were asked for."""
        return tuple(self._files.values())

    def name(self, address: str) -> str | None:
        """Return ``images/name`` for the picture at an address; None if it is not to be had."""
        address = completed(address, self._base)
        if address not in self._names:
            self._names[address] = self._named(address)
        return self._names[address]

    def _named(self, address: str) -> str | None:
        try:
            content = self._content(address)
            name = self._free_name(address, _ending(content))
        except _LeftOut as reason:
            self.left_out.append(f"The picture {printable(address, LONGEST_ADDRESS)} {reason}.")
            return None

        if content not in self._files:
            self._files[content] = PictureFile(name, content)
        return f"images/{self._files[content].name}"

    def _content(self, address: str) -> bytes:
        if len(self._names) >= MOST_PICTURES:
            raise _LeftOut(f"is left out: of a piece, {MOST_PICTURES} are read at most")
        if address.startswith("data:"):
            return _in_address(address)
        try:
            content = self._read(address)
        except UnreadableError as error:
            raise _LeftOut(f"is left out ({error.problems[0].message})") from None

        if content is None:
            raise _LeftOut("is not in the file")
        if len(content) > MOST_BYTES:
            raise _LeftOut(f"is larger than {MOST_BYTES // 1024 // 1024} MB")
        return content

    def _free_name(self, address: str, ending: str) -> str:
        stem = slug(PurePosixPath(file_name_of(address)).stem) or "picture"
        taken = {file.name for file in self._files.values()}
        name, number = f"{stem}{ending}", 2
        while name in taken:
            name, number = f"{stem}-{number}{ending}", number + 1
        return name


def _in_address(address: str) -> bytes:
    """Return the picture that is written into its own address (RFC 2397)."""
    _, _, data = address.partition(";base64,")
    try:
        content = b64decode(data)
    except ValueError:
        content = b""

    if len(content) < _SMALLEST:
        raise _LeftOut("only holds a place")
    return content


def _ending(content: bytes) -> str:
    """Return the ending of its name, by what a picture's content begins with."""
    for ending, beginning in _FORMATS.items():
        if beginning.match(content):
            return ending
    raise _LeftOut("is no picture that can be read")

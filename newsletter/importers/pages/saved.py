"""A web page as it was saved or sent: its HTML, its address, the pictures that came with it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from contextlib import suppress
from email import message_from_bytes
from email.message import Message
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from newsletter.files import read_regular
from newsletter.importers.html.tree import NEVER_DEEP
from newsletter.importers.original import Original, unreadable
from newsletter.importers.pages.addresses import file_name_of
from newsletter.importers.pages.pictures import MOST_BYTES as MOST_BYTES_OF_A_PICTURE

MOST_BYTES = 16 * 1024 * 1024
"""Of the HTML alone: the largest pages of newspapers have 5 MB."""
_MOST_PARTS = 2000
_DEEPEST = 4000
_MOST_ATTRIBUTES = 5000
_COPY = "Copy its text, and add that with --clipboard."
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)([^<>]*)")
_QUOTED = re.compile(r'"[^"]*"')
_HEAD = 4096
"""Bytes in which a page says what it is."""
_MIME = re.compile(
    rb"\s*(?:From|MIME-Version|Snapshot-Content-Location|Content-Type):", re.IGNORECASE
)
_SAVED = re.compile(
    rb"^(?:From:\s*<Saved by|Snapshot-Content-Location:)", re.MULTILINE | re.IGNORECASE
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_LEGACY = re.compile("big5|cp|euc|gb|iso2022|iso8859|johab|koi8|mac|shift_jis|tis")
"""How Python's names of the encodings begin that pages have had beside UTF-8."""
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class SavedPage(NamedTuple):
    """A page, and how to read the pictures that came with it."""

    html: str
    address: str | None
    """Where it was on the web, if that is known."""
    picture: Callable[[str], bytes | None]
    """Returns the picture at an address, or None if it did not come with the page."""


def is_mhtml(original: Original) -> bool:
    """Return whether a file is a page that a browser saved as a single file (RFC 2557).

    It has the form of a mail with pictures in it, so what saved it must say so, or its name.
    """
    if not _MIME.match(original.content):
        return False
    return original.suffix in (".mhtml", ".mht") or bool(_SAVED.search(original.content[:_HEAD]))


def is_html(content: bytes) -> bool:
    """Return whether a text begins as an HTML page does."""
    return bool(_HTML.match(content[:_HEAD].removeprefix(codecs.BOM_UTF8)))


def saved_page(original: Original) -> SavedPage:
    """Return the page that an original is. Raise UnreadableError."""
    if is_mhtml(original):
        return _from_mhtml(original)

    html = _page(original, original.content, original.charset)
    address = original.address
    saved_from = _SAVED_FROM.search(html[:_HEAD])
    if saved_from and not address:
        address = saved_from[1]
    return SavedPage(html, address, _pictures_beside(original.path))


def decoded(content: bytes, charset: str = "") -> str:
    """Return the text of a page in the encoding that it has, whatever it says.

    What can be read as UTF-8 is UTF-8. Otherwise it is what the server or the page says, unless
    that is UTF-8, and else Windows-1252 (HTML Standard, 13.2.3.2), of which Latin 1 is a part.
    """
    for bom, encoding in _BOMS.items():
        if content.startswith(bom):
            return content.decode(encoding, "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode(_encoding(content, charset), "replace")


def _encoding(content: bytes, charset: str) -> str:
    labels = [charset]
    if said := _CHARSET.search(content[:_HEAD]):
        labels.append(said[1].decode("ascii"))

    for label in filter(None, labels):
        with suppress(LookupError):
            name = codecs.lookup(label).name
            if _LEGACY.match(name) and name != "iso8859-1":
                return name
    return "windows-1252"


def _page(original: Original, content: bytes, charset: str) -> str:
    """Return the HTML, if reading it takes no longer than people wait.

    The time that the parser takes grows with the square of how deep elements are nested, and of how
    many attributes one has. Of 1,170 pages that were tried, the deepest seems to have 1,514, by
    tags that are never closed and those in scripts.
    """
    if len(content) > MOST_BYTES:
        what = f"is larger than {MOST_BYTES // 1024 // 1024} MB"
        raise unreadable(original, f"This page {what}.", _COPY)

    html = decoded(content, charset)
    depth = 0
    for end, name, attributes in _TAG.findall(html):
        if end:
            depth = max(depth - 1, 0)
        elif name.lower() not in NEVER_DEEP:
            depth += 1
        if depth > _DEEPEST or _count(attributes) > _MOST_ATTRIBUTES:
            raise unreadable(original, "This page is too intricate to be read.", _COPY)
    return html


def _count(attributes: str) -> int:
    """Return how many attributes a tag has, or a little more."""
    if len(attributes) <= _MOST_ATTRIBUTES:
        return 0
    return len(_QUOTED.sub("", attributes).split())


def _from_mhtml(original: Original) -> SavedPage:
    parts = _parts(original)
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    if page is None:
        raise unreadable(original, "There is no page in this file.", "Save the page as HTML.")

    pictures: dict[str, bytes] = {}
    for part in parts:
        if part.get_content_maintype() == "image":
            pictures |= dict.fromkeys(_names(part), _content(part))

    html = _page(original, _content(page), str(page.get_content_charset() or ""))
    address = parts[0].get("Snapshot-Content-Location") or page.get("Content-Location")
    return SavedPage(html, address and str(address), pictures.get)


def _parts(original: Original) -> list[Message]:
    """Return the message that a file is, and its parts."""
    try:
        message = message_from_bytes(original.content)
        return list(islice(message.walk(), _MOST_PARTS))
    except RecursionError:
        raise unreadable(original, "This page is too intricate to be read.", _COPY) from None


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return b""
    return content


def _names(part: Message) -> list[str]:
    """Return the addresses by which a page names one of its parts."""
    names = [str(part.get("Content-Location", ""))]
    if "Content-ID" in part:
        content_id = str(part["Content-ID"]).strip("<> ")
        names.append(f"cid:{content_id}")
    return list(filter(None, names))


def _pictures_beside(path: Path | None) -> Callable[[str], bytes | None]:
    """Return what reads the pictures in the folder that a browser has put beside a page.

    The folder's name begins with the page's own: ``page_files``, ``page-Dateien``.
    """
    if path is None:
        return lambda address: None

    def picture(address: str) -> bytes | None:
        file = _file_beside(path, address)
        if file is None:
            return None
        try:
            return read_regular(file, MOST_BYTES_OF_A_PICTURE)
        except OSError:
            return None

    return picture


def _file_beside(path: Path, address: str) -> Path | None:
    """Return the saved file of a picture; of one that has another address, by its name."""
    name = file_name_of(address)
    if not name:
        return None

    for folder in path.parent.glob(f"{_escaped(path.stem)}[_-]*"):
        file = folder / name
        if folder.is_dir() and file.is_file() and not file.is_symlink():
            return file
    return None


def _escaped(stem: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", stem)

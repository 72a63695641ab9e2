"""A document to HTML: its parts, edited, in a new zip that mammoth converts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZipFile

from newsletter.importers.docx.lists import NUMBER
from newsletter.importers.docx.package import Refused, Relationship

if TYPE_CHECKING:
    from mammoth.documents import Image

_STYLE_MAP = """
p.Title => p:fresh
p.Quote => blockquote > p:fresh
p.Caption => figure > figcaption:fresh
p.Picture => figure:fresh
u => u
"""
"""What mammoth makes of a paragraph in one of these styles; it knows headings and lists itself."""
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_SYMBOL = re.compile(r"A w:sym element .* ignored: char (\w+) in font (.*)")
_NUMBERED = re.compile("<li>" + NUMBER.format(r"(\d+)"))
_USUAL = str.maketrans("🡨🡪🡩🡫🡺🞏🞎🗶🗷🗹⮚", "←→↑↓➔□□✗☒☑➢")
"""What most fonts have, for what mammoth makes of the arrows and boxes of Wingdings."""


class Part(NamedTuple):
    """A part of a document, and what it leads to, by id."""

    root: Element
    leads_to: Mapping[str, Relationship]


class Converted(NamedTuple):
    """The HTML of a document."""

    html: str
    pictures: tuple[bytes, ...]
    """The pictures, which are at the addresses ``picture:0`` and so on."""
    left_out: tuple[str, ...]


def html_of(parts: Mapping[str, Part], pictures: Mapping[str, bytes]) -> Converted:
    """Return the HTML of parts, by kind. Raise Refused for what mammoth cannot read."""
    import mammoth

    shown: dict[bytes, int] = {}

    def address(image: Image) -> dict[str, str]:
        with image.open() as file:
            number = shown.setdefault(file.read(), len(shown))
        return {"src": f"picture:{number}"}

    try:
        result = mammoth.convert_to_html(
            BytesIO(_zipped(parts, pictures)),
            style_map=_STYLE_MAP,
            convert_image=mammoth.images.img_element(address),
        )
    except Exception as error:  # whatever there is in it, an editor gets no traceback
        hint = "Copy the piece into a new document, and add that."
        raise Refused(f"It cannot be read ({type(error).__name__}: {error}).", hint) from error

    html = _NUMBERED.sub(r'<li value="\1">', result.value.translate(_USUAL))
    messages = (message.message for message in result.messages)
    return Converted(
        html,
        tuple(shown),
        tuple(_symbols(messages)),
    )


def _zipped(parts: Mapping[str, Part], pictures: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for kind, part in parts.items():
            archive.writestr(f"word/{kind}.xml", tostring(part.root))
            relationships = tostring(_relationships(part.leads_to))
            archive.writestr(f"word/_rels/{kind}.xml.rels", relationships)
        for name, content in pictures.items():
            archive.writestr(name, content)
    return file.getvalue()


def _relationships(leads_to: Mapping[str, Relationship]) -> Element:
    """Return the links and pictures: other parts are at the places where mammoth looks first."""
    root = Element(f"{_PACKAGE}Relationships")
    for name, (kind, target, is_external) in leads_to.items():
        if kind in ("hyperlink", "image"):
            place = target if is_external else f"/{target}"
            attributes = {"Id": name, "Target": place, "Type": kind}
            SubElement(root, f"{_PACKAGE}Relationship", attributes)
    return root


def _symbols(messages: Iterable[str]) -> Iterator[str]:
    """Yield what mammoth has lost, in words. What else it says is of styles, and not lost."""
    for message in messages:
        if symbol := _SYMBOL.fullmatch(message):
            yield f"A character of the font {symbol[2]} ({symbol[1]}) was left out."

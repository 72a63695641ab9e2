"""Word documents made of raw XML, as the standard has it: parts as texts, in a zip."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from newsletter.importers import Changes, Original, Piece, read
from tests.importers.a_publication import publication

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MS = "http://schemas.microsoft.com/office"
NAMES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": OFFICE,
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w14": f"{_MS}/word/2010/wordml",
        "w15": f"{_MS}/word/2012/wordml",
        "wps": f"{_MS}/word/2010/wordprocessingShape",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    }.items()
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060"
    "000000050001a5f645400000000049454e44ae426082"
)
"""One pixel."""


class Leads(NamedTuple):
    """What a part leads to: a kind, as the last word of its type, and a target."""

    kind: str
    target: str
    mode: str = "Internal"


_PARTS = {
    "styles": "styles.xml",
    "numbering": "numbering.xml",
    "footnotes": "footnotes.xml",
    "endnotes": "endnotes.xml",
    "comments": "comments.xml",
    "commentsExtended": "commentsExtended.xml",
    "header": "header1.xml",
    "footer": "footer1.xml",
}


def docx(
    body: str,
    *,
    leads: Mapping[str, Leads] | None = None,
    files: Mapping[str, bytes] | None = None,
    **parts: str,
) -> bytes:
    """Return a document. ``parts`` are contents by kind (``comments="<w:comment …>"``)."""
    relationships = dict(leads or {})
    content = {"word/document.xml": root("document", f"<w:body>{body}</w:body>")}
    for number, (kind, xml) in enumerate(parts.items(), start=1):
        relationships[f"part{number}"] = Leads(kind, _PARTS[kind])
        content[f"word/{_PARTS[kind]}"] = root(kind, xml)
    content["word/_rels/document.xml.rels"] = _relationships(relationships)
    content["_rels/.rels"] = _relationships({"main": Leads("officeDocument", "word/document.xml")})
    content["[Content_Types].xml"] = _CONTENT_TYPES
    return zipped({**content, **(files or {})})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of parts."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def root(kind: str, content: str) -> str:
    """Return a part as XML."""
    name = {"commentsExtended": "w15:commentsEx", "header": "w:hdr", "footer": "w:ftr"}
    tag = name.get(kind, f"w:{kind}")
    return f'<?xml version="1.0" encoding="UTF-8"?><{tag} {NAMES}>{content}</{tag}>'


_CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def _relationships(relationships: Mapping[str, Leads]) -> str:
    elements = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{leads.kind}" Target="{escape(leads.target)}"'
        f' TargetMode="{leads.mode}"/>'
        for name, leads in relationships.items()
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{package}">{elements}</Relationships>'


def p(*content: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph of runs, or of plain texts."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "".join(part if part.startswith("<") else r(part) for part in content)
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def item(text: str, number: int, level: int = 0) -> str:
    """Return an item of a list."""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, properties=listed)


def tracked(kind: str, content: str, author: str = "Zoë Volunteer", number: int = 1) -> str:
    """Return a tracked change."""
    mark = f'w:id="{number}" w:author="{author}" w:date="2012-04-13T09:00:00Z"'
    return f"<w:{kind} {mark}>{content}</w:{kind}>"


def picture(relationship: str, alt: str = "", crop: str = "") -> str:
    """Return a run with a picture in the line."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{alt}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{relationship}"/>{crop}</pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def field(instruction: str, result: str) -> str:
    """Return runs with a field: its instruction, and what it shows."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{escape(instruction)}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def style(name: str, *, kind: str = "paragraph", style_id: str = "", inner: str = "") -> str:
    """Return a style."""
    style_id = style_id or name.replace(" ", "")
    named = f'<w:name w:val="{name}"/>{inner}'
    return f'<w:style w:type="{kind}" w:styleId="{style_id}">{named}</w:style>'


def level(number: int, form: str, inner: str = "") -> str:
    """Return a level of a list."""
    return f'<w:lvl w:ilvl="{number}"><w:numFmt w:val="{form}"/>{inner}</w:lvl>'


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet")}{level(1, "bullet")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "decimal")}{level(1, "lowerLetter")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
)
"""List 1 has bullets; list 2 has numbers, and letters below them."""


def read_word(content: bytes, changes: Changes | None = None, name: str = "piece.docx") -> Piece:
    """Return the piece in a document."""
    (piece,) = read(Original(name, content), publication(), lambda _: changes)
    return piece


def body_of(content: bytes, changes: Changes | None = None) -> str:
    """Return the body of the piece in a document."""
    body: str = read_word(content, changes).fields["body"].value
    return body

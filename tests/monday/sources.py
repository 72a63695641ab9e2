"""What a dozen volunteers send for one issue: a source of each sort, as their programs write it."""

from __future__ import annotations

from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZipFile

from tests.drawing import drawn

_ADVANCE = timedelta(days=3)
"""Pieces are dated on the Friday before the issue."""


class Source(NamedTuple):
    """A file that somebody sent, and the pieces that are in it."""

    name: str
    content: bytes
    titles: tuple[str, ...]
    sentences: tuple[str, ...]
    """Words of its texts, which must all be in the issue, in this order."""


def sources(issue: date) -> list[Source]:
    """Return what was sent for an issue of a day."""
    friday = issue - _ADVANCE
    return [
        _word_comment(friday),
        _word_news(friday),
        _mail_with_word(friday),
        _mail(friday),
        _page_text_of_film(friday),
        _page_text_of_book(friday),
        _saved_page(friday),
        _feed(friday),
        _table(issue),
        _markdown(friday),
        _text(friday),
    ]


def pasted(issue: date) -> Source:
    """Return what was copied from a word processor in the browser."""
    sentences = (
        "The glossary has a new entry for each letter of the alphabet.",
        "Readers who miss a word may write to the editors.",
    )
    html = (
        '<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-1">'
        "<h1>A glossary grows by a page</h1>"
        f"<p>By Petra Glossary</p><p>{_in_words(issue - _ADVANCE)}</p>"
        f'<p><span style="font-weight:400">{sentences[0]}</span></p>'
        f'<p><span style="font-weight:400">{sentences[1]}</span></p><p>Sources</p>'
        '<ul><li><a href="https://www.google.com/url?q=https://www.cells.org.uk/glossary&amp;sa=D">'
        "The glossary of cells</a></li></ul></b>"
    )
    return Source("standard input", html.encode(), ("A glossary grows by a page",), sentences)


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


# Word


def _word_comment(friday: date) -> Source:
    sentences = (
        "A letter to the clinic asks three questions, and none of them is about money.",
        "The first is who may read the file.",
        "The second is who wrote it.",
        "The third has no answer yet.",
    )
    paragraphs = (
        "Title: Three questions for a clinic",
        "By: Dr Mara Quill, Reader in Law, University of Anytown",
        f"Date: {_in_words(friday)}",
        "Section: Comment",
        sentences[0],
        f"{sentences[1]} {sentences[2]}",
        sentences[3],
    )
    picture = drawn("desk.png", (900, 600))
    content = _word(paragraphs, picture, "A desk with three open files")
    return Source("comment.docx", content, ("Three questions for a clinic",), sentences)


def _word_news(friday: date) -> Source:
    sentences = (
        "A laboratory in the north counts the cells of a mouse by hand.",
        "It takes eleven people, who have a week for it.",
    )
    paragraphs = (
        "Laboratory counts the cells of a mouse",
        f"By Nils Counter | {_in_words(friday)}",
        *sentences,
        "Sources",
        "Eleven people and a mouse",
        f"The Anytown Times |  {_in_words(friday)}",
    )
    return Source("cells.docx", _word(paragraphs), (paragraphs[0],), sentences)


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="png" ContentType="image/png"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_PARTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="{parts}/{kind}" Target="{target}"/></Relationships>'
)
_DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="5486400" cy="3657600"/>'
    '<wp:docPr id="1" name="Picture 1" descr="{alt}"/><a:graphic><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
    '<a:blip r:embed="r1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
    "</w:drawing></w:r></w:p>"
)
_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": _PARTS,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}


def _word(paragraphs: tuple[str, ...], picture: bytes = b"", alt: str = "") -> bytes:
    """Return a Word file with a picture below its paragraphs, if there is one."""
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    if picture:
        body += _DRAWING.format(alt=alt)
    names = " ".join(f'xmlns:{name}="{space}"' for name, space in _NAMESPACES.items())
    document = f"<w:document {names}><w:body>{body}</w:body></w:document>"

    file = BytesIO()
    with ZipFile(file, "w") as parts:
        parts.writestr("[Content_Types].xml", _TYPES)
        parts.writestr("_rels/.rels", _relationship("officeDocument", "word/document.xml"))
        parts.writestr("word/document.xml", document)
        if picture:
            parts.writestr("word/media/image1.png", picture)
            rels = _relationship("image", "media/image1.png")
            parts.writestr("word/_rels/document.xml.rels", rels)
    return file.getvalue()


def _relationship(kind: str, target: str) -> str:
    return _RELATIONSHIPS.format(parts=_PARTS, kind=kind, target=target)


# Mail


def _mail_with_word(friday: date) -> Source:
    sentences = (
        "A court has opened the files of forty years.",
        "Nobody knows yet who will read them.",
    )
    paragraphs = (
        "Court opens the files of forty years",
        "By Ola Court",
        _in_words(friday),
        *sentences,
        "Sources",
        "Forty years on paper",
        f"The Anytown Gazette |  {_in_words(friday)}",
    )
    message = _message("My piece for Monday", friday)
    message.set_content("Dear editors,\n\nhere is my piece.\n\nBest wishes\nOla\n")
    message.add_attachment(
        _word(paragraphs),
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
        filename="court files.docx",
    )
    return Source("My piece.eml", message.as_bytes(), (paragraphs[0],), sentences)


def _mail(friday: date) -> Source:
    sentences = (
        "A school in the hills has a lesson on cells that lasts a whole day.",
        "Its pupils come out of it hungry and full of questions.",
    )
    message = _message("Piece: lesson on cells", friday)
    message.set_content(
        f"A lesson lasts all day\n\nBy Iris Lesson\n\n{_in_words(friday)}\n\n"
        f"{sentences[0]}\n\n{sentences[1]}\n\nSources\n\nA day in class\n"
        f"The Hill Post |  {_in_words(friday)}\n"
    )
    return Source("lesson.eml", message.as_bytes(), ("A lesson lasts all day",), sentences)


def _message(subject: str, day: date) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ola Court <ola@mail.example>"
    message["To"] = "editors@news.example"
    message["Subject"] = subject
    message["Date"] = f"{day:%a, %d %b %Y} 10:00:00 +0000"
    return message


# Pages


def _page_text_of_film(friday: date) -> Source:
    sentences = (
        "A lighthouse keeper finds a box of letters.",
        "What follows is told without a word.",
    )
    text = (
        f"Film Review: The Long Light\n\n{_in_words(friday)}\nBy Tomas Reel\n"
        "Appeared in The Cell 700\n\nThe Long Light\n\nDirected by A. Maker\n\n"
        f"{sentences[0]}\n\n{sentences[1]}\n"
    )
    return Source("film.txt", text.encode(), ("Film Review: The Long Light",), sentences)


def _page_text_of_book(friday: date) -> Source:
    sentences = (
        "Twelve letters were found in a drawer.",
        "The author adds hardly a word to them.",
    )
    text = (
        f"Book Review: Twelve Letters\n\n{_in_words(friday)}\nBy Wilma Page\n"
        "Appeared in The Cell 700\n\nTwelve Letters\n\nby Hanna Author\n\n"
        "Published by Saltmarsh Press\n\nISBN-13: 978-0000000019\n\n"
        f"{sentences[0]}\n\n{sentences[1]}\n"
    )
    return Source("book.txt", text.encode(), ("Book Review: Twelve Letters",), sentences)


def _saved_page(friday: date) -> Source:
    sentences = (
        "A museum shows what fits under a fingernail.",
        "Its largest room is as large as a matchbox.",
    )
    facts = (
        '{"@context": "https://schema.org", "@type": "NewsArticle", "headline": '
        f'"Museum under a fingernail", "datePublished": "{friday}", '
        '"author": {"@type": "Person", "name": "Ada Museum"}}'
    )
    html = (
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>"
        f"<title>Museum under a fingernail - The Site</title><link rel='canonical' href='{_PAGE}'>"
        f"<script type='application/ld+json'>{facts}</script></head><body>"
        "<nav><a href='/'>Home</a></nav><main><article><h1>Museum under a fingernail</h1>"
        f"<figure><img src='{_ROOM}' alt='A room as large as a matchbox' width='900' height='600'>"
        f"</figure><p>{sentences[0]}</p><p>{sentences[1]}</p></article></main></body></html>"
    )
    return Source("museum.mhtml", _mhtml(html), ("Museum under a fingernail",), sentences)


_PAGE = "https://www.cells.org.uk/museum-under-a-fingernail/"
_ROOM = f"{_PAGE}room.png"


def _mhtml(html: str) -> bytes:
    """Return a page as Chrome saves it as a single file, with its picture."""
    message = EmailMessage(SMTP)
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = _PAGE
    message.set_content(html, subtype="html", headers=[f"Content-Location: {_PAGE}"])
    picture = drawn("room.png", (900, 600))
    message.add_related(picture, "image", "png", headers=[f"Content-Location: {_ROOM}"])
    return message.as_bytes()


def _feed(friday: date) -> Source:
    sentences = ("Two rivers meet, and so do their fish.", "A count of both is under way.")
    entry = (
        "<item><title>Fish of two rivers</title><link>https://www.cells.org.uk/fish/</link>"
        f"<pubDate>{friday:%a, %d %b %Y} 09:00:00 +0000</pubDate><dc:creator>Rory Fish</dc:creator>"
        f"<content:encoded><![CDATA[<p>{sentences[0]}</p><p>{sentences[1]}</p>]]></content:encoded>"
        "</item>"
    )
    feed = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Site</title>'
        f"<link>https://www.cells.org.uk/</link>{entry}</channel></rss>"
    )
    return Source("feed.xml", feed.encode(), ("Fish of two rivers",), sentences)


# Tables and text


def _table(issue: date) -> Source:
    evening, last_day = issue + timedelta(days=17), issue + timedelta(days=25)
    rows = (
        "Kind;Title;Starts;Place;Closes;Employer;Link;Text;Until",
        f'event;Open evening;{evening} 18:30;"1 High Street; Anytown";;;'
        f"https://www.cells.org.uk/evening;Come and look at our cells.;{evening}",
        f"job;Curator of cells;;Anytown;{last_day};The museum;"
        f"https://www.cells.org.uk/curator;The museum looks for a curator.;{last_day}",
    )
    return Source(
        "dates.csv",
        "\r\n".join(rows).encode("utf-8-sig"),
        ("Open evening", "Curator of cells"),
        ("Come and look at our cells.", "The museum looks for a curator."),
    )


def _markdown(friday: date) -> Source:
    sentences = ("An old map shows where the first cells were drawn.", "It is for sale.")
    text = (
        f"# Map of the first cells is for sale\n\nBy Kai Map\n\n{_in_words(friday)}\n\n"
        f"{sentences[0]}\n\n{sentences[1]}\n\n## Sources\n\n"
        f"- [A map under the hammer](https://www.auction.org.uk/map)\n"
    )
    return Source("map.md", text.encode(), ("Map of the first cells is for sale",), sentences)


def _text(friday: date) -> Source:
    sentences = ("A choir sings the names of all known cells.", "The concert takes nine hours.")
    text = (
        f"Choir sings the names of cells\r\n\r\nBy Lena Choir\r\n\r\n{_in_words(friday)}\r\n\r\n"
        f"{sentences[0]}\r\n\r\n{sentences[1]}\r\n\r\nSources\r\n\r\nNine hours of names\r\n"
        f"The Anytown Times |  {_in_words(friday)}\r\n"
    )
    return Source(
        "choir.txt", text.encode("cp1252"), ("Choir sings the names of cells",), sentences
    )

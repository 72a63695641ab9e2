"""Files that are no Word documents, and documents that are made to do harm."""

from __future__ import annotations

import struct
import tracemalloc
import zlib
from time import process_time

import mammoth
import pytest

from newsletter.errors import UnreadableError
from newsletter.garbage import uncollected
from tests.importers.docx.a_document import OFFICE, Leads, docx, item, p, r, read_word, root, zipped

DOCUMENT = root("document", f"<w:body>{p('A headline')}{p('Words.')}</w:body>")
ODT = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def refusal(content: bytes, name: str = "piece.docx") -> str:
    with pytest.raises(UnreadableError) as error:
        read_word(content, "accept", name)
    return str(error.value)


def with_entry(name: str, content: bytes) -> bytes:
    """Return a document with one more part."""
    return zipped({"word/document.xml": DOCUMENT, name: content})


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("piece.docx", b"", "This file is empty."),
        ("piece.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("piece.docx", OLE + "WordDocument".encode("utf-16-le"), "Word 97 to 2003"),
        ("piece.doc", OLE, "save it as Word (.docx)"),
        ("piece.pdf", b"%PDF-1.7", "This is a PDF"),
        ("piece.docx", b"%PDF-1.7", "This is a PDF"),
        ("piece.rtf", b"{\\rtf1 Words.}", "Rich Text Format"),
        ("piece.docx", b"{\\rtf1 Words.}", "Rich Text Format"),
        ("piece.docx", b"Words.", "This is not a Word document"),
        ("piece.odt", ODT, "OpenDocument"),
        ("piece.docx", ODT, "OpenDocument"),
        ("piece.pages", zipped({"Index/Document.iwa": "x"}), "Apple Pages"),
        ("piece.docx", zipped({"xl/workbook.xml": "<x/>"}), "Excel"),
        ("piece.docx", zipped({"readme.txt": "x"}), "There is no Word document in it."),
        ("piece.docx", zipped({"word/document.xml": "<w"}), "word/document.xml is damaged"),
        ("piece.docx", zipped({"word/document.xml": ""}), "word/document.xml is damaged"),
        ("piece.docx", docx(""), "There is no text in it."),
        ("piece.docx", docx(p("Words."))[:-300], "damaged or incomplete"),
    ],
)
def test_what_is_no_document_is_refused_with_advice(name: str, content: bytes, words: str) -> None:
    assert words in refusal(content, name)


def test_half_a_document() -> None:
    whole = docx(p("A headline") + p("Words."))
    for length in range(0, len(whole), 97):
        assert refusal(whole[:length]).startswith("piece.docx: ")


def test_a_damaged_part() -> None:
    whole = bytearray(docx(p("A headline") + p("Words of some length, so that it is packed.")))
    place = whole.index(b"word/document.xml") + 60
    whole[place : place + 8] = bytes(8)
    assert "is damaged" in refusal(bytes(whole))


def test_a_bomb_that_says_what_it_is() -> None:
    bomb = with_entry("word/media/image1.png", bytes(60_000_000))
    assert len(bomb) < 100_000
    assert "more than 50 MB" in refusal(bomb)


def test_a_bomb_that_lies() -> None:
    big = f"<w:document {'x' * 60_000_000}".encode()
    bomb = zipped({"word/document.xml": big})
    lying = bomb.replace(struct.pack("<I", len(big)), struct.pack("<I", 1000))
    assert lying != bomb
    tracemalloc.start()
    assert "is damaged" in refusal(lying)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def packed_zeros(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = bytes(1_000_000)
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def test_a_bomb_of_600_megabytes_takes_neither_time_nor_memory() -> None:
    """The entry is packed by hand, so that the test needs no 600 MB itself."""
    data = packed_zeros(600_000_000)
    start = _local(b"word/document.xml", data, 1000)
    directory = _central(b"word/document.xml", data, 1000)
    end = struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(directory), len(start) + len(data), 0
    )
    bomb = start + data + directory + end
    assert len(bomb) < 700_000

    began = process_time()
    tracemalloc.start()
    assert "is damaged" in refusal(bomb)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert process_time() - began < 10


def _local(name: bytes, data: bytes, size: int) -> bytes:
    fields = (0x04034B50, 20, 0, 8, 0, 0, 0, len(data), size, len(name), 0)
    return struct.pack("<IHHHHHIIIHH", *fields) + name


def _central(name: bytes, data: bytes, size: int) -> bytes:
    fields = (0x02014B50, 20, 20, 0, 8, 0, 0, 0, len(data), size, len(name), 0, 0, 0, 0, 0, 0)
    return struct.pack("<IHHHHHHIIIHHHHHII", *fields) + name


def test_a_zip_in_a_zip_is_not_opened() -> None:
    inner = with_entry("word/media/image1.png", bytes(60_000_000))
    nested = docx(p("A headline") + p("Words."), files={"word/embeddings/inner.docx": inner})
    assert read_word(nested).fields["body"].value == "Words."


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil.xml", "word\\..\\evil", "C:\\evil"])
def test_names_that_lead_out(name: str) -> None:
    assert "which leads out of it" in refusal(with_entry(name, b"x"))


def test_a_part_with_a_password() -> None:
    whole = bytearray(docx(p("A headline") + p("Words.")))
    place = -1
    while (place := whole.find(b"PK\x01\x02", place + 1)) >= 0:
        whole[place + 8] |= 1
    assert "protected by a password" in refusal(bytes(whole))


def test_thousands_of_parts() -> None:
    many = {f"word/media/{number}.png": b"" for number in range(5_001)}
    assert "more than 5,000 parts" in refusal(zipped({"word/document.xml": DOCUMENT, **many}))


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
def test_entities(doctype: str, part: str) -> None:
    body = DOCUMENT.replace("Words.", "&c;")
    parts = {
        "word/document.xml": DOCUMENT,
        part: body.replace("<w:document", f"{doctype}<w:document"),
    }
    assert "document type" in refusal(zipped(parts))


def test_a_million_empty_paragraphs() -> None:
    began = process_time()
    assert "more than 150,000 elements" in refusal(docx("<w:p/>" * 1_000_000))
    assert process_time() - began < 10


def test_as_many_as_are_read_are_read_in_bounded_time() -> None:
    began = process_time()
    words = "".join(f"<w:p>{r('Words')}</w:p>" for _ in range(5_000))
    piece = read_word(docx(p("A headline", style="Title") + words))
    assert piece.fields["body"].value.count("Words") == 5_000
    assert process_time() - began < 10


def test_thousands_of_marks_in_one_paragraph_take_time_as_their_number() -> None:
    def seconds(runs: int) -> float:
        looks = ("<w:b/>", "<w:i/>")
        words = p(*(r("a", looks[number % 2]) for number in range(runs)))
        content = docx(p("A headline", style="Title") + words)
        with uncollected():  # as in a command: what other tests have left is looked through in vain
            began = process_time()
            read_word(content)
            return process_time() - began

    seconds(10)
    assert seconds(8_000) < 14 * seconds(1_000)


@pytest.mark.parametrize("tag", ["tbl", "ins", "sdt", "smartTag"])
def test_deep_nesting(tag: str) -> None:
    deep = f"<w:{tag}>" * 100_000 + f"</w:{tag}>" * 100_000
    assert "nested more than" in refusal(docx(deep))


def test_as_deep_as_is_read_is_read() -> None:
    """Of the elements that hold others, each takes the most calls for one level."""
    open_, close = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    deep = open_ * 30 + p("Deepest.") + close * 30
    assert "Deepest." in read_word(docx(p("A headline", style="Title") + deep)).fields["body"].value


def test_styles_that_are_based_on_each_other() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in (("A", "B"), ("B", "A"))
    )
    content = docx(p("A headline", style="Title") + p("Words.", style="A"), styles=styles)
    assert read_word(content).fields["body"].value == "Words."


@pytest.mark.parametrize(
    "target",
    ["https://tracker.example/pixel.png", "file:///etc/passwd", "\\\\server\\share\\x.png"],
)
def test_linked_pictures_are_not_fetched(target: str) -> None:
    shown = (
        "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        '<a:blip r:link="out"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )
    body = p("A headline", style="Title") + p("Words.", shown)
    piece = read_word(docx(body, leads={"out": Leads("image", target, "External")}))
    assert piece.pictures == ()
    assert piece.left_out == (f"A picture that is not in the file was left out: {target}.",)


def test_a_picture_that_is_another_part() -> None:
    shown = '<w:r><w:pict><v:shape><v:imagedata r:id="out"/></v:shape></w:pict></w:r>'
    body = p("A headline", style="Title") + p("Words.", shown)
    piece = read_word(docx(body, leads={"out": Leads("image", "../../../../etc/passwd")}))
    assert piece.left_out == ("A picture that is not in the file was left out: passwd.",)


def test_macros_are_left_out_and_the_text_is_read() -> None:
    body = p("A headline", style="Title") + p("Words.")
    piece = read_word(docx(body, files={"word/vbaProject.bin": OLE}), name="piece.docm")
    assert piece.fields["body"].value == "Words."
    assert piece.left_out == ("Macros were left out, and not run.",)


def test_embedded_objects_are_reported() -> None:
    embedded = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    piece = read_word(docx(p("A headline", style="Title") + p("Words.", embedded)))
    assert piece.left_out == ("An embedded object was left out.",)


def test_script_in_words_and_links_is_text() -> None:
    run = r("<script>alert(1)</script>")
    link = f'<w:hyperlink r:id="js">{r("click")}</w:hyperlink>'
    body = p("A headline", style="Title") + p(run, link, " here.")
    piece = read_word(
        docx(body, leads={"js": Leads("hyperlink", "javascript:alert(1)", "External")})
    )
    assert "javascript:" not in piece.fields["body"].value
    assert "script>alert(1)" in piece.fields["body"].value


def test_numbers_without_end() -> None:
    listed = f'<w:numPr><w:ilvl w:val="{"9" * 50}"/><w:numId w:val="1"/></w:numPr>'
    span = f'<w:tc><w:tcPr><w:gridSpan w:val="{"9" * 9}"/></w:tcPr>{p("Cell")}</w:tc>'
    body = p("A headline", style="Title") + p("Item", properties=listed)
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="999999999"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    content = docx(f"{body}<w:tbl><w:tr>{span}</w:tr></w:tbl>", numbering=numbering)
    assert len(read_word(content).fields["body"].value) < 1_000


def test_relationships_without_ids() -> None:
    rels = f'<Relationships><Relationship Type="{OFFICE}/officeDocument"/></Relationships>'
    content = zipped({"word/document.xml": DOCUMENT, "_rels/.rels": rels})
    assert read_word(content).fields["title"].value == "A headline"


def test_a_list_that_is_not_there() -> None:
    numbering = '<w:abstractNum><w:lvl w:ilvl="0"/></w:abstractNum>'
    content = docx(p("A headline", style="Title") + item("Words.", 6), numbering=numbering)
    assert read_word(content).fields["body"].value == "Words."


def test_what_mammoth_cannot_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("rId1")

    monkeypatch.setattr(mammoth, "convert_to_html", fail)
    assert refusal(docx(p("Words."))) == (
        "piece.docx: It cannot be read (KeyError: 'rId1'). "
        "Copy the piece into a new document, and add that."
    )


def test_an_unknown_character_of_a_font_is_named() -> None:
    symbol = '<w:r><w:sym w:font="Wingdings 2" w:char="F07F"/></w:r>'
    piece = read_word(docx(p("A headline", style="Title") + p("Words.", symbol)))
    assert piece.fields["body"].value == "Words."
    assert piece.left_out == ("A character of the font Wingdings 2 (F07F) was left out.",)


@pytest.mark.parametrize("code", ["", "G0", "F0B7F0B7"])
def test_a_character_that_is_none(code: str) -> None:
    symbol = f'<w:r><w:sym w:font="Symbol" w:char="{code}"/></w:r>'
    assert read_word(docx(p("A headline", style="Title") + p("Words.", symbol))).pictures == ()


@pytest.mark.parametrize("content", ["\ue000 7\ue001", "\ue0029\ue003", "\ue0043\ue005 Three"])
def test_words_that_look_like_our_marks(content: str) -> None:
    body = read_word(docx(p("A headline", style="Title") + p("So ", content, "."))).fields["body"]
    assert not set(body.value) & set("\ue000\ue001\ue002\ue003\ue004\ue005")
    assert "<!--" not in body.value

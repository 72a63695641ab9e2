"""Word's constructs, each by itself and all in one document: nothing lost, doubled or reordered."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from tests.importers.docx.a_document import (
    NUMBERING,
    PNG,
    Leads,
    body_of,
    docx,
    field,
    item,
    level,
    p,
    picture,
    r,
    read_word,
    style,
)

FIRST = "The first words of the piece, which go on."
LEADS = {
    "link": Leads("hyperlink", "https://lab.example/a?b=1&c=2", "External"),
    "bench": Leads("image", "media/image1.png"),
    "lab": Leads("image", "/word/media/image2.png"),
}
FILES = {"word/media/image1.png": PNG, "word/media/image2.png": PNG + b"\0"}
STYLES = "".join(
    (
        style("heading 1", style_id="berschrift1"),
        style("My Part", inner='<w:basedOn w:val="berschrift1"/>'),
        style("Intense Quote"),
        style("caption", style_id="Beschriftung"),
        style("Emphasis", kind="character", inner="<w:rPr><w:i/></w:rPr>"),
        style("Secret", kind="character", inner="<w:rPr><w:vanish/></w:rPr>"),
        style("Unseen", inner="<w:rPr><w:vanish/></w:rPr>"),
        style("List Bullet", inner='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
        style("Placeholder Text", kind="character"),
        style("toc 1"),
    )
)
FOOTNOTES = (
    '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", " A note below.")}</w:footnote>'
)
OWN_LEVEL = (
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/>'
    f'<w:lvlOverride w:ilvl="0">{level(0, "bullet")}</w:lvlOverride></w:num>'
)
ENDNOTES = f'<w:endnote w:id="2">{p("A note at the end.")}{p("It goes on.")}</w:endnote>'

BOX = (
    "<w:r><mc:AlternateContent>"
    '<mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="3" name="Box"/><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    f"<wps:wsp><wps:txbx><w:txbxContent>{p('Words in a box.')}</w:txbxContent></wps:txbx></wps:wsp>"
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{p('Words in a box.')}"
    "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
OLD_BOX = (
    f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('Words in an old box.')}</w:txbxContent>"
    "</v:textbox></v:shape></w:pict></w:r>"
)
ANCHORED = picture("lab", "The laboratory").replace("wp:inline", "wp:anchor")
OLD_PICTURE = (
    '<w:r><w:pict><v:shape alt="A bench"><v:imagedata r:id="bench"/></v:shape></w:pict></w:r>'
)
EQUATION = (
    "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    "<m:r><m:t>=</m:t></m:r><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num>"
    "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
)
RUBY = f"<w:r><w:ruby><w:rt>{r('kaku')}</w:rt><w:rubyBase>{r('核')}</w:rubyBase></w:ruby></w:r>"


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def rows(*texts: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc><w:tcPr/>{p(text)}</w:tc>" for text in row) for row in texts)
    look = '<w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr>'
    return f"<w:tbl>{look}{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


class Construct(NamedTuple):
    """What is in the document, and the Markdown that it becomes."""

    xml: str
    markdown: str


CONSTRUCTS = {
    "heading": Construct(p("The first part", style="berschrift1"), "## The first part"),
    "heading by outline": Construct(
        p("The second part", properties='<w:outlineLvl w:val="0"/>'), "## The second part"
    ),
    "heading by another style": Construct(p("The third part", style="MyPart"), "## The third part"),
    "heading by a second title": Construct(p("The last part", style="Title"), "## The last part"),
    "bold and italic": Construct(
        p("It was ", r("very ", "<w:b/>"), r("good", "<w:b/><w:i/>"), " once."),
        "It was **very _good_** once.",
    ),
    "switched off": Construct(
        p("Not ", r("bold", '<w:b w:val="off"/>'), " at all."), "Not bold at all."
    ),
    "italic by a style": Construct(
        p("In ", r("Cell", '<w:rStyle w:val="Emphasis"/>'), " today."), "In *Cell* today."
    ),
    "subscript and superscript": Construct(
        p(
            "CO",
            r("2", '<w:vertAlign w:val="subscript"/>'),
            " and m",
            r("3", '<w:vertAlign w:val="superscript"/>'),
        ),
        "CO~2~ and m^3^",
    ),
    "lowered as LibreOffice does": Construct(
        p("H", r("2", '<w:position w:val="-4"/><w:sz w:val="14"/>'), "O is water."),
        "H~2~O is water.",
    ),
    "struck out": Construct(p("Now ", r("ten", "<w:dstrike/>"), " twelve."), "Now ~~ten~~ twelve."),
    "underlined": Construct(p("It is ", r("so", '<w:u w:val="single"/>'), "."), "It is so."),
    "link": Construct(
        p("See ", f'<w:hyperlink r:id="link">{r("the lab")}</w:hyperlink>', "."),
        "See [the lab](https://lab.example/a?b=1&c=2).",
    ),
    "link by a field": Construct(
        p("Ask ", field('HYPERLINK "https://ask.example/" \\o "a tip"', r("them", "<w:u/>")), "."),
        "Ask [them](https://ask.example/).",
    ),
    "link by a simple field": Construct(
        p(
            "Go ",
            f'<w:fldSimple w:instr="HYPERLINK https://go.example/">{r("there")}</w:fldSimple>',
            ".",
        ),
        "Go [there](https://go.example/).",
    ),
    "link within the document": Construct(
        p("As ", f'<w:hyperlink w:anchor="book1">{r("above")}</w:hyperlink>', "."), "As above."
    ),
    "bookmark": Construct(p('<w:bookmarkStart w:id="1" w:name="book1"/>', "A place."), "A place."),
    "list": Construct(
        item("One", 1) + item("Below it", 1, 1) + item("Two", 1), "- One\n  - Below it\n- Two"
    ),
    "list without its first level": Construct(
        item("Below nothing", 1, 1) + item("One", 1), "- Below nothing\n- One"
    ),
    "numbers that go on": Construct(
        item("First", 2) + p("Between.") + item("Second", 2), "1. First\n\nBetween.\n\n2. Second"
    ),
    "list by a style": Construct(p("Styled", style="ListBullet"), "- Styled"),
    "table": Construct(
        rows(("Year", "Births"), ("2010", "13")),
        "| Year | Births |\n| --- | --- |\n| 2010 | 13 |",
    ),
    "merged cells": Construct(
        "<w:tbl>"
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("Both")}</w:tc></w:tr>'
        f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("Left")}</w:tc>'
        f"<w:tc>{p('Upper')}</w:tc></w:tr>"
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc><w:tc>{p('Lower')}</w:tc></w:tr>"
        "</w:tbl>",
        "|  |  |\n| --- | --- |\n| Both |  |\n| Left | Upper |\n|  | Lower |",
    ),
    "cells that take more": Construct(
        "<w:tbl>"
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("Two")}</w:tc>'
        f"<w:tc>{p('One')}</w:tc></w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr><w:tc>{p("Last")}</w:tc></w:tr>'
        "</w:tbl>",
        "|  |  |  |\n| --- | --- | --- |\n| Two |  | One |\n|  |  | Last |",
    ),
    "heading in bold": Construct(
        p(r("The bold part", "<w:b/>"), style="berschrift1"), "## The bold part"
    ),
    "list with a level of its own": Construct(item("Pointed", 3), "- Pointed"),
    "table without words": Construct(rows(("", ""), ("", "")), ""),
    "frame": Construct(rows(("Framed words.",)), "Framed words."),
    "text box": Construct(p("Before", BOX, " and after."), "Before and after.\n\nWords in a box."),
    "picture in a text box": Construct(
        p("Before.", BOX.replace(p("Words in a box."), p(picture("bench")))),
        "Before.\n\n![](images/piece-1.png)",
    ),
    "old text box": Construct(p("An old one", OLD_BOX, "."), "An old one.\n\nWords in an old box."),
    "content control": Construct(
        control(p("A block.")) + p("In ", control(r("a line")), "."), "A block.\n\nIn a line."
    ),
    "smart tag": Construct(
        p("In ", f"<w:smartTag>{r('London')}</w:smartTag>", f"<w:bdo>{r(' now')}</w:bdo>"),
        "In London now",
    ),
    "pronunciation": Construct(p("The ", RUBY, " divides."), "The 核 divides."),
    "symbols": Construct(
        p(
            "TNF-",
            '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>',
            " and ",
            r("\uf062", '<w:rFonts w:ascii="Symbol"/>'),
            '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>',
        ),
        "TNF-α and β→",
    ),
    "equation": Construct(p("So ", EQUATION, "."), "So x^2^=(a+b)/2."),
    "picture with a caption": Construct(
        p(picture("bench", "A bench")) + p("Where it began", style="Beschriftung"),
        '![A bench](images/piece-1.png "Where it began")',
    ),
    "caption above a picture": Construct(
        p("Where it began", style="Beschriftung") + p(picture("bench", "A bench")) + p("After it."),
        "Where it began\n\n![A bench](images/piece-1.png)\n\nAfter it.",
    ),
    "caption without a picture": Construct(
        p("Where it began", style="Beschriftung"), "Where it began"
    ),
    "anchored picture": Construct(
        p("Anchored here.", ANCHORED), "Anchored here.\n\n![The laboratory](images/piece-2.png)"
    ),
    "old picture": Construct(p(OLD_PICTURE), "![A bench](images/piece-1.png)"),
    "line break and tab": Construct(
        p("One line", "<w:r><w:br/></w:r>", "and another,", "<w:r><w:tab/></w:r>", "with a tab."),
        "One line\\\nand another, with a tab.",
    ),
    "page and section breaks": Construct(
        p('<w:r><w:br w:type="page"/></w:r>', "On a new page.", properties="<w:sectPr/>"),
        "On a new page.",
    ),
    "quotation": Construct(p("It is wrong.", style="IntenseQuote"), "> It is wrong."),
    "hidden": Construct(
        p(
            "Seen",
            r(" not seen 1", "<w:vanish/>"),
            r(" not seen 2", '<w:rStyle w:val="Secret"/>'),
            ".",
        )
        + p("Not seen 3.", style="Unseen"),
        "Seen.",
    ),
    "hidden end of a paragraph": Construct(
        p("A side heading. ", properties="<w:rPr><w:vanish/><w:specVanish/></w:rPr>")
        + p("The text."),
        "A side heading.\n\nThe text.",
    ),
    "page number": Construct(p("Page", field("PAGE", r("7"))), "Page"),
    "result of a field": Construct(p("Figure ", field("SEQ Figure", r("3"))), "Figure 3"),
    "contents": Construct(
        control(
            p("Contents") + p("Part one 1", style="toc1"),
            '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>',
        )
        + p("Part two 2", style="toc1"),
        "",
    ),
    "contents as a field": Construct(
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            '<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            "Part one 1",
        )
        + p("Part two 2", '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "After it."),
        "After it.",
    ),
    "empty form field": Construct(
        p(
            "Name:",
            control(r("Click here", '<w:rStyle w:val="PlaceholderText"/>'), "<w:showingPlcHdr/>"),
        ),
        "Name:",
    ),
}


def document(*xml: str) -> bytes:
    """Return a document with a headline and a first paragraph."""
    first = (p("A headline", style="Title"), p(FIRST))
    return docx(
        "".join((*first, *xml)),
        leads=LEADS,
        files=FILES,
        styles=STYLES,
        numbering=NUMBERING + OWN_LEVEL,
        footnotes=FOOTNOTES,
        endnotes=ENDNOTES,
    )


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_construct(name: str) -> None:
    xml, markdown = CONSTRUCTS[name]
    expected = markdown.replace("piece-2.png", "piece-1.png")
    body = body_of(document(xml)).removeprefix(FIRST)
    assert body.strip("\n") == expected


def test_all_in_one_document() -> None:
    piece = read_word(document(*(construct.xml for construct in CONSTRUCTS.values())))
    texts = [FIRST, *(construct.markdown for construct in CONSTRUCTS.values())]
    assert words(piece.fields["body"].value) == words(" ".join(texts))
    assert [file.name for file in piece.pictures] == ["piece-1.png", "piece-2.png"]
    assert piece.fields["title"] == ("A headline", "the paragraph in Word's style Title")


def test_what_is_left_out_and_changed_is_said() -> None:
    piece = read_word(document(*(construct.xml for construct in CONSTRUCTS.values())))
    assert piece.left_out == (
        "What is above a word was left out: “kaku”.",
        "Hidden text was left out: “not seen 1 not seen 2”.",
        "Hidden text was left out: “Not seen 3.”.",
        "The table of contents was left out.",
        "An empty form field was left out: “Click here”.",
    )
    for start in (
        "A text box comes after its paragraph now: “Words in a box.”",
        "An equation is a line of text now: “x2=a+b2”",
        "'so' is no longer underlined.",
    ):
        assert any(repair.startswith(start) for repair in piece.repairs), start


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)

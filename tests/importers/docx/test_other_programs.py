"""Documents in the shapes that Google Docs, LibreOffice and the strict form of Word have."""

from __future__ import annotations

from newsletter.text.editor_notes import questions_in
from tests.importers.docx.a_document import (
    NAMES,
    NUMBERING,
    Leads,
    body_of,
    docx,
    p,
    r,
    read_word,
    style,
    tracked,
)

FIRST = "The first words of the piece, which go on."


def google(content: str, number: int = 0) -> str:
    """Return a content control as Google Docs puts it around what is commented or suggested."""
    mark = f'<w:lock w:val="contentLocked"/><w:id w:val="-37{number}"/><w:tag w:val="goog_rdk_{number}"/>'
    return f"<w:sdt><w:sdtPr>{mark}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def google_run(text: str, properties: str = "") -> str:
    return r(text, f'{properties}<w:rtl w:val="0"/>')


def test_google_docs() -> None:
    words = google_run("the lab", '<w:color/><w:u w:val="single"/>')
    link = f'<w:hyperlink r:id="link">{words}</w:hyperlink>'
    suggested = google(tracked("ins", google_run("new ")), 1) + google(
        tracked("del", "<w:r><w:delText>old </w:delText></w:r>"), 2
    )
    comment = google('<w:commentRangeStart w:id="0"/>', 3) + google_run("words")
    end = '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    cell = google(f"<w:tc>{google(p(google_run('2010')), 5)}</w:tc>", 4)
    body = (
        p(google_run("A headline"), style="Title")
        + p(
            google_run("Not bold ", '<w:b w:val="0"/>'),
            google_run("bold", '<w:b w:val="1"/>'),
            link,
        )
        + google(p(suggested, comment, end, google_run(".")), 6)
        + f"<w:tbl>{google(f'<w:tr>{cell}{cell}</w:tr>', 7) * 2}</w:tbl>"
        + p("", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + p("Item", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    )
    content = docx(
        body,
        leads={"link": Leads("hyperlink", "https://lab.example/", "External")},
        numbering=NUMBERING,
        styles=style("Title"),
        comments=f'<w:comment w:id="0" w:author="Tom Editor">{p("Which ones?")}</w:comment>',
    )
    assert body_of(content, "accept") == (
        "Not bold **bold**[the lab](https://lab.example/)\n\n"
        "new words. <!-- question: Tom Editor on “words”: Which ones? -->\n\n"
        "|  |  |\n| --- | --- |\n| 2010 | 2010 |\n| 2010 | 2010 |\n\n- Item"
    )


def test_libreoffice() -> None:
    """LibreOffice has its own names for styles, and lowers subscripts instead of naming them."""
    styles = (
        style("Title", inner='<w:basedOn w:val="Heading"/>')
        + style("Heading")
        + style("Quotations", style_id="Quotations")
        + style("Text Body", style_id="TextBody")
        + style("Illustration", inner='<w:basedOn w:val="Caption"/>')
        + style("caption", style_id="Caption")
        + style("Footnote Characters", kind="character", style_id="FootnoteCharacters")
    )
    water = r("2", '<w:position w:val="-5"/><w:sz w:val="14"/>')
    sign = '<w:r><w:rPr><w:rStyle w:val="FootnoteCharacters"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", "<w:r><w:tab/></w:r>", "Below.")}</w:footnote>'
    body = (
        p("A headline", style="Title")
        + p("H", water, "O here.", sign, style="TextBody")
        + p("Quoted.", style="Quotations")
    )
    assert body_of(docx(body, styles=styles, footnotes=note)) == (
        "H~2~O here.[^1]\n\n> Quoted.\n\n[^1]: Below."
    )


def test_the_strict_form() -> None:
    body = p("A headline", style="Title") + p("So ", r("it", "<w:i/>"), " was.")
    strict = NAMES.replace(
        "schemas.openxmlformats.org/wordprocessingml/2006/main",
        "purl.oclc.org/ooxml/wordprocessingml/main",
    )
    document = f"<w:document {strict}><w:body>{body}</w:body></w:document>".encode()
    content = docx("", files={"word/document.xml": document})
    assert body_of(content) == "So *it* was."


def test_names_of_parts_in_other_places_and_letters() -> None:
    body = p("A headline", style="Title") + p("Words.")
    document = f"<w:document {NAMES}><w:body>{body}</w:body></w:document>".encode()
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    rels = (
        f'<Relationships xmlns="{package}">'
        f'<Relationship Id="a" Type="{office}" Target="/Text/Main.xml"/></Relationships>'
    )
    files = {"text/main.xml": document, "_rels/.rels": rels.encode()}
    assert body_of(docx("", files=files)) == "Words."


def test_utf_16() -> None:
    body = p("A headline", style="Title") + p("Gürtin wrote it.")
    text = f'<?xml version="1.0" encoding="UTF-16"?><w:document {NAMES}><w:body>{body}</w:body></w:document>'
    assert (
        body_of(docx("", files={"word/document.xml": text.encode("utf-16")})) == "Gürtin wrote it."
    )


def test_words_outside_of_paragraphs_are_not_lost() -> None:
    body = p("A headline", style="Title") + r("A run between.") + p("Words.")
    assert body_of(docx(body)) == "A run between.\n\nWords."


def test_words_in_a_second_body_are_not_lost() -> None:
    bodies = "".join(
        f"<w:body>{blocks}</w:body>"
        for blocks in (p("A headline", style="Title") + p("First."), p("Second."))
    )
    document = f"<w:document {NAMES}>{bodies}</w:document>".encode()
    assert body_of(docx("", files={"word/document.xml": document})) == "First.\n\nSecond."


def test_a_reply_of_google_docs_is_a_question_of_its_own() -> None:
    """Google Docs exports a reply as a second comment on the same words."""
    comments = "".join(
        f'<w:comment w:id="{number}" w:author="Tom Editor">{p(words)}</w:comment>'
        for number, words in ((0, "Is it?"), (1, "Yes."))
    )
    starts = '<w:commentRangeStart w:id="0"/><w:commentRangeStart w:id="1"/>'
    ends = '<w:commentRangeEnd w:id="0"/><w:commentRangeEnd w:id="1"/>'
    body = p("A headline", style="Title") + p(starts, r(FIRST), ends)
    assert questions_in(body_of(docx(body, comments=comments))) == [
        "Tom Editor on “The first words of the piece, which go on.”: Is it?",
        "Tom Editor on “The first words of the piece, which go on.”: Yes.",
    ]


def test_a_title_in_the_properties_is_a_hint_and_their_author_is_nobody() -> None:
    core = (
        b'<x xmlns:dc="http://purl.org/dc/elements/1.1/">'
        b"<dc:title>Template for pieces</dc:title><dc:creator>Microsoft Office User</dc:creator></x>"
    )
    long = "This paragraph is no headline, since it ends with a full stop."
    piece = read_word(docx(p(long), files={"docProps/core.xml": core}))
    assert piece.hints["title"] == "The properties of the document say “Template for pieces”"
    assert "authors" not in piece.fields
    assert "authors" not in piece.hints


def test_an_empty_form_in_a_table_leaves_its_cell_empty() -> None:
    words = r("Type here", '<w:rStyle w:val="PlaceholderText"/>')
    form = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:tc>{p(words)}</w:tc></w:sdtContent></w:sdt>"
    row = f"<w:tr><w:tc>{p('To')}</w:tc>{form}<w:tc>{p('From')}</w:tc></w:tr>"
    piece = read_word(docx(p("A headline", style="Title") + f"<w:tbl>{row * 2}</w:tbl>"))
    assert "| To |  | From |" in piece.fields["body"].value
    assert piece.left_out == ("An empty form field was left out: “Type here”.",)

"""Comments become questions where they are; footnotes stay footnotes."""

from __future__ import annotations

from newsletter.text.editor_notes import questions_in
from tests.importers.docx.a_document import body_of, docx, p, r, read_word, tracked

FIRST = "The first words of the piece, which go on."


def comment(number: int, words: str, author: str = "Tom Editor", para: str = "") -> str:
    marked = f'w:id="{number}" w:author="{author}" w:date="2012-04-13T00:00:00Z"'
    return f'<w:comment {marked}><w:p w14:paraId="{para}">{r(words)}</w:p></w:comment>'


def about(number: int, words: str) -> str:
    return (
        f'<w:commentRangeStart w:id="{number}"/>{r(words)}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def reply(para: str, parent: str = "", done: int = 0) -> str:
    of = f' w15:paraIdParent="{parent}"' if parent else ""
    return f'<w15:commentEx w15:paraId="{para}"{of} w15:done="{done}"/>'


def piece_with(body: str, comments: str, extended: str = "") -> bytes:
    head = p("A headline", style="Title") + p(FIRST)
    return docx(head + body, comments=comments, commentsExtended=extended)


def test_a_comment_is_a_question_at_the_end_of_its_paragraph() -> None:
    content = piece_with(
        p("It was ", about(1, "six hundred"), " children.") + p("More."), comment(1, "Who says so?")
    )
    assert body_of(content).split("\n\n")[1:] == [
        "It was six hundred children. "
        "<!-- question: Tom Editor, 13 April 2012 on “six hundred”: Who says so? -->",
        "More.",
    ]


def test_replies_are_part_of_the_question() -> None:
    comments = (
        comment(1, "Who says so?", para="A1")
        + comment(2, "The Times.", "Zoë Volunteer", para="A2")
        + comment(3, "Thanks.", para="A3")
    )
    extended = reply("A1") + reply("A2", "A1") + reply("A3", "A1")
    words = about(1, "It was so.").replace(
        "<w:commentRangeEnd", '<w:commentRangeEnd w:id="2"/><w:commentRangeEnd'
    )
    (question,) = questions_in(body_of(piece_with(p(words), comments, extended)))
    assert question == (
        "Tom Editor, 13 April 2012 on “It was so.”: Who says so? "
        "– Zoë Volunteer, 13 April 2012: The Times. – Tom Editor, 13 April 2012: Thanks."
    )


def test_resolved_comments_are_left_out_and_counted() -> None:
    comments = comment(1, "Is it?", para="A1") + comment(2, "And this?", para="A2")
    extended = reply("A1", done=1) + reply("A2", done=1)
    piece = read_word(piece_with(p(about(1, "It was"), about(2, " so.")), comments, extended))
    assert piece.left_out == ("A resolved comment was left out (2 times).",)
    assert questions_in(piece.fields["body"].value) == []


def test_two_comments_of_the_same_words_are_two_questions() -> None:
    comments = comment(1, "Source?") + comment(2, "Source?")
    body = body_of(piece_with(p(about(1, "One.")) + p(about(2, "Two.")), comments))
    assert len(questions_in(body)) == 2


def test_a_comment_on_the_headline_comes_before_the_body() -> None:
    content = docx(
        p("A ", about(1, "headline"), style="Title") + p(FIRST), comments=comment(1, "Too dull?")
    )
    piece = read_word(content)
    assert piece.fields["title"].value == "A headline"
    question = "<!-- question: Tom Editor, 13 April 2012 on “headline”: Too dull? -->"
    assert piece.fields["body"].value == f"{question}\n\n{FIRST}"


def test_a_comment_over_two_paragraphs_is_asked_at_the_second() -> None:
    start = '<w:commentRangeStart w:id="1"/>'
    end = '<w:commentRangeEnd w:id="1"/>'
    body = p("From ", start, r("here")) + p(r("to there"), end, " and on.")
    assert body_of(piece_with(body, comment(1, "All of it?"))).endswith(
        "From here\n\nto there and on. "
        "<!-- question: Tom Editor, 13 April 2012 on “hereto there”: All of it? -->"
    )


def test_a_comment_in_a_table_stays_in_its_row() -> None:
    rows = "".join(
        f"<w:tr><w:tc>{p(*row[0])}</w:tc><w:tc>{p(row[1])}</w:tc></w:tr>"
        for row in ((("Year",), "Births"), ((about(1, "2010"),), "13"))
    )
    look = '<w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr>'
    body = body_of(piece_with(f"<w:tbl>{look}{rows}</w:tbl>", comment(1, "Sure?")))
    assert body.endswith(
        "| 2010 | 13 <!-- question: Tom Editor, 13 April 2012 on “2010”: Sure? --> |"
    )


def test_a_comment_cannot_end_its_question() -> None:
    body = body_of(piece_with(p(about(1, "Here.")), comment(1, "--> <script>alert(1)</script>")))
    assert body.count("-->") == 1


def test_a_comment_on_deleted_words_is_reported() -> None:
    content = piece_with(p("Kept. ", tracked("del", about(1, "Gone."))), comment(1, "Why this?"))
    piece = read_word(content, "accept")
    assert piece.left_out == (
        "A comment by Tom Editor, 13 April 2012 on words that are not in the text was left out: "
        "“Why this?”.",
    )


def note(kind: str, number: int, *paragraphs: str) -> str:
    return f'<w:{kind} w:id="{number}">{"".join(map(p, paragraphs))}</w:{kind}>'


def refer(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def test_footnotes_and_endnotes_are_numbered_as_they_come_and_shown_once() -> None:
    content = docx(
        p("A headline", style="Title")
        + p("First", refer("endnote", 2), " and second", refer("footnote", 5), ".")
        + p("Again", refer("endnote", 2), "."),
        footnotes=note("footnote", 5, "A footnote."),
        endnotes=note("endnote", 2, "An endnote.", "It goes on."),
    )
    piece = read_word(content)
    assert piece.fields["body"].value == (
        "First[^1] and second[^2].\n\nAgain.\n\n"
        "[^1]: An endnote.\n\n    It goes on.\n\n[^2]: A footnote."
    )
    assert piece.left_out == (
        "A reference to a note that is missing, or has one already, was left out.",
    )


def test_a_reference_in_bold_words_is_not_bold() -> None:
    bold = refer("footnote", 1).replace("<w:r>", "<w:r><w:rPr><w:b/></w:rPr>")
    content = docx(
        p("A headline", style="Title") + p(r("So", "<w:b/>"), bold, r("*", "<w:b/>")),
        footnotes=note("footnote", 1, "A footnote."),
    )
    assert "[^1]" in body_of(content).splitlines()[0]
    assert body_of(content).endswith("[^1]: A footnote.")


def test_a_footnote_of_the_headline_stays_below_the_body() -> None:
    content = docx(
        p("A headline", refer("footnote", 1), style="Title") + p(FIRST),
        footnotes=note("footnote", 1, "The author works there."),
    )
    piece = read_word(content)
    assert piece.fields["title"].value == "A headline"
    assert piece.fields["body"].value == f"{FIRST}\n\n[^1]: The author works there."


def test_a_reference_to_no_footnote_is_left_out_and_reported() -> None:
    piece = read_word(docx(p("A headline", style="Title") + p("So", refer("footnote", 9), ".")))
    assert piece.fields["body"].value == "So."
    assert piece.left_out == (
        "A reference to a note that is missing, or has one already, was left out.",
    )


def test_a_note_in_a_note_is_left_out_and_its_words_reported() -> None:
    """Word cannot make one."""
    content = docx(
        p("A headline", style="Title") + p("So", refer("footnote", 1), "."),
        footnotes=(
            f'<w:footnote w:id="1">{p("A note", refer("footnote", 2), ".")}</w:footnote>'
            + note("footnote", 2, "A second one.")
        ),
    )
    piece = read_word(content)
    assert piece.fields["body"].value == "So[^1].\n\n[^1]: A note."
    assert piece.left_out == ("A note in a note was left out: “A second one.”.",)

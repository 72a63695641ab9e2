"""Tracked changes, accepted and rejected as Word does it."""

from __future__ import annotations

import pytest

from newsletter.errors import UnreadableError
from newsletter.importers import Changes, Original, read
from tests.importers.a_publication import publication
from tests.importers.docx.a_document import body_of, docx, p, r, read_word, tracked

HEAD = p("A headline", style="Title") + p("The first words of the piece.")


def deleted(text: str) -> str:
    return tracked("del", r(text).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText "))


def inserted(text: str, author: str = "Zoë Volunteer") -> str:
    return tracked("ins", r(text), author)


def mark(kind: str) -> str:
    return f"<w:rPr>{tracked(kind, '')}</w:rPr>"


def row(text: str, change: str = "") -> str:
    return f"<w:tr><w:trPr>{change}</w:trPr><w:tc>{p(text)}</w:tc><w:tc>{p('x')}</w:tc></w:tr>"


MOVED_AWAY = tracked("moveFrom", r("Moved.").replace("w:t>", "w:t>"))
CASES = {
    "words": (
        p("It was ", deleted("very "), inserted("rather "), "good."),
        "It was rather good.",
        "It was very good.",
    ),
    "inserted and deleted again": (
        p("It was ", tracked("ins", deleted("quite ")), "good."),
        "It was good.",
        "It was good.",
    ),
    "a paragraph": (
        p("One.") + p(inserted("Two."), properties=mark("ins")) + p("Three."),
        "One.\n\nTwo.\n\nThree.",
        "One.\n\nThree.",
    ),
    "two paragraphs made one": (
        p("One and ", properties=mark("del")) + p("two."),
        "One and two.",
        "One and\n\ntwo.",
    ),
    "one paragraph made two": (
        p("One. ", properties=mark("ins")) + p("Two."),
        "One.\n\nTwo.",
        "One. Two.",
    ),
    "three paragraphs made one": (
        p("One, ", properties=mark("del")) + p("two, ", properties=mark("del")) + p("three."),
        "One, two, three.",
        "One,\n\ntwo,\n\nthree.",
    ),
    "a last paragraph": (
        p("One.") + p(deleted("Two."), properties=mark("del")),
        "One.",
        "One.\n\nTwo.",
    ),
    "moved": (
        p(tracked("moveTo", r("Moved.")), properties=mark("moveTo"))
        + p("Stays.")
        + p(tracked("moveFrom", r("Moved.")), properties=mark("moveFrom"))
        + p("End."),
        "Moved.\n\nStays.\n\nEnd.",
        "Stays.\n\nMoved.\n\nEnd.",
    ),
    "a row": (
        f"<w:tbl>{row('Old', tracked('del', ''))}{row('New', tracked('ins', ''))}{row('Both')}</w:tbl>",
        "|  |  |\n| --- | --- |\n| New | x |\n| Both | x |",
        "|  |  |\n| --- | --- |\n| Old | x |\n| Both | x |",
    ),
    "formatting with words": (
        p(
            "It ",
            r("was", f"<w:i/>{tracked('rPrChange', '<w:rPr><w:b/></w:rPr>')}"),
            inserted(" so"),
            ".",
        ),
        "It *was* so.",
        "It **was**.",
    ),
    "a style with words": (
        p(
            inserted("It "),
            "was so.",
            properties='<w:pStyle w:val="Quote"/>'
            + tracked("pPrChange", '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'),
        ),
        "> It was so.",
        "## was so.",
    ),
    "a field": (
        p(
            "See ",
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            tracked(
                "del", "<w:r><w:delInstrText>HYPERLINK http://old.example/</w:delInstrText></w:r>"
            ),
            tracked("ins", "<w:r><w:instrText>HYPERLINK http://new.example/</w:instrText></w:r>"),
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            r("this"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        "See [this](http://new.example/)",
        "See [this](http://old.example/)",
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("decision", ["accept", "reject"])
def test_changes(name: str, decision: Changes) -> None:
    xml, accepted, rejected = CASES[name]
    body = body_of(docx(HEAD + xml), decision).removeprefix("The first words of the piece.").strip()
    assert body == (accepted if decision == "accept" else rejected)


def test_changes_in_footnotes() -> None:
    note = f'<w:footnote w:id="1">{p("A ", deleted("bad "), "note.")}</w:footnote>'
    text = HEAD + p("Here", '<w:r><w:footnoteReference w:id="1"/></w:r>', ".")
    assert body_of(docx(text, footnotes=note), "reject").endswith("[^1]: A bad note.")


def test_they_are_listed_with_author_and_date() -> None:
    asked: list[str] = []
    xml = (
        p("It was ", deleted("very "), inserted("rather "), "good.")
        + p(inserted("So.", "Tom Editor"), properties=mark("ins"))
        + p(tracked("ins", "<w:r><w:br/></w:r>", "Tom Editor"), "End.")
    )

    def accept(text: str) -> Changes:
        asked.append(text)
        return "accept"

    (piece,) = read(Original("piece.docx", docx(HEAD + xml)), publication(), accept)
    assert asked == [
        "Zoë Volunteer, 13 April 2012:\n"
        "  deleted “very”\n"
        "  added “rather”\n"
        "  added the end of a paragraph\n"
        "Tom Editor, 13 April 2012:\n"
        "  added “So.”\n"
        "  added a space, a picture or the like"
    ]
    assert piece.repairs == ("5 tracked changes by Zoë Volunteer, Tom Editor were accepted.",)


def test_a_long_list_is_cut() -> None:
    asked: list[str] = []
    xml = "".join(p(inserted(f"Word {number} ")) for number in range(100))

    def accept(text: str) -> Changes:
        asked.append(text)
        return "accept"

    read(Original("piece.docx", docx(HEAD + xml)), publication(), accept)
    assert asked[0].endswith("\nand 61 more")


def test_undecided_it_is_not_read() -> None:
    with pytest.raises(UnreadableError) as error:
        read_word(docx(HEAD + p("It was ", deleted("very "), "good.")))
    assert str(error.value) == (
        "piece.docx: It has tracked changes that are neither accepted nor rejected "
        "(Zoë Volunteer, 13 April 2012: deleted “very”). "
        "Write --changes accept or --changes reject."
    )


def test_formatting_alone_is_accepted_without_a_question() -> None:
    change = tracked("rPrChange", "<w:rPr/>")
    piece = read_word(docx(HEAD + p("It ", r("was", f"<w:i/>{change}"), ".")))
    assert piece.fields["body"].value.endswith("It *was*.")
    assert piece.repairs == ("1 tracked change of formatting by Zoë Volunteer was accepted.",)


def test_a_document_without_changes_asks_nothing() -> None:
    assert read_word(docx(HEAD)).repairs == ()

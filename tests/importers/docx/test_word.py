"""The importer as a whole: what it takes, what it names, and what it costs."""

from __future__ import annotations

import subprocess
import sys
from time import process_time

import pytest

from newsletter.importers import Fit, Original
from newsletter.importers.docx import package
from newsletter.importers.sources import word
from tests.importers.docx.a_document import PNG, Leads, docx, p, picture, r, read_word


@pytest.mark.parametrize(
    ("name", "content", "fit"),
    [
        ("piece.docx", b"", Fit.YES),
        ("PIECE.DOCX", b"", Fit.YES),
        ("piece.docm", b"", Fit.YES),
        ("piece.pdf", b"", Fit.YES),
        ("attachment", docx(p("Words.")), Fit.YES),
        ("piece.txt", b"word/document", Fit.NO),
        ("pictures.zip", b"PK\x03\x04", Fit.NO),
    ],
)
def test_fit(name: str, content: bytes, fit: Fit) -> None:
    assert word.fit(Original(name, content)) is fit


def test_pictures_are_named_after_the_document() -> None:
    body = p("A headline", style="Title") + p("Words.") + p(picture("one")) + p(picture("two"))
    leads = {"one": Leads("image", "media/image1.png"), "two": Leads("image", "media/image1.png")}
    content = docx(body, leads=leads, files={"word/media/image1.png": PNG})
    piece = read_word(content, name="Café – Zoë's piece (final).docx")
    assert [file.name for file in piece.pictures] == ["cafe-zoe-s-piece-final-1.png"]
    assert piece.fields["body"].value.count("images/cafe-zoe-s-piece-final-1.png") == 2


def test_many_large_pictures_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their bytes count, so that a second reading would be too much."""
    monkeypatch.setattr(package, "MOST_BYTES", len(PNG) + 8_000)
    body = p("A headline", style="Title") + p("Words.") + p(picture("one")) + p(picture("one"))
    leads = {"one": Leads("image", "media/image1.png")}
    large = PNG + bytes(5_000)
    piece = read_word(docx(body, leads=leads, files={"word/media/image1.png": large}))
    assert piece.pictures[0].content == large


def test_a_cropped_picture_is_reported() -> None:
    crop = '<a:srcRect l="12000"/>'
    body = p("A headline", style="Title") + p("Words.") + p(picture("one", "A bench", crop))
    leads = {"one": Leads("image", "media/image1.png")}
    piece = read_word(docx(body, leads=leads, files={"word/media/image1.png": PNG}))
    assert "A picture is shown whole that is cropped in Word: “A bench”." in piece.repairs


def test_a_picture_that_cannot_be_read_is_named() -> None:
    body = p("A headline", style="Title") + p("Words.", picture("one"))
    leads = {"one": Leads("image", "media/image1.emf")}
    piece = read_word(docx(body, leads=leads, files={"word/media/image1.emf": b"\x01\0\0\0"}))
    assert piece.pictures == ()
    assert piece.left_out == ("A picture of a kind that cannot be read was left out: image1.emf.",)


def test_headers_and_footers_are_left_out_and_named() -> None:
    body = p("A headline", style="Title") + p("Words.")
    piece = read_word(docx(body, header=p("Draft for Tom"), footer=p("Page 1 of 2")))
    assert piece.fields["body"].value == "Words."
    assert piece.left_out == ("The page header was left out: “Draft for Tom”.",)


def test_highlighting_is_reported() -> None:
    marked = r("check this", '<w:highlight w:val="yellow"/>')
    piece = read_word(docx(p("A headline", style="Title") + p("Now ", marked, ".")))
    assert piece.repairs == ("Highlighting was left off: “check this”.",)


def test_a_usual_piece_is_read_in_half_a_second() -> None:
    paragraph = p(*(r(f"Some words of a run {number}. ", "<w:lang/>") for number in range(12)))
    content = docx(p("A headline", style="Title") + paragraph * 20)
    read_word(content)
    began = process_time()
    read_word(content)
    assert process_time() - began < 0.5


def test_asking_whether_it_fits_loads_nothing_that_reads() -> None:
    script = (
        "import sys, newsletter.importers.sources.word;"
        "print([name for name in sys.modules if name in ('mammoth', 'zipfile', 'xml.etree.ElementTree')"
        " or name.startswith('newsletter.importers.docx.') and not name.endswith('formats')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"

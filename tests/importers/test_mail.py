"""A mail is what is attached to it, or else its text without what only belongs to the letter."""

from __future__ import annotations

from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart

import pytest
from aspose.email_foss.msg import MapiMessage

from newsletter.errors import UnreadableError
from newsletter.importers import Original, Piece, read
from newsletter.importers.mail.letter import text_of_letter
from newsletter.importers.reading import importer_of
from newsletter.importers.sources import mail as mail_importer
from newsletter.importers.sources import web_page
from tests.importers.mails import PIECE, mail
from tests.strategies import PUBLICATION

GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00," + bytes(6000)
LOGO = GIF[:900]
LONG = "\n\n".join([PIECE] * 8)


def pieces(message: EmailMessage | MIMEMultipart, name: str = "mail.eml") -> list[Piece]:
    return read(Original(name, message.as_bytes()), PUBLICATION)


def body(piece: Piece) -> str:
    return str(piece.fields["body"].value)


def test_the_text_is_the_piece_if_nothing_is_attached() -> None:
    (piece,) = pieces(mail(f"Hi Sam,\n\n{PIECE}\n\nKind regards,\nAnn\nTel. 0113 496 0000"))
    assert body(piece) == PIECE
    assert piece.left_out == (
        "The signature: 'Kind regards, Ann Tel. 0113 496 0000'.",
        "The greeting: 'Hi Sam,'.",
    )
    assert "authors" not in piece.fields
    assert piece.hints["authors"] == "Sent by Ann Sender: the author?"
    assert piece.hints["title"] == "The mail's subject: A piece"


def test_its_html_is_preferred() -> None:
    (piece,) = pieces(mail("plain", f"<p>With <b>bold</b> words.</p><p>{PIECE}</p>"))
    assert body(piece).startswith("With **bold** words.")


def test_lines_that_a_program_has_broken_are_paragraphs() -> None:
    message = mail()
    message.set_content("One long \nparagraph.\n\nAnother.\n", params={"format": "flowed"})
    (piece,) = pieces(message)
    assert body(piece) == "One long paragraph.\n\nAnother."


def test_what_is_attached_is_the_piece_and_the_letter_is_named() -> None:
    message = mail("Here it is.")
    message.add_attachment(f"# A title\n\n{PIECE}", subtype="markdown", filename="stück.md")
    (piece,) = pieces(message)
    assert piece.fields["title"].value == "A title"
    assert "The text of the mail: 'Here it is.'." in piece.left_out


def test_attached_pictures_are_those_of_the_only_piece_and_logos_are_named() -> None:
    message = mail(LONG)
    message.add_attachment(GIF, "image", "gif", filename="The lab.gif")
    message.add_attachment(GIF + b"2", "application", "octet-stream", filename="../../two.gif")
    message.add_attachment(LOGO, "image", "gif", filename="logo.gif")
    (piece,) = pieces(message)
    assert piece.fields["picture.src"].value == "images/the-lab.gif"
    assert body(piece).endswith("![](images/two.gif)")
    assert [picture.name for picture in piece.pictures] == ["the-lab.gif", "two.gif"]
    assert piece.left_out == ("The picture logo.gif: it is a part of the letter.",)


def test_a_picture_within_the_text_stays_in_its_place() -> None:
    message = mail("x", '<p>Above.</p><p><img src="cid:1" alt="A lab"></p><p>Below.</p>')
    html = message.get_body(("html",))
    assert html is not None
    html.add_related(GIF, "image", "gif", cid="<1>", filename="lab.gif")
    (piece,) = pieces(message)
    assert body(piece) == "Above.\n\n![A lab](images/lab.gif)\n\nBelow."
    assert len(piece.pictures) == 1


def test_a_picture_in_the_signature_goes_with_it() -> None:
    message = mail("x", f'<p>{PIECE}</p><p>Kind regards,</p><p>Ann</p><p><img src="cid:1"></p>')
    html = message.get_body(("html",))
    assert html is not None
    html.add_related(GIF, "image", "gif", cid="<1>", filename="brand.gif")
    (piece,) = pieces(message)
    assert piece.pictures == ()
    assert "picture.src" not in piece.fields
    assert "The picture brand.gif: it is a part of the letter." in piece.left_out


def test_with_two_pieces_nobody_knows_whose_a_picture_is() -> None:
    message = mail("Two pieces.")
    for number in (1, 2):
        message.add_attachment(
            f"# {number}\n\n{PIECE}", subtype="markdown", filename=f"{number}.md"
        )
    message.add_attachment(GIF, "image", "gif", filename="lab.gif")
    first, second = pieces(message)
    assert first.pictures == second.pictures == ()
    assert any("lab.gif: this mail has 2 pieces" in sentence for sentence in first.left_out)


def test_a_mail_that_was_sent_on_as_an_attachment_is_read() -> None:
    message = mail("Please add this.")
    message.add_attachment(mail(From="Zoë Writer <zoe@example.org>"))
    (piece,) = pieces(message)
    assert body(piece) == PIECE
    assert piece.hints["authors"] == "Sent by Zoë Writer: the author?"


def test_what_cannot_be_read_is_reported_beside_what_can() -> None:
    message = mail(LONG)
    message.add_attachment(b"%PDF-1.4", "application", "pdf", filename="a.pdf")
    message.add_attachment(b"x", "application", "ms-tnef", filename="winmail.dat")
    (piece,) = pieces(message)
    assert any("winmail.dat" in sentence for sentence in piece.left_out)
    assert any("a.pdf" in sentence for sentence in piece.left_out)


def test_a_letter_with_nothing_but_what_cannot_be_read_is_an_error_about_that() -> None:
    message = mail("See attached.")
    message.add_attachment(b"%PDF-1.4", "application", "pdf", filename="a.pdf")
    with pytest.raises(UnreadableError, match=r"mail\.eml/a\.pdf: "):
        pieces(message)


@pytest.mark.parametrize(
    ("letter", "text"),
    [
        (f"{PIECE}\n\nOn 3 Apr 2012, at 16:19, Bob wrote:\n\n> Hi\n>\n> there", PIECE),
        (f"{PIECE}\n\nOn Mon, Apr 2, 2012 at 6:26 PM, Bob <b@x.org> wrote:\n\nHi", PIECE),
        (f"{PIECE}\n\n**From:** Bob\\\n**Sent:** Monday\\\n**To:** Ann\\\n**Subject:** x\n\nHi", PIECE),
        (f"{PIECE}\n\n\\--\\\nAnn\\\nLeeds", PIECE),
        (f"{PIECE}\n\nSent from my iPhone", PIECE),
        (f"{PIECE}\n\nBest wishes\n\nAnn\n\nThis email is confidential and may be privileged.", PIECE),
        # What a piece may say too
        ("On 3 April the authors wrote: 'It works.'\n\nMore.",) * 2,
        ("The message is intended to calm patients.\n\nThis email, he says, was short.",) * 2,
        ("One.\n\n> A quotation of its own.\n\nTwo.",) * 2,
        ("Dear Doctor is a film.\n\nThanks to all.",) * 2,
    ],
)  # fmt: skip
def test_only_the_letter_is_cut(letter: str, text: str) -> None:
    done = text_of_letter(letter)
    assert done.text == text
    assert bool(done.left_out) == (letter != text)


def test_of_a_text_that_was_sent_on_the_text_is_left() -> None:
    headers = "From: Zoë Writer <z@x.org>\\\nDate: Mon\\\nSubject: x\\\nTo: Ann"
    done = text_of_letter(
        f"For you.\n\n---------- Forwarded message ---------\\\n{headers}\n\n{PIECE}"
    )
    assert (done.text, done.sender) == (PIECE, "Zoë Writer")
    assert len(done.left_out) == 2


def test_of_a_text_that_was_sent_on_twice_the_first_sender_is_asked_for() -> None:
    mark = "---------- Forwarded message ---------"
    ed, zoë = (f"{mark}\\\nFrom: {name} <a@x.org>\\\nDate: Mon" for name in ("Ed", "Zoë Writer"))

    assert text_of_letter(f"FYI\n\n{ed}\n\n{zoë}\n\n{PIECE}").sender == "Zoë Writer"


def test_what_apple_mail_has_sent_on_is_the_text_too() -> None:
    quoted = "Begin forwarded message:\n\n**From:** Zoë Writer\n\n**Subject:** x\n\n**Date:** Mon"
    forwarded = "\n".join(f"> {line}".rstrip() for line in f"{quoted}\n\n{PIECE}".split("\n"))
    done = text_of_letter(f"For you.\n\n{forwarded}")
    assert (done.text, done.sender) == (PIECE, "Zoë Writer")


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), b""])
def test_a_damaged_mail_is_an_error_with_its_place(content: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^mail\.msg: "):
        read(Original("mail.msg", content), PUBLICATION)


def test_a_hundred_mails_within_each_other_end() -> None:
    message: EmailMessage | MIMEMultipart = mail()
    for _ in range(100):
        outer = MIMEMultipart()
        outer["From"] = "x@y.org"
        outer.attach(MIMEMessage(message))
        message = outer
    with pytest.raises(UnreadableError):
        pieces(message)


def many_parts(number: int) -> Original:
    head = b"From: a@b.org\nContent-Type: multipart/mixed; boundary=x\n\n"
    return Original("mail.eml", head + b"--x\n\nwords\n" * number + b"--x--\n")


def test_of_a_thousand_parts_the_first_are_read() -> None:
    (piece,) = read(many_parts(1000), PUBLICATION)
    assert "This mail has more than 500 parts." in piece.left_out


def test_ten_thousand_parts_are_no_mail() -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        read(many_parts(10_000), PUBLICATION)


def test_a_header_of_a_megabyte_is_no_mail() -> None:
    header = "Content-Type: text/plain" + "; a=b" * 200_000
    with pytest.raises(UnreadableError, match="damaged"):
        read(Original("mail.eml", f"{header}\n\n{PIECE}".encode()), PUBLICATION)


def test_a_hundred_thousand_senders_are_none() -> None:
    senders = "From: " + "a@b.org, " * 100_000
    (piece,) = read(Original("mail.eml", f"{senders}\n\n{PIECE}".encode()), PUBLICATION)
    assert "authors" not in piece.hints


def test_multiparts_a_thousand_deep_end() -> None:
    content = b"From: a@b.org\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1000)
    )
    with pytest.raises(UnreadableError):
        read(Original("mail.eml", content), PUBLICATION)


def test_a_page_that_a_browser_saved_is_no_mail() -> None:
    page = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.org/\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x--\r\n'
    )
    assert importer_of(Original("a.mhtml", page)) is web_page
    assert importer_of(Original("mail", mail().as_bytes())) is mail_importer


def test_a_mail_of_outlook_is_read_like_any_other() -> None:
    inner = MapiMessage.create("Inner", PIECE)
    message = MapiMessage.create("FW: Für euch – heute", "Here it is.")
    message.add_attachment(
        "stück – 1.md", f"# A title\n\n{PIECE}".encode(), mime_type="text/markdown"
    )
    message.add_embedded_message_attachment(inner, filename="inner.msg")
    attached, within = read(Original("mail.msg", message.to_bytes()), PUBLICATION)
    assert attached.fields["title"].value == "A title"
    assert body(within) == PIECE
    assert within.hints["title"] == "The mail's subject: Inner"

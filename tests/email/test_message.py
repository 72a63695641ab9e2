"""The .eml: a message that every mail program reads alike, and that is the same each time it is made."""

from __future__ import annotations

import base64
import email
import email.policy
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from newsletter.email.digests import approved_digest, issue_digest
from newsletter.email.message import message_id, to_message
from newsletter.model import Email, File, Format, Issue, News, Publication, Section
from newsletter.text.markdown import markup_in

LONG_ADDRESS = "https://a.org/unsubscribe?" + "a=b&" * 70
LINES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufdd0\ufdd1"),
    min_size=1,
)
SUBJECTS = LINES.map(str.strip).filter(lambda line: bool(line) and not markup_in(line))
# The name of a sender is read up to "<", its outer quotes taken off.
NAMES = LINES.map(lambda name: re.sub(r'["<]', "", name).strip()).filter(
    lambda name: bool(name) and not markup_in(name)
)
BODIES = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs", "Cc"])),
        st.sampled_from(["", ".", "From me", "a ", "x" * 999]),
    )
).map(lambda lines: "".join(f"{line}\n" for line in lines))
HOSTILE = [
    "Plain", "🧬" * 60, "Ω " * 40, "word " * 40, "x" * 300, "=?utf-8?q?evil?=", "a  b", "a\xa0b",
    "Ünïcode, \"Quoted\" <b@c.org>",
    "遺伝子と生命科学のニュースレター" * 8, "A, B & C <news>; (D): E.", "שלום עולם " * 10,
    "back\\slash", "é" + "x" * 200, "O'Brien",
]  # fmt: skip


def email_of(
    name: str = "BioNews",
    sender: str = "BioNews <news@a.org>",
    subject: str = "Subject",
    text: str = "text\n",
    html: str = "<p>html</p>\n",
    unsubscribe: str = "https://a.org/unsubscribe",
    reply_to: str | None = None,
    number: str = "652",
) -> Email:
    publication = Publication(
        name=name, publisher="P", home_page="https://a.org/", sender=sender, time_zone="Europe/London", day="Monday",
        time="17:00", postal_address="1 Road", why="w", unsubscribe=unsubscribe, archive="https://a.org/issues/",
        pictures="https://a.org/p/", reply_to=reply_to,
    )  # fmt: skip
    sections = (Section(kind="news", items=(News(title="t"),)),)
    issue = Issue(publication=publication, number=number, date=date(2012, 4, 16), sections=sections)
    return Email(issue=issue, subject=subject, preheader="p", html=html, text=text)


def parsed(message: bytes) -> EmailMessage:
    """Return the message as Python reads it, after a check that no header and no part has a defect."""
    found = email.message_from_bytes(message, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    for part in found.walk():
        assert not part.defects
        assert all(not value.defects for value in part.values())
    return found


def header(message: bytes, name: str) -> str:
    """Return a header as RFC 2047 decodes it."""
    raw = re.sub(r"\r\n", "", email.message_from_bytes(message)[name])
    return str(make_header(decode_header(raw)))


def check_lines(message: bytes) -> None:
    assert message.isascii()
    assert b"\n" not in message.replace(b"\r\n", b"")
    assert b"\r" not in message.replace(b"\r\n", b"")
    lines = message.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    for line in lines[: lines.index(b"")]:
        assert line.strip()
        words = re.findall(rb"=\?\S+?\?[bBqQ]\?\S*?\?=", line)
        assert not words or len(line) <= 76
        assert all(len(word) <= 75 for word in words)


def test_the_parts_are_plain_text_then_html() -> None:
    message = parsed(to_message(email_of()))
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert all(part.get_content_charset() == "utf-8" for part in message.iter_parts())


@pytest.mark.parametrize("has_pictures_inside", [False, True])
def test_a_text_without_html_is_the_only_part(has_pictures_inside: bool) -> None:
    sent = to_message(
        email_of(text="Énough\n.\nFrom me\n", html=""), has_pictures_inside=has_pictures_inside
    )
    message = parsed(sent)
    assert message.get_content_type() == "text/plain"
    assert message.get_content() == "Énough\n.\nFrom me\n"
    assert message["MIME-Version"] == "1.0"
    assert sent.endswith(b"\r\n")
    check_lines(sent)


def test_a_text_without_html_is_wrapped_by_readers_programs_too() -> None:
    alone = email_of(html="").model_copy(update={"paragraphs": "word " * 40 + "\n"})
    message = parsed(to_message(alone))
    assert (message.get_content_type(), message.get_param("format")) == ("text/plain", "flowed")


def test_every_header_is_there_once() -> None:
    message = parsed(to_message(email_of(reply_to="Editor <editor@a.org>")))
    assert message.keys() == [
        "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe",
        "MIME-Version", "Content-Type",
    ]  # fmt: skip
    assert message["From"] == "BioNews <news@a.org>"
    assert message["To"] == "BioNews <news@a.org>"
    assert message["Reply-To"] == "Editor <editor@a.org>"
    assert message["List-Id"] == "BioNews <bionews.a.org>"
    assert message["List-Unsubscribe"] == "<https://a.org/unsubscribe>"
    assert re.fullmatch(r"<652\.[0-9a-f]{20}@a\.org>", message["Message-ID"])


def test_the_date_is_when_the_issue_goes_out_with_its_zone() -> None:
    message = email_of()
    written = str(parsed(to_message(message))["Date"])
    assert written == "Mon, 16 Apr 2012 17:00:00 +0100"
    assert parsedate_to_datetime(written) == message.issue.published


@settings(max_examples=200, deadline=None)
@given(BODIES, BODIES.filter(bool))
def test_both_parts_decode_to_exactly_what_they_were(text: str, html: str) -> None:
    message = to_message(email_of(text=text, html=html))
    check_lines(message)
    plain, rich = parsed(message).iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == text
    assert rich.get_content().replace("\r\n", "\n") == html


@pytest.mark.parametrize(
    "text",
    [
        "", "no line end", "x" * 5000, "遺伝子\n" * 50, "space at the end \n\tx\t\n", "=\n=20\n..\n",
        *(f"{'x' * length} \n" for length in range(68, 80)),
    ],
)  # fmt: skip
def test_awkward_bodies_decode_to_exactly_what_they_were(text: str) -> None:
    message = to_message(email_of(text=text))
    check_lines(message)
    plain, _ = parsed(message).iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == text


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.sampled_from(HOSTILE).map(str.strip), SUBJECTS))
def test_any_subject_is_decoded_as_it_was_written(subject: str) -> None:
    message = to_message(email_of(subject=subject))
    check_lines(message)
    assert parsed(message)["Subject"] == subject
    assert header(message, "Subject") == subject


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.sampled_from(HOSTILE).map(lambda name: re.sub(r'["<]', "", name).strip()), NAMES)
)
def test_any_name_of_sender_and_publication_is_decoded_as_it_was_written(name: str) -> None:
    message = to_message(
        email_of(name=name, sender=f"{name} <a@a.org>", reply_to=f"{name} <b@a.org>")
    )
    check_lines(message)
    for field, address, shown in (("From", "a", name), ("To", "a", name), ("Reply-To", "b", name)):
        (found,) = parsed(message)[field].addresses
        assert found.addr_spec == f"{address}@a.org"
        assert "".join(found.display_name.split()) == "".join(shown.split())
        # Python's newer parser puts spaces between neighbouring encoded-words in names; its older one does not.
        raw = email.message_from_bytes(message)[field]
        (older,) = getaddresses([re.sub(r"\r\n", "", raw)])
        assert str(make_header(decode_header(older[0]))) == shown


def test_a_sender_may_have_quotation_marks_and_commas_or_no_name() -> None:
    assert (
        parsed(to_message(email_of(sender='"Smith, John" <a@a.org>')))["From"]
        .addresses[0]
        .display_name
        == "Smith, John"
    )
    assert b'From: "O\'Brien \\"Bob\\" X" <a@a.org>\r\n' in to_message(
        email_of(sender='O\'Brien "Bob" X <a@a.org>')
    )
    assert b"From: a@a.org\r\n" in to_message(email_of(sender="a@a.org"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (LONG_ADDRESS, LONG_ADDRESS),
        ("https://a.org/遺?b=é", "https://a.org/%E9%81%BA?b=%C3%A9"),
        ("https://bücher.org/x", "https://xn--bcher-kva.org/x"),
        (
            "mailto:leave@a.org?subject=unsubscribe%20me",
            "mailto:leave@a.org?subject=unsubscribe%20me",
        ),
    ],
)
def test_the_unsubscribe_address_is_whole_and_never_encoded(written: str, expected: str) -> None:
    message = to_message(email_of(unsubscribe=written))
    check_lines(message)
    assert f" <{expected}>\r\n".encode() in message
    assert parsed(message)["List-Unsubscribe"].strip() == f"<{expected}>"


def test_the_unsubscribe_address_has_a_line_of_its_own_where_the_first_is_too_short() -> None:
    room = 78 - len("List-Unsubscribe: <https://a.org/>")
    fits, too_long = ("https://a.org/" + "u" * length for length in (room, room + 1))
    assert f"\r\nList-Unsubscribe: <{fits}>\r\n".encode() in to_message(email_of(unsubscribe=fits))
    assert f"\r\nList-Unsubscribe: \r\n <{too_long}>\r\n".encode() in to_message(
        email_of(unsubscribe=too_long)
    )


@pytest.mark.parametrize("to", ["a@a.org\nBcc: b@a.org", "a@a.org\r\n Bcc: b@a.org", "a@a.org\r"])
def test_a_line_break_cannot_begin_another_header(to: str) -> None:
    with pytest.raises(ValueError, match="a line break in To"):
        to_message(email_of(), to)


@pytest.mark.parametrize(
    "unsubscribe", ["https://a.org/u", "HTTPS://a.org/u?id=7", "http://a.org/u", "mailto:u@a.org"]
)
@pytest.mark.parametrize("to", [None, "list@a.org"])
def test_one_click_is_never_promised_by_an_address_that_is_the_same_for_all(
    unsubscribe: str, to: str | None
) -> None:
    assert "List-Unsubscribe-Post" not in parsed(to_message(email_of(unsubscribe=unsubscribe), to))


NAME_OF_70 = "The Weekly Letter about Genetics, Fertility, Ethics and Embryo Research"
NAMES_OF_ANY_LENGTH = [
    NAME_OF_70,
    NAME_OF_70 * 20,
    "A Weekly Letter " * 90,
    "Ein wöchentlicher Brief " * 60,
]


@pytest.mark.parametrize("name", [name.strip() for name in NAMES_OF_ANY_LENGTH])
def test_the_lines_of_all_headers_are_short_however_long_the_name_is(name: str) -> None:
    message = to_message(
        email_of(name=name, sender=f"{name} <a@a.org>", reply_to=f"{name} <b@a.org>")
    )
    check_lines(message)
    assert max(map(len, message.partition(b"\r\n\r\n")[0].split(b"\r\n"))) <= 78
    for field in ("From", "To", "Reply-To"):
        (found,) = parsed(message)[field].addresses
        assert "".join(found.display_name.split()) == "".join(name.split())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("From the editors\n", b"=46rom the editors\r\n"),
        (".\n", b"=2E\r\n"),
        ("One\n...and two\n", b"One\r\n=2E..and two\r\n"),
        ("Frome is a town. From there.\n", b"Frome is a town. From there.\r\n"),
        ("From: the editors\n", b"From: the editors\r\n"),
    ],
)
def test_no_line_begins_with_what_mail_servers_change(text: str, written: bytes) -> None:
    message = to_message(email_of(text=text))
    assert b"\r\n\r\n" + written in message
    plain, _ = parsed(message).iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == text


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["From ", ".", "é", "=", " ", "x" * 71, "word ", "\n"]), max_size=60
    ).map("".join)
)
def test_broken_lines_begin_with_nothing_that_mail_servers_change_either(text: str) -> None:
    message = to_message(email_of(text=text))
    lines = message.partition(b"\r\n\r\n")[2].split(b"\r\n")
    assert not [line for line in lines if line.startswith((b"From ", b"."))]
    assert max(map(len, lines)) <= 76
    plain, _ = parsed(message).iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == text


@pytest.mark.parametrize("name", HOSTILE)
def test_list_headers_are_never_encoded(name: str) -> None:
    message = to_message(email_of(name=name.strip(), unsubscribe=LONG_ADDRESS))
    for line in message.split(b"\r\n"):
        assert not (line.startswith(b"List-") and b"=?" in line)
    assert re.fullmatch(
        r"([A-Za-z0-9 ]+ )?<[a-z0-9-]+\.a\.org>", parsed(message)["List-Id"].strip()
    )


def test_a_different_issue_or_text_has_another_id() -> None:
    variants = [
        email_of(),
        email_of(number="653"),
        email_of(text="other\n"),
        email_of(html="o\n"),
        email_of(subject="o"),
    ]
    assert len({parsed(to_message(variant))["Message-ID"] for variant in variants}) == len(variants)
    assert to_message(email_of()) == to_message(email_of())


def test_a_message_that_is_sent_names_its_recipient_and_when_that_is() -> None:
    at = datetime(2026, 11, 30, 17, 0, 5, tzinfo=UTC)
    stored, sent = to_message(email_of()), to_message(email_of(), "reader@example.org", at)
    check_lines(sent)
    assert parsed(sent)["To"] == "reader@example.org"
    assert parsed(sent)["Date"] == "Mon, 30 Nov 2026 17:00:05 +0000"
    changed = {"To", "Date", "Message-ID"}
    assert parsed(sent).keys() == parsed(stored).keys()
    for name in set(parsed(stored).keys()):
        assert (parsed(sent)[name] != parsed(stored)[name]) is (name in changed)
    assert sent.partition(b"\r\n\r\n")[2] == stored.partition(b"\r\n\r\n")[2]


def test_each_recipient_has_an_id_of_their_own() -> None:
    recipients = (None, "a@example.org", "b@example.org")
    ids = [parsed(to_message(email_of(), to))["Message-ID"] for to in recipients]
    assert len(set(ids)) == len(recipients)
    assert ids == [f"<{message_id(email_of(), to)}>" for to in recipients]
    assert all(re.fullmatch(r"<652\.[0-9a-f]{20}@a\.org>", made) for made in ids)
    assert message_id(email_of(text="other\n"), "a@example.org") != message_id(
        email_of(), "a@example.org"
    )


def test_two_processes_make_the_same_bytes(repository: Path) -> None:
    program = (
        "import base64, sys; from pathlib import Path\n"
        "from newsletter import compile_theme, fill, own_values, read_issue, render, to_message\n"
        "issue = read_issue(Path('issues/652')); theme = compile_theme('bionews', Path('templates'))\n"
        "print(base64.b64encode(to_message(fill(render(issue, theme), own_values(issue)))).decode())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=repository,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1
    check_lines(base64.b64decode(made.pop()))


def test_text_whose_paragraphs_are_known_is_wrapped_by_readers_programs() -> None:
    long = "word " * 20 + "end"
    made = email_of(text="lines").model_copy(update={"paragraphs": f"{long}\n\nnext\n"})
    message = to_message(made)
    check_lines(message)
    plain, _ = parsed(message).iter_parts()
    assert plain["Content-Type"] == 'text/plain; charset="utf-8"; format="flowed"'
    content = plain.get_content().replace("\r\n", "\n")
    assert content == "word " * 14 + "\n" + "word " * 6 + "end\n\nnext\n"
    assert message_id(made) == message_id(email_of(text="lines"))


def test_text_with_ideographs_says_that_the_spaces_at_line_ends_do_not_count() -> None:
    message = to_message(email_of().model_copy(update={"paragraphs": "遺伝子" * 30}))
    plain, _ = parsed(message).iter_parts()
    assert plain["Content-Type"].params["delsp"] == "yes"


def test_an_email_with_another_text_has_only_its_lines() -> None:
    email = email_of().model_copy(update={"paragraphs": "text"})
    assert email.model_copy(update={"text": "another\n"}).paragraphs == ""
    assert email.model_copy(update={"text": email.text, "html": "h"}).paragraphs == "text"
    assert email.model_copy(update={"text": "a\n", "paragraphs": "a\n"}).paragraphs == "a\n"


# Pictures inside


def picture(name: str, content: bytes, media_type: str = "image/jpeg") -> File:
    address = f"https://a.org/p/652/{name}?a=1&b=2"
    return File(name=name, address=address, media_type=media_type, content=content, source=name)


LAB = picture("lab-3f9a61c2.jpg", bytes(range(256)) * 40)
MUSEUM = picture("museum-77a0b1c2.png", b"--=_\r\n.\r\nFrom me\r\n", "image/png")
UNSEEN = picture("unseen-00000000.png", b"unseen", "image/png")
DEBATE = picture("debate-0a1b2c3d.ics", b"BEGIN:VCALENDAR\r\n", "text/calendar")


def pictured(*files: File) -> Email:
    """An email that shows the first picture twice, each other once, and links to a calendar file."""
    shown = "".join(f'<img src="{escape(file.address)}" alt="">' for file in (LAB, *files))
    html = f'<p>Äpfel</p>{shown}<a href="{escape(DEBATE.address)}">Calendar</a>\n'
    email = email_of(html=html)
    return email.model_copy(update={"files": (*files, UNSEEN, DEBATE)})


def test_a_message_has_its_pictures_inside_each_once() -> None:
    message = parsed(to_message(pictured(LAB, MUSEUM), has_pictures_inside=True))
    types = [part.get_content_type() for part in message.walk()]
    assert types == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/jpeg",
        "image/png",
    ]
    related, html, *pictures = list(message.walk())[2:]
    assert related.get_param("type") == "text/html"

    named = {part["Content-ID"].strip("<>"): part.get_content() for part in pictures}
    assert list(named.values()) == [LAB.content, MUSEUM.content]
    first, second = named
    assert re.findall(r'src="cid:([^"]*)"', html.get_content()) == [first, first, second]
    assert f'href="{escape(DEBATE.address)}"' in html.get_content()
    assert [part.get_content_disposition() for part in pictures] == ["inline", "inline"]
    assert [part.get_filename() for part in pictures] == [LAB.name, MUSEUM.name]


def test_a_message_with_pictures_inside_is_the_same_each_time_it_is_made() -> None:
    one, other = (to_message(pictured(LAB, MUSEUM), has_pictures_inside=True) for _ in range(2))
    assert one == other
    assert all(len(line) <= 76 for line in one.partition(b"\r\n\r\n")[2].split(b"\r\n"))


@pytest.mark.parametrize("files", [(), (UNSEEN, DEBATE)])
def test_a_message_that_shows_no_picture_of_its_own_is_as_any_other(
    files: tuple[File, ...],
) -> None:
    email = email_of().model_copy(update={"files": files})
    assert to_message(email, has_pictures_inside=True) == to_message(email)


def test_what_is_sent_to_readers_has_no_pictures_inside() -> None:
    message = to_message(pictured(LAB))
    assert b"cid:" not in message
    assert b"image/jpeg" not in message


# Formats


def in_format(format: Format, *others: Format, text: str = "text\n", paragraphs: str = "") -> Email:
    """Return an email in one format of a publication in which it follows the others."""
    plain = email_of(text=text, html="<p>html</p>\n" if format.has_html else "")
    publication = plain.issue.publication.model_copy(update={"formats": (*others, format)})
    issue = plain.issue.model_copy(update={"publication": publication})
    return plain.model_copy(update={"issue": issue, "format": format, "paragraphs": paragraphs})


TEASERS = Format(name="teasers", shows="teasers")
TEXT = Format(name="text", shows="full", parts="text")


def test_text_alone_is_a_message_of_one_part_with_the_same_headers() -> None:
    made = to_message(in_format(TEXT, text="a\nbé\n", paragraphs="a bé\n"))
    check_lines(made)
    message = parsed(made)
    assert not message.is_multipart()
    assert message.get_content_type() == "text/plain"
    assert dict(message["Content-Type"].params) == {"charset": "utf-8", "format": "flowed"}
    assert message.get_content().replace("\r\n", "\n") == "a bé\n"
    assert b"multipart" not in made

    both = parsed(to_message(in_format(TEASERS)))
    assert message.keys() == [*both.keys(), "Content-Transfer-Encoding"]


@settings(max_examples=100, deadline=None)
@given(BODIES)
def test_text_alone_decodes_to_exactly_what_it_was(text: str) -> None:
    made = to_message(in_format(TEXT, text=text))
    check_lines(made)
    assert parsed(made).get_content().replace("\r\n", "\n") == text


def test_text_alone_has_no_pictures_inside() -> None:
    email = in_format(TEXT).model_copy(update={"files": (DEBATE,)})
    assert to_message(email, has_pictures_inside=True) == to_message(email)


def test_the_same_content_in_another_format_has_another_id() -> None:
    full, long = Format(name="full", shows="full"), Format(name="long", shows="full")
    emails = [in_format(TEASERS), in_format(full, TEASERS), in_format(long, TEASERS)]
    ids = [message_id(email) for email in emails]
    ids += [message_id(email, "a@a.org") for email in emails]
    assert len(set(ids)) == 6
    assert ids[0] == message_id(email_of())


# What an approval is about


def in_formats(*formats: tuple[str, str]) -> list[Email]:
    """Emails of one issue in formats, each with a name and a text."""
    nouns = tuple(Format(name=name, shows="teasers") for name, _ in formats)
    plain = email_of()
    publication = plain.issue.publication.model_copy(update={"formats": nouns})
    issue = plain.issue.model_copy(update={"publication": publication})
    return [
        plain.model_copy(update={"issue": issue, "format": noun, "text": text})
        for noun, (_, text) in zip(nouns, formats, strict=True)
    ]


def test_without_formats_an_approval_is_of_the_only_email() -> None:
    assert issue_digest([email_of()]) == approved_digest(email_of())


def test_an_approval_is_of_all_formats_their_names_and_their_order() -> None:
    teasers, full, other = ("teasers", "a"), ("full", "b"), ("full", "c")
    digests = [
        issue_digest(in_formats(*formats))
        for formats in (
            [teasers],
            [teasers, full],
            [full, teasers],
            [teasers, other],
            [("headlines", "a"), full],
            [teasers, full, ("text", "b")],
        )
    ]
    assert len(set(digests)) == len(digests)
    assert issue_digest(in_formats(teasers, full)) == digests[1]
    assert digests[0] != approved_digest(email_of(text="a"))

"""message-parts: the message taken apart again is the text and the HTML of the issue."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from newsletter.checks.rules import message_parts
from tests.checks.galleys import TEXT_ALONE, in_format
from tests.checks.newsroom import Newsroom, Reported


def told(room: Newsroom, change: Callable[[bytes], bytes] = bytes) -> list[Reported]:
    """Return what this rule alone reports for the changed raw message."""
    galley = room.galley()
    vars(galley)["message"] = change(galley.message)
    return [room.told_of(finding) for finding in message_parts.check(galley)]


def error(what: str) -> list[tuple[str, str, str]]:
    return [("error", "issues/700/issue.yaml:1", what)]


def swapped(raw: bytes) -> bytes:
    """The HTML before the plain text."""
    head, text, html, end = re.split(rb"(?m)^(?=--=_)", raw)
    return head + html + text + end


@pytest.mark.parametrize("number", ["596", "652"])
def test_the_real_issues_come_out_as_they_went_in(
    tmp_path: Path, repository: Path, number: str
) -> None:
    assert told(Newsroom(tmp_path / "room", repository / "issues", number, date.today())) == []  # noqa: DTZ011


@pytest.mark.parametrize(
    "teaser",
    [
        "遺伝子と生命科学 " * 200, "🧬 " * 300, "שלום עולם", "From here on\n.\n=3D =\n--\n--=_", "trailing   \n\n\n- x",
        "x" * 5000, "l’ADN… « gène » \u2011 \u00ad\u200d\u0301", "İstanbul ÅÄÖ Ѕ",
    ],
)  # fmt: skip
def test_any_text_comes_out_as_it_went_in(newsroom: Newsroom, teaser: str) -> None:
    assert told(newsroom.item(title="A story", teaser=teaser)) == []


def test_a_file_saved_by_windows_is_the_same_text(newsroom: Newsroom) -> None:
    newsroom.html("<p>one\r\ntwo</p>").text("one\r\ntwo\r\n")
    assert newsroom.told("message-parts") == []


def test_another_type_of_message(newsroom: Newsroom) -> None:
    newsroom.headers('Content-Type: text/plain; charset="utf-8"')
    what = "The message is made of text/plain, not of multipart/alternative, text/plain, text/html."
    assert newsroom.told("message-parts") == error(what)


def test_the_html_first_would_hide_itself(newsroom: Newsroom) -> None:
    what = (
        "The message is made of multipart/alternative, text/html, text/plain, "
        "not of multipart/alternative, text/plain, text/html."
    )
    found = told(newsroom, swapped)
    assert [(found[0].severity, found[0].place)] == [("error", "issues/700/issue.yaml:1")]
    assert found[0].message.startswith(what[:60])
    assert len(found) == 1


@pytest.mark.parametrize(
    ("old", "new"), [("html", "plain"), ("plain", "html"), ("html", "enriched")]
)
def test_one_part_of_each_kind(newsroom: Newsroom, old: str, new: str) -> None:
    (found,) = told(
        newsroom, lambda raw: raw.replace(f"text/{old};".encode(), f"text/{new};".encode())
    )
    assert found.message.startswith("The message is made of multipart/alternative, text/")


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda raw: raw.replace(b'boundary="=_', b'boundary="=x'), "start boundary not found"),
        (lambda raw: raw[:-40], "close boundary not found"),
        (
            lambda raw: raw.replace(b'\r\n boundary="=_', b'\r\n nothing="=_'),
            "no boundary in multipart",
        ),
        (lambda raw: raw.replace(b"quoted-printable", b"base64", 1), "invalid base64"),
        (lambda raw: raw.replace(b'text/plain; charset="utf-8"', b"text", 1), "invalid header"),
        (lambda raw: b"not a header at all\r\n" + raw, "missing header body separator"),
    ],
)
def test_a_broken_message(
    newsroom: Newsroom, change: Callable[[bytes], bytes], broken: str
) -> None:
    (found,) = told(newsroom, change)
    assert found.message.startswith(f"The message is broken: {broken}")


@pytest.mark.parametrize(("part", "name"), [(b"text/plain", "plain text"), (b"text/html", "HTML")])
def test_another_charset(newsroom: Newsroom, part: bytes, name: str) -> None:
    said = part + b'; charset="utf-8"'
    assert told(newsroom, lambda raw: raw.replace(said, part + b'; charset="iso-8859-1"')) == error(
        f"The {name} in the message is marked as iso-8859-1, not as utf-8."
    )
    assert told(newsroom, lambda raw: raw.replace(said, part)) == error(
        f"The {name} in the message is marked as having no charset, not as utf-8."
    )


def test_another_text_is_reported_from_where_it_differs(newsroom: Newsroom) -> None:
    galley = newsroom.galley()
    start = galley.sent.text.index("Monday")
    shown = re.sub(r"[\n\xa0]", "�", galley.sent.text[start : start + 29])
    assert told(newsroom, lambda raw: raw.replace(b"\r\nMonday", b"\r\n\xe2Monday", 1)) == error(
        f"The plain text in the message is not what was written, from '{shown}…' on."
    )


def test_html_that_was_cut_off(newsroom: Newsroom) -> None:
    (found,) = told(newsroom, lambda raw: raw.replace(b"</html>", b"", 1))
    assert found.message.startswith("The HTML in the message is not what was written, from '")


@pytest.mark.parametrize(
    "value",
    [
        "text/plain; charset*",
        "multipart/alternative; boundary*",
        ";",
        "é",
        "multipart/alternative; boundary=(",
    ],
)
def test_a_type_that_cannot_be_read_is_reported_and_breaks_nothing(
    newsroom: Newsroom, value: str
) -> None:
    (found,) = told(newsroom.headers(f"Content-Type: {value}"))
    assert found.message.startswith("The message ")


@pytest.mark.parametrize(
    "raw",
    [b"", b"\r\n", b"\xff\x00", b"Content-Type: multipart/alternative; boundary=a\r\n\r\n--a--"],
)
def test_nothing_in_the_place_of_a_message_breaks_the_rule(newsroom: Newsroom, raw: bytes) -> None:
    assert len(told(newsroom, lambda _: raw)) == 1


# Plain text alone


def test_text_alone_comes_out_as_it_went_in(newsroom: Newsroom) -> None:
    newsroom.item(title="A story", teaser="遺伝子 From here on\n.\n=3D =\n--\n trailing   ")
    assert list(message_parts.check(in_format(newsroom.galley(), TEXT_ALONE))) == []


def test_text_alone_in_more_parts_than_one(newsroom: Newsroom) -> None:
    galley = newsroom.galley()
    text = in_format(galley, TEXT_ALONE)
    vars(text)["message"] = galley.message
    (found,) = message_parts.check(text)
    assert found.problem.message == (
        "The message is made of multipart/alternative, text/plain, text/html, not of text/plain."
    )


def test_text_alone_that_was_cut_off(newsroom: Newsroom) -> None:
    text = in_format(newsroom.galley(), TEXT_ALONE)
    vars(text)["message"] = text.message[:-40]
    (found,) = message_parts.check(text)
    assert found.problem.message.startswith("The plain text in the message is not what was written")

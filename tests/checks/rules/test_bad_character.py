"""bad-character: what was lost or garbled on its way."""

from __future__ import annotations

import pytest

from newsletter.checks import manual
from newsletter.checks.rules import bad_character
from tests.checks.galleys import TEXT_ALONE, in_format
from tests.checks.newsroom import Newsroom

HEAD = "<mj-raw>\n      <meta"


@pytest.mark.parametrize(
    "title",
    [
        "Café, naïve, Ångström, Größe, œuvre and Øresund",
        "“MANHÔ, “AMANHÃ…” and «MAÇû",
        "A coborâ…” and “coborâ” – ‘â’",
        "Voilà…» é” café…”",
        "»Â«, „Å“ and the letter Å’s shape",
        "SMÅ² och FÅ…",
        "TNF-α, IFN-γ, 5 µm ± 2 °C, £5, §3, ½, © 2012, 47,XXX",
        "¿QUÉ? ¡ESPAÑA! Ñ°",
        "Генная терапия – «успех»",
        "Γενετική",
        "遺伝子治療の成功",
        "طفرات جينية",
        "A double helix 🧬, 👩🏽‍🔬 and 1️⃣",
        "Â",
        "MAÇÃ® and FÂ\xa0»",
    ],
)
def test_this_may_well_be_meant(newsroom: Newsroom, title: str) -> None:
    assert newsroom.item(title=title, teaser=f"Words about {title}").told("bad-character") == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("cafÃ©", "café"),
        ("donâ€™t", "don’t"),
        ("â€œwords", "“words"),
        ("1999â€“2012", "1999–2012"),
        ("Ã‰tude", "Étude"),
        ("Ãœber", "Über"),
        ("Å¡koda", "škoda"),
        ("Î±", "α"),
        ("Â£5", "£5"),
        ("5Â\xa0mg", None),
        ("Â©", "©"),
        ("Â·", "·"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
        ("ðŸ˜€", "😀"),
        ("wordsâ€", None),
    ],
)
def test_what_is_garbled_is_reported_with_what_it_was(
    newsroom: Newsroom, written: str, meant: str | None
) -> None:
    (finding,) = newsroom.item(title=f"A piece on {written} today").told("bad-character")
    assert (finding.severity, finding.place) == ("error", "issues/700/issue.yaml:6")
    assert "was read with the wrong encoding (Windows-1252 instead of UTF-8)" in finding.message
    assert finding.message.endswith(f"; it was '{meant}'." if meant else "instead of UTF-8).")


def test_a_lost_character_is_reported_at_its_line_in_a_body(newsroom: Newsroom) -> None:
    newsroom.item(file="story.md").write(
        "issues/700/story.md", "---\ntitle: A story\n---\nThe first line.\n\nThe sec\ufffdnd one.\n"
    )
    (finding,) = newsroom.told("bad-character")
    assert finding == ("error", "issues/700/story.md:6", "A character was lost in 'sec\ufffdnd'.")


def test_every_text_is_checked(newsroom: Newsroom) -> None:
    newsroom.publication(tagline="Newsâ€¦").item(title="A", authors=["Andr\ufffd Author"])
    assert [finding.place for finding in newsroom.told("bad-character")] == [
        "issues/700/issue.yaml:8",
        "issues/publication.yaml:4",
    ]


@pytest.mark.parametrize(
    ("found", "what"),
    [
        ("this\x92 issue", "There is an invisible character (U+0092) in 'this\ufffd'."),
        ("thi\ufffd issue", "A character was lost in 'thi\ufffd'."),
        (
            "thâ€™s issue",
            "'thâ€™s' was read with the wrong encoding (Windows-1252 instead of UTF-8); it was 'th’s'.",
        ),
    ],
)
def test_words_of_a_theme_are_reported_once_at_their_line(
    newsroom: Newsroom, found: str, what: str
) -> None:
    (finding,) = newsroom.theme("words.toml", "Read this issue", f"Read {found}").told(
        "bad-character"
    )
    assert finding.message == what
    assert finding.place.startswith("templates/bionews/words.toml:")


def test_half_a_character_is_reported(newsroom: Newsroom) -> None:
    (finding,) = manual.rule("bad-character").check(newsroom.html("<p>Half\ud83e</p>").galley())
    assert finding.problem.message == "There is an invisible character (U+D83E) in 'Half\ufffd'."


def test_the_text_part_is_checked_too(newsroom: Newsroom) -> None:
    (finding,) = newsroom.text("Words\x80\n").told("bad-character")
    assert "U+0080" in finding.message


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="UTF-8">',
        "<meta charset=utf8>",
        '<meta http-equiv=content-type content="text/html;charset=Utf-8">',
    ],
)
def test_ways_to_say_that_it_is_utf_8(newsroom: Newsroom, meta: str) -> None:
    newsroom.html(
        f"<!doctype html><html><head>{meta}<title>T</title></head><body><h1>W</h1></body></html>"
    )
    assert newsroom.told("bad-character") == []


@pytest.mark.parametrize(
    "meta", ["", '<meta name="viewport" content="width=device-width">', "<meta charset>"]
)
def test_the_html_must_say_what_it_is(newsroom: Newsroom, meta: str) -> None:
    newsroom.html(
        f"<!doctype html><html><head>{meta}<title>T</title></head><body><h1>W</h1></body></html>"
    )
    (finding,) = newsroom.told("bad-character")
    assert finding == (
        "error",
        "templates/bionews/email.mjml.j2:2",
        "The HTML does not say that it is UTF-8.",
    )


def test_the_html_must_not_say_anything_else(newsroom: Newsroom) -> None:
    meta = '<meta charset="utf-8"><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'
    newsroom.html(
        f"<!doctype html><html><head>{meta}<title>T</title></head><body><h1>W</h1></body></html>"
    )
    (finding,) = newsroom.told("bad-character")
    assert finding.message == "The HTML says that it is 'iso-8859-1', but it is UTF-8."


def test_an_email_of_text_alone_names_no_encoding(newsroom: Newsroom) -> None:
    assert list(bad_character.check(in_format(newsroom.galley(), TEXT_ALONE))) == []

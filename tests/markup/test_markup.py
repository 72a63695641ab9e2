"""The outline of an email is what a screen reader would list."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.markup import parse


def headings(source: str) -> list[tuple[int, str]]:
    return [(heading.level, heading.text) for heading in parse(source).headings]


def page(body: str) -> str:
    return f"<!doctype html><html><head><title>h1</title></head><body>{body}</body></html>"


def test_each_level_is_known() -> None:
    source = page("".join(f"<h{level}>at {level}</h{level}>" for level in range(1, 7)))
    assert headings(source) == [(level, f"at {level}") for level in range(1, 7)]


def test_they_come_in_the_order_of_the_text_however_deep() -> None:
    source = page(
        "<h2>one</h2><table><tr><td><div><h1>two</h1></div></td></tr></table><h3>three</h3>"
    )
    assert headings(source) == [(2, "one"), (1, "two"), (3, "three")]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ('<a href="x"><em>A</em> link</a>', "A link"),
        ("CO<sub>2</sub>", "CO2"),
        ("  many\n   spaces\t here ", "many spaces here"),
        ('<a href="x"><img src="y" alt="The logo"></a>', "The logo"),
        ('Read <img src="y" alt="this"> now', "Read this now"),
        ('<img src="y" alt="">', ""),
        ('<img src="y">', ""),
        ("<!-- a note -->words", "words"),
        ("&lt;b&gt; &amp; so on", "<b> & so on"),
        ("", ""),
    ],
)
def test_what_is_spoken_of_a_heading(inner: str, text: str) -> None:
    assert headings(page(f"<h2>{inner}</h2>")) == [(2, text)]


@pytest.mark.parametrize("body", ["", "<p>words</p>", "<header>h1</header><hr>"])
def test_there_may_be_none(body: str) -> None:
    assert headings(page(body)) == []


def test_the_outline_of_an_email_has_its_name_its_sections_and_its_items(repository: Path) -> None:
    email = repository / "tests" / "golden" / "bionews-652" / "expected" / "email.html"
    name, lead, contents, section, item, *_ = headings(email.read_text("utf-8"))
    assert name == (1, "BioNews")
    assert lead[0] == 2
    assert contents == (2, "In this issue")
    assert section == (2, "Comment")
    assert item[0] == 3

"""MJML and HTML, read piece by piece: tags, what they are in, and what a text ends in."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.theme.elements import ElementTag, MarkupReader, Place
from newsletter.theme.folder import TEMPLATE, ThemeFolder
from newsletter.theme.tokens import tokenise
from tests.conftest import REPOSITORY

EMAILS = sorted((REPOSITORY / "tests" / "golden").glob("*/expected/email.html"))
MIXED = """<!doctype html><!-- <b> "don't" --><mjml><mj-body class='a > b' id=x hidden>
<style>p > b::before { content: "<i>" }</style><p title="it's &lt; <2">Is 1 < 2?</p><br/></mj-body>"""

MARK = re.compile("<!--|-->|</style|<[a-z/!]")


def read(text: str) -> list[ElementTag]:
    return MarkupReader().feed(text)


class _Oracle(HTMLParser):
    """The standard library's reader of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [(name, value or "") for name, value in attrs]))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", []))


def by_oracle(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    oracle = _Oracle()
    oracle.feed(text)
    return oracle.tags


def as_oracle(tags: list[ElementTag]) -> list[tuple[str, list[tuple[str, str]]]]:
    found = []
    for tag in tags:
        if tag.name.startswith("!"):
            continue
        found.append((f"/{tag.name}" if tag.is_end else tag.name, tag.attributes))
        if tag.is_whole:
            found.append((f"/{tag.name}", []))
    return found


@pytest.mark.parametrize("email", EMAILS, ids=lambda path: path.parts[-3])
def test_an_email_is_read_as_the_standard_library_reads_it(email: Path) -> None:
    text = email.read_text("utf-8")
    assert len(read(text)) > 50
    assert as_oracle(read(text)) == by_oracle(text)


def test_a_theme_is_read_as_the_standard_library_reads_it(repository: Path) -> None:
    template = tokenise(ThemeFolder.find("bionews", repository / "templates"), TEMPLATE)
    assert len(template.elements) > 100
    assert as_oracle(template.elements) == by_oracle(template.text)
    for tag in template.elements:
        assert template.text[tag.start :].startswith(tag.source)


def test_text_comments_and_styles_are_no_tags() -> None:
    names = [tag.name for tag in read(MIXED)]
    assert names == ["!doctype", "mjml", "mj-body", "style", "style", "p", "p", "br", "mj-body"]
    body, *_, paragraph, _, _, _ = read(MIXED)[2:]
    assert body.attributes == [("class", "a > b"), ("id", "x"), ("hidden", "")]
    assert paragraph.attributes == [("title", "it's < <2")]


@given(st.lists(st.integers(0, len(MIXED)), max_size=6))
def test_it_does_not_matter_where_a_text_is_cut_but_within_a_mark(cuts: list[int]) -> None:
    within_marks = {
        cut for mark in MARK.finditer(MIXED) for cut in range(mark.start() + 1, mark.end())
    }
    reader, tags, begin = MarkupReader(), [], 0
    for cut in [*sorted(set(cuts) - within_marks), len(MIXED)]:
        tags += reader.feed(MIXED[begin:cut])
        begin = cut
    assert tags == read(MIXED)
    assert reader.place is Place.TEXT


@pytest.mark.parametrize(
    ("text", "place", "element", "attribute"),
    [
        ("", Place.TEXT, "", None),
        ("1 < 2", Place.TEXT, "", None),
        ("<p", Place.TAG, "p", None),
        ("<p class=", Place.TAG, "p", None),
        ('<p class="', Place.DOUBLE_QUOTES, "p", "class"),
        ("<mj-text title = 'a href=\"", Place.SINGLE_QUOTES, "mj-text", "title"),
        ('<a title="x=\'"HREF="y?z=', Place.DOUBLE_QUOTES, "a", "href"),
        ('<p "', Place.DOUBLE_QUOTES, "p", None),
        ('<p ="', Place.DOUBLE_QUOTES, "p", None),
        ("<!-- <p> ", Place.COMMENT, "", None),
        ("<style>p > b { content: '<i", Place.STYLE, "", None),
        ("<STYLE></STYLE ", Place.TAG, "style", None),
        ("<br/>", Place.TEXT, "", None),
    ],
)
def test_what_a_text_ends_in(text: str, place: Place, element: str, attribute: str | None) -> None:
    reader = MarkupReader()
    reader.feed(text)
    assert reader.place is place
    assert reader.in_text is (place in (Place.TEXT, Place.STYLE))
    assert reader.attribute == attribute
    if reader.in_tag:
        assert reader.element == element


def test_elements_of_mjml_know_what_they_are_in() -> None:
    text = (
        "<mjml><mj-body><p><mj-text><mj-raw></mj-text><mj-image /></mj-column></mj-body><mj-head>"
    )
    reader = MarkupReader()
    tags = {tag.source: tag for tag in reader.feed(text)}
    assert tags["<mjml>"].parent == ""
    assert tags["<mj-text>"].around == ("mjml", "mj-body")
    assert tags["<mj-raw>"].parent == "mj-text"
    assert tags["</mj-text>"].ended == ("mj-text", "mj-raw")
    assert tags["<mj-image />"].parent == "mj-body"
    assert tags["</mj-column>"].ended == ()
    assert tags["</mj-body>"].ended == ("mj-body",)
    assert reader.around == ("mjml", "mj-head")

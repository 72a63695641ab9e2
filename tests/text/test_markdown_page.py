"""Markdown as the HTML of a web page: figures, and footnotes that lead both ways."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from markupsafe import Markup

from newsletter.text.markdown import Notes, to_html, to_page, to_text, tokens, without_pictures
from tests.strategies import PROSE

NOTES = Notes("a-", "Back")
TWICE = "One.[^x] Two.[^y] Again.[^x]\n\n[^x]: First.\n[^y]: Second.\n\n    Goes on."
PICTURE = 'Before.\n\n![A lab](lab.jpg "In *May*")\n\nAfter.'


def page(source: str, **options: object) -> str:
    return str(to_page(tokens(source), **options))  # type: ignore[arg-type]


def test_each_reference_leads_to_its_note_and_the_note_to_each_of_them() -> None:
    html = page(TWICE, notes=NOTES)
    assert re.findall(r'<a id="([^"]+)" href="#([^"]+)">', html) == [
        ("a-ref-1", "a-note-1"),
        ("a-ref-2", "a-note-2"),
        ("a-ref-1-2", "a-note-1"),
    ]
    notes = html.partition('<ol class="footnotes">')[2]
    assert re.findall(r'<li id="([^"]+)">|href="#([^"]+)"', notes) == [
        ("a-note-1", ""),
        ("", "a-ref-1"),
        ("", "a-ref-1-2"),
        ("a-note-2", ""),
        ("", "a-ref-2"),
    ]
    assert 'aria-label="Back"' in notes


def test_a_note_that_nothing_refers_to_leads_nowhere() -> None:
    html = page("Text.[^a]\n\n[^a]: Used.\n[^b]: Lonely.", notes=NOTES)
    assert re.search(r'<li id="a-note-2">Lonely\.</li>', html)


def test_without_notes_there_are_numbers_and_no_links() -> None:
    html = page(TWICE)
    assert "<sup>[1]</sup>" in html
    assert "<li>First.</li>" in html
    assert "href" not in html
    assert "id=" not in html


def test_a_picture_is_a_figure_with_its_caption() -> None:
    html = page(PICTURE, pictures={"lab.jpg": Markup("<img>")})
    assert "<figure><img>\n<figcaption>In <em>May</em></figcaption>\n</figure>" in html


def test_a_picture_that_is_not_shown_takes_its_caption_with_it() -> None:
    assert page(PICTURE) == page("Before.\n\nAfter.")
    left = without_pictures(tokens(PICTURE))
    assert to_text(left, 72) == "Before.\n\nAfter."


@pytest.mark.parametrize(("level", "expected"), [(2, ["h2", "h3"]), (4, ["h4", "h5"])])
def test_headings_have_the_levels_that_are_wanted(level: int, expected: list[str]) -> None:
    html = page("# One\n\n## Two", level=level)
    assert re.findall(r"<(h\d)>", html) == expected


def test_the_name_of_the_way_back_is_escaped() -> None:
    html = page(TWICE, notes=Notes("", '"><script>'))
    assert "<script>" not in html


@given(PROSE)
def test_without_notes_and_pictures_it_is_what_the_email_has(source: str) -> None:
    blocks = without_pictures(tokens(source))
    assert to_page(blocks, level=4) == to_html(blocks, {})


def test_a_link_that_shows_its_own_address_is_marked_for_style_sheets() -> None:
    source = "See https://one.test/ and <https://two.test/>, [three](https://three.test/) and a@four.test."
    html = page(source, marks_bare=True)
    bare = '<a class="bare" href="'
    assert re.findall(f'{bare}([^"]*)"', html) == [
        "https://one.test/",
        "https://two.test/",
        "mailto:a@four.test",
    ]
    assert html.replace(bare, '<a href="') == page(source)

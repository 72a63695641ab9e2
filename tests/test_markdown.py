"""Authors' Markdown: what is markup, what is text, and that nothing dangerous comes through."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from wcwidth import wcswidth

from newsletter.markdown import TAGS, faulty_links, to_html, to_line, to_text, tokens

STYLES = {"p": "margin:0", "a": "color:#000", "li": "margin:1px"}
PIECES = st.sampled_from(
    ["*", "**", "_", "~", "^", "[", "](", ")", "<", ">", "> ", "- ", "1. ", "0) ", "\n", "\n\n", "  \n", "\\", "&", "`",
     "&#10;", "&lt;", "&#xFDD0;", "#", "![", "|", '"', "'", " ", "word", "two words", "遺伝", "https://a.org/?b=c&d",
    "https://a.org/a-place-with-a-very-long-name/",
     "javascript:alert(1)", "JaVaScRiPt:", "data:text/html,x", "vbscript:x", "mailto:a@b.org", "<script>", "</p>",
     "<img src=x onerror=y>", "<b onclick=z>", "<https://a.org>", "<javascript:x>", "    ", "\t", '"title"']
)  # fmt: skip
SOURCES = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=100))


def html(source: str) -> str:
    return str(to_html(tokens(source), {}))


@settings(max_examples=400)
@given(SOURCES)
def test_whatever_is_written_only_allowed_tags_and_attributes_come_out(source: str) -> None:
    written = str(to_html(tokens(source), STYLES))
    parsed = lxml_html.fromstring(f"<div>{written}</div>")
    for element in parsed.iterdescendants():
        assert element.tag in TAGS
        assert set(element.keys()) <= {"href", "style", "start"}
        assert element.get("href", "https://").lower().startswith(("http://", "https://", "mailto:"))
        assert element.get("style") == STYLES.get(str(element.tag))


@settings(max_examples=300)
@given(SOURCES)
def test_the_html_and_the_text_say_the_same_words(source: str) -> None:
    blocks = tokens(source)
    shown = lxml_html.fromstring(f"<div>{to_html(blocks, {})}</div>").text_content()
    run = " ".join(to_line(block) for block in blocks if block.type == "inline")
    assert "".join(shown.split()).replace("\x00", "") == "".join(run.split()).replace("\x00", "")


@settings(max_examples=300)
@given(SOURCES, st.sampled_from([40, 72]))
def test_every_word_and_every_address_is_in_the_text(source: str, width: int) -> None:
    blocks = tokens(source)
    text = "".join(to_text(blocks, width).split())
    for element in lxml_html.fromstring(f"<div>{to_html(blocks, {})}</div>").iter("a"):
        assert "".join(element.get("href", "").removeprefix("mailto:").split()) in text
    for block in blocks:
        for token in block.children or ():
            assert all(word in text for word in token.content.split() if wcswidth(word) < width // 2 and word.isascii())


@settings(max_examples=300)
@given(SOURCES, st.sampled_from([40, 72]))
def test_lines_of_text_fit_unless_one_word_does_not(source: str, width: int) -> None:
    for line in to_text(tokens(source), width).split("\n"):
        assert line == line.rstrip()
        assert wcswidth(line) <= width or max(map(wcswidth, line.split())) > width // 2 - 2


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>\n"),
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>\n"),
        ("[a](https://b.org)", '<p><a href="https://b.org">a</a></p>\n'),
        ('[a](https://b.org "c")', '<p><a href="https://b.org">a</a></p>\n'),
        ("<https://b.org>", '<p><a href="https://b.org">https://b.org</a></p>\n'),
        ("[a](mailto:b@c.org)", '<p><a href="mailto:b@c.org">a</a></p>\n'),
        ("- a\n- b", "<ul><li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n4. b", '<ol start="3"><li>a</li>\n<li>b</li>\n</ol>\n'),
        ("> a", "<blockquote><p>a</p>\n</blockquote>\n"),
        ("H~2~O, m^2^", "<p>H<sub>2</sub>O, m<sup>2</sup></p>\n"),
        ("a  \nb", "<p>a<br>\nb</p>\n"),
        ("a\\*b\\*", "<p>a*b*</p>\n"),
    ],
)
def test_markup_becomes_html(source: str, expected: str) -> None:
    assert html(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "<b>bold</b>", "<script>alert(1)</script>", "# Heading", "`code`", "| a | b |", "---", "```",
        "[a](javascript:alert(1))", "[a](data:text/html,b)", "[a](/page)", "[a](ftp://b.org)", "[[first-name]]",
        "'single', \"double\", it's", "‘curly’ “double” – en — em...", "*not emphasis", "[a]: https://b.org", "a -- b",
    ],
)  # fmt: skip
def test_anything_else_appears_as_it_was_written(source: str) -> None:
    parsed = lxml_html.fromstring(f"<div>{html(source)}</div>")
    assert [element.tag for element in parsed.iterdescendants()] == ["p"]
    assert parsed.text_content().strip() == source
    assert to_text(tokens(source), 72) == source


def test_a_picture_is_not_shown() -> None:
    assert "<img" not in html("![alt](https://a.org/b.png)")


def test_indented_text_is_not_code() -> None:
    assert html("    four blanks") == "<p>four blanks</p>\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("one\n\ntwo", "one\n\ntwo"),
        ("*a* **b**", "a b"),
        ("AT&amp;T &lt;b&gt;", "AT&T <b>"),
        ("H~2~O, m^2^", "H2O, m^2"),
        ("a  \nb", "a\nb"),
        ("[a](https://b.org) c", "a [1] c\n\n[1] https://b.org"),
        ("[a](https://b.org/a-place-with-a-long-name)", "a [1]\n\n[1] https://b.org/a-place-with-a-long-name"),
        ("<https://b.org>", "https://b.org"),
        ("[b@c.org](mailto:b@c.org)", "b@c.org"),
        ("- a\n- b", "- a\n- b"),
        ("- a\n  - b\n- c", "- a\n  - b\n- c"),
        ("- a\n- b\n\nc", "- a\n- b\n\nc"),
        ("a\n\n- b\n\n  c\n- d", "a\n\n- b\n\n  c\n\n- d"),
        ("0. a\n1. b", "0. a\n1. b"),
        ("9. a\n10. b\n    c", "9. a\n10. b c"),
        ("> a\n>\n> b\n\nc", "> a\n>\n> b\n\nc"),
        ("a\n\n> b", "a\n\n> b"),
        ("- > a", "- > a"),
    ],
)
def test_markup_becomes_text(source: str, expected: str) -> None:
    assert to_text(tokens(source), 72) == expected


def test_lists_and_quotations_keep_their_form_when_wrapped() -> None:
    assert to_text(tokens("> aaaa bbbb\n\n- cccc dddd"), 8) == "> aaaa\n> bbbb\n\n- cccc\n  dddd"


def test_an_entity_cannot_break_a_line_or_make_a_merge_tag() -> None:
    blocks = tokens("a&#10;b&#13;c &#xFDD0;first-name&#xFDD1;")
    line = to_line(blocks[1])
    assert line.startswith("a b c")
    assert not set("\n\r\ufdd0\ufdd1") & set(line + str(to_html(blocks, {})).rstrip())


@pytest.mark.parametrize(
    "piece",
    [">", "*", "[", "_", "~", "^", "![", "[[](", "<", "`", "- ", "1. ", "> - ", "**a ", "*a_ ", "~a", "[a](", "]("],
)
def test_ten_thousand_openings_take_bounded_time(piece: str) -> None:
    start = time.process_time()
    blocks = tokens(piece * 10_000)
    assert str(to_html(blocks, STYLES))
    assert to_text(blocks, 40)
    assert time.process_time() - start < 10


@pytest.mark.parametrize("piece", ["> ", "- ", "1. ", "> - "])
def test_text_that_is_nested_too_deep_is_still_there(piece: str) -> None:
    blocks = tokens(piece * 500 + "the end")
    assert "the end" in to_html(blocks, {})
    assert "the end" in to_text(blocks, 72)
    assert max(map(len, to_text(blocks, 40).split("\n"))) <= 40


def test_one_text_can_be_shown_in_two_styles() -> None:
    blocks = tokens("a")
    assert str(to_html(blocks, {"p": "x"})) == '<p style="x">a</p>\n'
    assert str(to_html(blocks, {"p": "y"})) == '<p style="y">a</p>\n'


def test_links_that_are_refused_have_their_lines() -> None:
    source = "fine [a](https://a.org)\n\n[b](javascript:x) [c](/page)"
    assert [(fault.line, fault.written, fault.right) for fault in faulty_links(source)] == [
        (2, "javascript:x", None),
        (2, "/page", None),
    ]


def test_a_link_to_a_host_that_there_cannot_be_is_refused() -> None:
    assert [fault.written for fault in faulty_links("[x](https://[v:]/a)")] == ["https://[v:]/a"]
    assert "<a" not in to_html(tokens("[x](https://[v:]/a)"), {})

"""Authors' Markdown: what is markup, what is text, and that nothing dangerous comes through."""

from __future__ import annotations

import re
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from wcwidth import wcswidth

from newsletter.text.markdown import TAGS, faulty_links, to_html, to_line, to_text, tokens, unread
from newsletter.text.markdown.links import _faults

STYLES = {"p": "margin:0", "a": "color:#000", "li": "margin:1px"}
PIECES = st.sampled_from(
    ["*", "**", "_", "~", "~~", "^", "[", "](", ")", "<", ">", "> ", "- ", "1. ", "0) ", "1984. ", "## ", "`",
     "\n", "\n\n", "  \n", "\\", "&", "[^a]", "\n\n[^a]: ", "\n\n[a]: ", "<!--", "-->",
     "&#10;", "&lt;", "&#xFDD0;", "#", "![", "|", '"', "'", " ", "word", "two words", "遺伝",
     "https://a.org/?b=c&d", "https://a.org/a-place-with-a-very-long-name/", "www.a.org", "a@b.org",
     "javascript:alert(1)", "JaVaScRiPt:", "data:text/html,x", "vbscript:x", "mailto:a@b.org", "<script>", "</p>",
     "<img src=x onerror=y>", "<b onclick=z>", "<https://a.org>", "<javascript:x>", "    ", "\t", '"title"']
)  # fmt: skip
SOURCES = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=100))


def html(source: str) -> str:
    return str(to_html(tokens(source), {}))


@settings(max_examples=400, deadline=None)
@given(SOURCES)
def test_whatever_is_written_only_allowed_tags_and_attributes_come_out(source: str) -> None:
    written = str(to_html(tokens(source), STYLES))
    parsed = lxml_html.fromstring(f"<div>{written}</div>")
    for element in parsed.iterdescendants():
        assert element.tag in TAGS
        assert set(element.keys()) <= {"href", "style", "start", "value"}
        assert (
            element.get("href", "https://").lower().startswith(("http://", "https://", "mailto:"))
        )
        assert element.get("style") == STYLES.get(str(element.tag))


@settings(max_examples=300, deadline=None)
@given(SOURCES)
def test_the_html_and_the_text_say_the_same_words(source: str) -> None:
    blocks = tokens(source)
    shown = lxml_html.fromstring(f"<div>{to_html(blocks, {})}</div>").text_content()
    run = " ".join(to_line(block) for block in blocks if block.type == "inline")
    shown = re.sub(r"\[\d+\]", "", shown) if "[^" in source else shown  # numbers of footnotes
    assert "".join(shown.split()).replace("\x00", "") == "".join(run.split()).replace("\x00", "")


@settings(max_examples=300, deadline=None)
@given(SOURCES, st.sampled_from([40, 72]))
def test_every_word_and_every_address_is_in_the_text(source: str, width: int) -> None:
    blocks = tokens(source)
    text = "".join(to_text(blocks, width).split())
    for element in lxml_html.fromstring(f"<div>{to_html(blocks, {})}</div>").iter("a"):
        address = re.sub(r"^(mailto:|https://(?=www\.))", "", element.get("href", ""))
        assert "".join(address.split()) in text
    for block in blocks:
        for token in block.children or ():
            assert all(
                word in text
                for word in token.content.split()
                if wcswidth(word) < width // 2 and word.isascii()
            )


@settings(max_examples=300, deadline=None)
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
        (
            "[a <https://b.org>](https://c.org)",
            '<p><a href="https://c.org">a https://b.org</a></p>\n',
        ),
        ("[a](mailto:b@c.org)", '<p><a href="mailto:b@c.org">a</a></p>\n'),
        ("- a\n- b", "<ul><li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n4. b", '<ol start="3"><li>a</li>\n<li>b</li>\n</ol>\n'),
        ("> a", "<blockquote><p>a</p>\n</blockquote>\n"),
        ("H~2~O, m^2^", "<p>H<sub>2</sub>O, m<sup>2</sup></p>\n"),
        ("a  \nb", "<p>a<br>\nb</p>\n"),
        ("a\\*b\\*", "<p>a*b*</p>\n"),
        ("a\\\nb", "<p>a<br>\nb</p>\n"),
        ("## Head *x*\nmore", "<h4>Head <em>x</em></h4>\n<p>more</p>\n"),
        ("`a < b` and `` ` ``", "<p><code>a &lt; b</code> and <code>`</code></p>\n"),
        ("~~a~~ b", "<p><s>a</s> b</p>\n"),
        (
            "^13^C, CH~3~CH~2~OH, x~i~",
            "<p><sup>13</sup>C, CH<sub>3</sub>CH<sub>2</sub>OH, x<sub>i</sub></p>\n",
        ),
        (
            "漢字*強調*漢字 한국어**강조**는",
            "<p>漢字<em>強調</em>漢字 한국어<strong>강조</strong>는</p>\n",
        ),
        ("a[^1].\n\n[^1]: b *c*", "<p>a<sup>[1]</sup>.</p>\n<ol><li>b <em>c</em></li>\n</ol>\n"),
        (
            "[a][1], [b]\n\n[1]: https://a.org\n[b]: https://b.org",
            '<p><a href="https://a.org">a</a>, <a href="https://b.org">b</a></p>\n',
        ),
        ("a <!-- b --> c", "<p>a  c</p>\n"),
        ("a\n\n<!-- b\n\nc -->\n\nd", "<p>a</p>\n<p>d</p>\n"),
        ("a <!-- b\n\nc --> d", "<p>a</p>\n<p>d</p>\n"),
        ("`<!-- a -->`", "<p><code>&lt;!-- a --&gt;</code></p>\n"),
        (
            "3. a\n2. b\n1. c",
            '<ol start="3"><li>a</li>\n<li value="2">b</li>\n<li value="1">c</li>\n</ol>\n',
        ),
        ("1. a\n1. b", "<ol><li>a</li>\n<li>b</li>\n</ol>\n"),
        ("1. May be\n2. not", "<ol><li>May be</li>\n<li>not</li>\n</ol>\n"),
        ("99. a", '<ol start="99"><li>a</li>\n</ol>\n'),
    ],
)
def test_markup_becomes_html(source: str, expected: str) -> None:
    assert html(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "<b>bold</b>", "<script>alert(1)</script>", "#Heading", "`code", "| a | b |", "---", "```", "***", "* * *",
        "##",
        "[a](javascript:alert(1))", "[a](data:text/html,b)", "[a](/page)", "[a](ftp://b.org)", "[a]()", "[a]( )", "[[first-name]]",
        "'single', \"double\", it's", "‘curly’ “double” – en — em...", "*not emphasis", "[a]: b.org", "a -- b",
        "CYP2C19*2 and CYP2C19*3", "2*3*4", "*|NAME|*",
        "a_b_c and __x__y", "HLA-B*57:01/HLA-B*58:01", "so~~called~~ones",
        "~10%/~20%", "~5 to ~10", "5~10/6~12", "x^2+y^2=z^2", "e^x+e^y", "1984. That was the year",
        "14. August 2017 was a Monday", "3. März: it rained", "5. May 2020 was a Tuesday", "100. The last one",
        ">50% of them", "see ![alt](pic.jpg)", "Phys.org and node.js", "x@y", "[^1] has no note", "a | b",
    ],
)  # fmt: skip
def test_anything_else_appears_as_it_was_written(source: str) -> None:
    parsed = lxml_html.fromstring(f"<div>{html(source)}</div>")
    assert [element.tag for element in parsed.iterdescendants()] == ["p"]
    assert parsed.text_content().strip() == source
    assert to_text(tokens(source), 72) == source


def test_a_picture_is_shown_as_it_was_written() -> None:
    written = html("See ![alt](https://a.org/b.png)")
    assert "<img" not in written
    assert lxml_html.fromstring(written).text_content().strip() == "See ![alt](https://a.org/b.png)"


def test_indented_text_is_not_code() -> None:
    assert html("    four spaces") == "<p>four spaces</p>\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("one\n\ntwo", "one\n\ntwo"),
        ("*a* **b**", "a b"),
        ("AT&amp;T &lt;b&gt;", "AT&T <b>"),
        ("H~2~O, m^2^", "H2O, m^2"),
        ("a  \nb", "a\nb"),
        ("[a](https://b.org) c", "a [1] c\n\n[1] https://b.org"),
        (
            "a [2-3] [b](https://b.org) [c](https://c.org)",
            "a [2-3] b [1] c [4]\n\n[1] https://b.org\n[4] https://c.org",
        ),
        ("[a](https://b.org) [1,2]", "a [3] [1,2]\n\n[3] https://b.org"),
        (
            "[a](https://b.org/a-place-with-a-long-name)",
            "a [1]\n\n[1] https://b.org/a-place-with-a-long-name",
        ),
        ("<https://b.org>", "https://b.org"),
        ("[b@c.org](mailto:b@c.org)", "b@c.org"),
        ("- a\n- b", "- a\n- b"),
        ("- a\n  - b\n- c", "- a\n  - b\n- c"),
        ("- a\n- b\n\nc", "- a\n- b\n\nc"),
        ("a\n\n- b\n\n  c\n- d", "a\n\n- b\n\n  c\n\n- d"),
        ("0. a\n1. b", "0. a\n1. b"),
        ("9. a\n10. b\n    c", " 9. a\n10. b c"),
        ("- 9. a\n  10. b", "-  9. a\n  10. b"),
        ("3. a\n1. b", "3. a\n1. b"),
        ("## Head\nmore", "Head\n\nmore"),
        ("`a` ~~b~~ c", "a ~~b~~ c"),
        ("a[^x], b [^x]\n\n[^x]: one\n\n    two", "a (1), b (1)\n\n(1) one\n\n    two"),
        ("www.b.org", "www.b.org"),
        ("[b.org](https://b.org)", "b.org [1]\n\n[1] https://b.org"),
        ("Write to b@c.org.", "Write to b@c.org."),
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


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "piece",
    [">", "*", "[", "_", "~", "^", "![", "[[](", "<", "`", "- ", "1. ", "> - ", "**a ", "*a_ ", "~a", "[a](", "](",
     "<!--", "--> <!--", "<!-- -->", "`a ``b ", "~~a ", "^a ", "www.a.org ", "a@b.org ", "https://a.org ",
     "[a](https://b c ", "[^a] ", "[^a]\n\n[^a]: b\n\n", "[a]: https://b.org\n", "1. a\n\nb\n\n", "## a\n", "a [",
     "[a ", "![a](b", "\\", "| a | b\n|--|--|\n", "a | b\n",
     "![a](b)\n", "![a](", '![a](b "c', "![](\\](", "|"],
)  # fmt: skip
def test_thousands_of_openings_take_bounded_time(piece: str, tries_everything: bool) -> None:
    count, seconds = (10_000, 10) if tries_everything else (3_000, 3)
    tracer = sys.gettrace()
    sys.settrace(None)  # coverage would take four fifths of the time
    try:
        start = time.process_time()
        blocks = tokens(piece * count)
        to_html(blocks, STYLES)
        to_text(blocks, 40)
        list(faulty_links(piece * count))
        assert time.process_time() - start < seconds
    finally:
        sys.settrace(tracer)


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


@pytest.mark.parametrize(
    ("source", "address", "text"),
    [
        ("See https://a.org/page_2.", "https://a.org/page_2", "https://a.org/page_2"),
        ("(at http://a.org/b_(c))", "http://a.org/b_(c)", "http://a.org/b_(c)"),
        ("At https://a.org/b_2., or", "https://a.org/b_2", "https://a.org/b_2"),
        ("at www.genes.science/?b=c&d=e;", "https://www.genes.science/?b=c&d=e", "www.genes.science/?b=c&d=e"),
        ("<ann.b@genes.museum>", "mailto:ann.b@genes.museum", "ann.b@genes.museum"),
        ("at www.a.org/~b, or", "https://www.a.org/~b", "www.a.org/~b"),
        ("Mail:b@a.org!", "mailto:b@a.org", "b@a.org"),
        ("“https://a.org/b”", "https://a.org/b", "https://a.org/b"),
        ("「https://a.jp/b」です", "https://a.jp/b", "https://a.jp/b"),
        ("**https://a.org/b**", "https://a.org/b", "https://a.org/b"),
        ("_https://a.org/b_", "https://a.org/b", "https://a.org/b"),
        ("https://web.archive.org/web/2012/https://a.org/.", "https://web.archive.org/web/2012/https://a.org/",
         "https://web.archive.org/web/2012/https://a.org/"),
        ("https://a.org/b%20c", "https://a.org/b%20c", "https://a.org/b%20c"),
    ],
)  # fmt: skip
def test_a_bare_address_is_a_link_without_the_sentence_around_it(
    source: str, address: str, text: str
) -> None:
    (link,) = lxml_html.fromstring(f"<div>{html(source)}</div>").iter("a")
    assert (link.get("href"), link.text_content()) == (address, text)
    whole = lxml_html.fromstring(f"<div>{html(source)}</div>").text_content().strip()
    assert whole == source.strip("*_<>")


def test_no_address_is_a_link_in_code_or_twice() -> None:
    assert html("`https://a.org`").count("<a") == 0
    assert html("[https://a.org](https://b.org)").count("<a") == 1


@pytest.mark.parametrize(
    "source",
    ["[^1]: - [^1]: note", "[^1]: > [^2]: note\n\nEnd.", "[^1]: [^2]: https://a.org", "So[^1].\n\n[^1]: One.\n    [^2]: Two.\n\n    Rest."],
)  # fmt: skip
def test_a_footnote_within_a_footnote_is_text(source: str) -> None:
    shown = to_html(tokens(source), {}).striptags()
    for word in re.findall("[A-Za-z]+", source):
        assert word in shown


def test_a_footnote_that_is_not_referred_to_or_doubled_is_shown_all_the_same() -> None:
    text = to_text(tokens("a[^1]\n\n[^1]: first\n\n[^1]: second\n\n[^2]: third"), 72)
    assert [word in text for word in ("first", "second", "third")] == [True, True, True]


def test_addresses_that_no_link_uses_are_known() -> None:
    blocks = tokens("[a] and [b][c]\n\n[a]: https://a.org\n[c]: https://c.org\n[d]: https://d.org")
    assert blocks.unused_references == ("https://d.org",)


def test_what_was_not_read_is_kept_apart_from_what_was_meant() -> None:
    (inline,) = [
        block
        for block in tokens("**a `**b` \\*\\* https://a.org/x**y\nc")
        if block.type == "inline"
    ]
    assert unread(inline).count("**") == 1
    assert len(unread(inline)) == len(to_line(inline))
    assert "\n" in unread(inline)


@pytest.mark.parametrize(
    ("source", "written", "right"),
    [
        ("the [first report](https://a.org/first report.pdf) of", "[first report](https://a.org/first report.pdf)",
         "[first report](https://a.org/first%20report.pdf)"),
        ("[write](mailto:b@a.org?subject=My seven long words for you all)",
         "[write](mailto:b@a.org?subject=My seven long words for you all)",
         "[write](mailto:b@a.org?subject=My%20seven%20long%20words%20for%20you%20all)"),
        ("see [the page] (https://a.org/b).", "[the page] (https://a.org/b)", "[the page](https://a.org/b)"),
        ("see [the page](https://a.org/b, which says more", "[the page](https://a.org/b", "[the page](https://a.org/b)"),
        ("[a](https://a.org/b_(c) and (d)", "[a](https://a.org/b_(c)", "[a](https://a.org/b_(c))"),
        ("see [the page](), which says more", "[the page]()", "[the page](https://…)"),
        ("(the page)[https://a.org/b]", "(the page)[https://a.org/b]", "[the page](https://a.org/b)"),
        ("https://doi.org/10.1002/(SICI)1-2<3::AID-X4>3.0.CO;2-Z", "https://doi.org/10.1002/(SICI)1-2<3::AID-X4>3.0.CO;2-Z",
         "https://doi.org/10.1002/(SICI)1-2%3C3::AID-X4%3E3.0.CO;2-Z"),
    ],
)  # fmt: skip
def test_what_is_nearly_a_link_is_found_with_what_is_right(
    source: str, written: str, right: str
) -> None:
    found = [
        (fault.line, fault.written, fault.right) for fault in faulty_links(f"Words.\n\n{source}")
    ]
    assert found == [(2, written, right)]
    assert list(faulty_links(right)) == []
    assert "<a " in html(right)


@pytest.mark.parametrize(
    "source",
    [
        "[a](https://a.org/b_(c)) and [d]( https://a.org ) and [e](<https://a.org/f g>)",
        '[a](https://a.org "a title") and [b][c]\n\n[c]: https://a.org',
        "[1] (https://a.org/b), […] (see https://a.org) and [sic] (see p. 5)",
        "`[a](https://a.org/b c)`",
        "\\[a\\](https://a.org/b c)",
        "f(x)[0], [a, b) and (c, d]",
        "![a](https://a.org/b c.png)",
        "https://a.org/b<br>c and https://a.org/<id>",
    ],
)
def test_these_are_links_or_were_not_meant_to_be(source: str) -> None:
    assert list(faulty_links(source)) == []


def test_links_that_are_refused_have_their_lines() -> None:
    source = "fine [a](https://a.org)\n\n[b](javascript:x) [c](/page)"
    assert [(fault.line, fault.written, fault.right) for fault in faulty_links(source)] == [
        (2, "javascript:x", None),
        (2, "/page", None),
    ]


def test_a_link_to_a_host_that_cannot_exist_is_refused() -> None:
    assert [fault.written for fault in faulty_links("[x](https://[v:]/a)")] == ["https://[v:]/a"]
    assert "<a" not in to_html(tokens("[x](https://[v:]/a)"), {})


@settings(max_examples=500, deadline=None)
@given(
    st.lists(PIECES | st.sampled_from(["[a](ftp:x)", "[a]: ftp:x\n\n", "(a)[https://b.org]"])).map(
        "".join
    )
)
def test_a_text_is_read_a_second_time_only_where_it_may_have_a_faulty_link(source: str) -> None:
    assert list(faulty_links(source)) == list(_faults(source))

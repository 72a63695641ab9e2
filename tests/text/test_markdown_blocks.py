"""Headings, tables and pictures in Markdown."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from newsletter.text.markdown import (
    Picture,
    faulty_links,
    links,
    pictures,
    running_text,
    to_html,
    to_text,
    tokens,
)


def html(source: str) -> str:
    return str(to_html(tokens(source), {}))


def text(source: str, width: int = 72) -> str:
    return to_text(tokens(source), width, "[Picture: {text}]")


@pytest.mark.parametrize(
    ("levels", "tags"),
    [
        ([1], "4"), ([2], "4"), ([6], "4"), ([2, 3, 2], "454"), ([1, 2, 3], "455"), ([3, 2, 3], "445"),
        ([4, 3, 2, 3, 2], "44454"), ([2, 4, 3], "455"),
    ],
)  # fmt: skip
def test_headings_have_two_levels_and_skip_none(levels: list[int], tags: str) -> None:
    source = "\n".join(f"{'#' * level} Head" for level in levels)
    assert html(source) == "".join(f"<h{tag}>Head</h{tag}>\n" for tag in tags)


def test_a_heading_has_the_style_of_its_level_in_the_text() -> None:
    blocks = tokens("# One\n## Two")
    written = to_html(blocks, {"h4": "a", "h5": "b", "h2": "c"}, level=2)
    assert written == '<h2 style="a">One</h2>\n<h3 style="b">Two</h3>\n'


def test_a_heading_is_a_paragraph_of_the_text_part() -> None:
    assert text("## One *two*\nThree\n### Four\n- five") == "One two\n\nThree\n\nFour\n\n- five"


@pytest.mark.parametrize("source", ["#", "## ##", "#word", "####### seven", "\\## Head"])
def test_what_is_no_heading(source: str) -> None:
    assert "<h" not in html(source)


TABLE = """\
| Clinic | Cycles | Births |
|:-------|:------:|-------:|
| Leeds  | 80     | 29%    |
| York   | 1,204  | *31%*  |
"""


def test_each_row_of_a_table_is_a_line_with_the_names_of_its_columns() -> None:
    assert html(TABLE) == (
        "<ul><li>Clinic: <strong>Leeds</strong>; Cycles: 80; Births: 29%</li>\n"
        "<li>Clinic: <strong>York</strong>; Cycles: 1,204; Births: <em>31%</em></li>\n</ul>\n"
    )
    assert text(f"See:\n\n{TABLE}\nMore.") == (
        "See:\n\n- Clinic: Leeds; Cycles: 80; Births: 29%\n"
        "- Clinic: York; Cycles: 1,204; Births: 31%\n\nMore."
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("a | b\n--|--\nc | d", "- a: c; b: d"),
        ("|  | b |\n|--|--|\n| c | d |", "- c; b: d"),
        ("| a | b |\n|--|--|\n| c |  |\n|  | d |", "- a: c\n- b: d"),
        ("| a |\n|--|\n| c | d | e |", "- a: c; d; e"),
        ("| a | b |\n|--|--|\n| c |", "- a: c"),
        ("| a | b |\n|--|--|\n| c \\| d | `e\\|f` |", "- a: c | d; b: e|f"),
        ("| Who? | When: |\n|--|--|\n| Ann. | now |", "- Who? Ann. When: now"),
        ("| a | b |\n|--|--|", "- a; b"),
        ("| a | b |\n|--|--|\n||\n| c | d |", "- a: c; b: d"),
        ("> | a |\n> |--|\n> | b |", "> - a: b"),
        ("- | a |\n  |--|\n  | b |", "- - a: b"),
        ("| a | b |\n|--|--|\n| c | d |\nNo row.", "- a: c; b: d\n\nNo row."),
        ("Words.\n| a |\n|--|\n| b |", "Words.\n\n- a: b"),
    ],
)
def test_tables_of_all_sorts(rows: str, expected: str) -> None:
    assert text(rows) == expected


@pytest.mark.parametrize(
    "source", ["a | b", "a | b\n\n--|--", "a | b\n- | -", "a\n---", "| a | b |\n|--|", "a \\| b\n--|--"]
)  # fmt: skip
def test_what_is_no_table(source: str) -> None:
    assert "<strong>" not in html(source)
    assert "a" in text(source)


def test_links_and_footnotes_work_in_a_table_and_faults_are_found_in_it() -> None:
    source = "| a |\n|--|\n| [b](https://c.org)[^1] |\n| [d](e.html) |\n\n[^1]: Note."
    assert list(links(source)) == ["https://c.org"]
    assert "(1)" in text(source)
    (fault,) = faulty_links(source)
    assert (fault.line, fault.written) == (3, "e.html")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("![A lab](images/lab.jpg)", Picture("images/lab.jpg", "A lab", "")),
        ("![](a.png)", Picture("a.png", "", "")),
        ("  ![ A lab ]( a.png )  ", Picture("a.png", " A lab ", "")),
        ('![A lab](a.png "The *lab* in 2012")', Picture("a.png", "A lab", "The *lab* in 2012")),
        ("![A lab](a.png 'The lab')", Picture("a.png", "A lab", "The lab")),
        ("![A lab](a.png “The lab”)", Picture("a.png", "A lab", "The lab")),
        ('![a](a.png "The "new" [lab](https://b.org/c)")', Picture("a.png", "a", 'The "new" [lab](https://b.org/c)')),
        ('![a](a.png ":-)")', Picture("a.png", "a", ":-)")),
        ("![a](images/my lab (2).jpg)", Picture("images/my lab (2).jpg", "a", "")),
        ('![a](<my lab.jpg> "b")', Picture("my lab.jpg", "a", "b")),
        ("![a](https://b.org/c_(d).png?e=f)", Picture("https://b.org/c_(d).png?e=f", "a", "")),
        ("![a [b] c](d.png)", Picture("d.png", "a [b] c", "")),
        ("![a \\[b\\](c) &amp; \\*](d.png)", Picture("d.png", "a [b](c) & *", "")),
    ],
)  # fmt: skip
def test_a_picture_is_a_line_of_its_own(line: str, expected: Picture) -> None:
    assert list(pictures(f"Before\n{line}\nafter")) == [expected._replace(line=1)]
    assert text(f"Before\n{line}\nafter").startswith("Before\n\n")


@pytest.mark.parametrize(
    "source",
    [
        "See ![a](b.png)", "![a](b.png) there", "![a](b.png) (photo: c)", "![a](b.png) ![c](d.png)",
        "[![a](b.png)](https://c.org)", "![a][b]\n\n[b]: c.png", "![a]()", "\\![a](b.png)",
        "- ![a](b.png)", "- c\n  ![a](b.png)", "> ![a](b.png)", "[^1]\n\n[^1]: ![a](b.png)", "## ![a](b.png)",
        "| ![a](b.png) |\n|--|", "`![a](b.png)`", "<!--\n![a](b.png)\n-->", "![a](b.png\n\"c\")",
    ],
)  # fmt: skip
def test_what_is_no_picture(source: str) -> None:
    assert list(pictures(source)) == []


def test_a_picture_ends_a_list_and_a_quotation_unless_it_is_within() -> None:
    assert (
        html("- a\n![b](c.png)") == '<ul><li>a</li>\n</ul>\n<div><img src="c.png" alt="b"></div>\n'
    )
    assert html("> a\n![b](c.png)").startswith("<blockquote><p>a</p>\n</blockquote>\n<div><img")


class Shown(NamedTuple):
    address: str = "https://p.org/lab-1.jpg"
    width: int = 576
    height: int | None = 384


def test_a_picture_is_shown_as_it_was_prepared() -> None:
    blocks = tokens('![A "lab"](lab.jpg "The *lab*")')
    styles = {"img": "display:block", "figure": "margin:0", "figcaption": "color:red"}
    assert to_html(blocks, styles, pictures={"lab.jpg": Shown()}) == (
        '<div style="margin:0"><img src="https://p.org/lab-1.jpg" alt="A &quot;lab&quot;" width="576" height="384" '
        'style="width:576px;display:block"><p style="color:red">The <em>lab</em></p>\n</div>\n'
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('![A lab](a.png "The [lab](https://b.org)")', "[Picture: A lab ·\u00a0The lab [1]]\n\n[1] https://b.org"),
        ("![A lab](a.png)\n![](b.png)\n![](c.png 'Dr X')", "[Picture: A lab]\n\n[Picture: Dr X]"),
        ("![](a.png)", ""),
        ("a\n\n![](b.png)\n\nc", "a\n\nc"),
    ],
)  # fmt: skip
def test_the_text_part_says_what_a_picture_shows(source: str, expected: str) -> None:
    assert text(source) == expected


def test_running_text_is_without_what_is_apart_from_it() -> None:
    source = f'# A\n\nb[^1]\n\n{TABLE}\n![c](d.png "e")\n\n- f\n\n[^1]: g'
    assert to_text(running_text(tokens(source)), 72) == "b\n\n- f"

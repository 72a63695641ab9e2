"""leftover-markup: what readers would see as raw characters."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom

FINE = """
a < b, p<0.05, p < .001 and x > y
women <20 weeks pregnant, or >40 years old
HLA-B*57:01 and CYP2C19*2/*17, the *1/*1 genotype, 5 * 3 = 15
C:\\x and \\\\server\\share
either|or, | alone, |x| < 1 and #1, #IVF and C#
~10%, ~5 to ~10, ~10%/~20% and 5~10
a f**k, an s**t and a b****y
five stars: ***** or *** in the paper
an arrow --> there, and <-- here, <3 and <name> <address>
a dash -- or --- two, an underline ___ and snake_case_names, __init__ too
see [1] and [2][3], [sic], (a) [b] and [[1]]
x^2 + y^2 = z^2 and 10^5^, H~2~O
`<br>`, `**x**`, `| a |` and `~~~` are code, and \\*\\*these\\*\\* were meant, and so was \\<br>
«•» and a • between, 3 · 5
What? ~~~ That.
`the` *CYP3A5\\*3* allele, or *CYP3A5*\\*3, *p* and *q*
the address https://www.example.org/a**b/~~c/__d__?x=|
a note* at the end, and 3 *x
a test for £12** at home, 1,200** in all
the years 2019** and 2020**, or £12k** each
what is in C:\\reads\\run*one*two.txt, or in d:\\gene*all*\\*new*x
1. one
"""


@pytest.mark.parametrize("line", FINE.strip().split("\n"))
def test_this_is_what_people_write(newsroom: Newsroom, line: str) -> None:
    item = {
        "title": "A story",
        "body": f"They wrote of {line} in the journal.",
        "teaser": f"They wrote of {line}...",
    }
    assert newsroom.item(**item).told("leftover-markup") == []


@pytest.mark.parametrize(
    "line",
    [
        line
        for line in FINE.strip().split("\n")
        if "`" not in line and "~2~" not in line and "__" not in line
    ],
)
def test_so_it_is_in_plain_fields(newsroom: Newsroom, line: str) -> None:
    assert newsroom.issue(preheader=f"They wrote of {line} there").told("leftover-markup") == []


def test_a_mark_and_its_note_are_not_bold(newsroom: Newsroom) -> None:
    body = "The test costs £50** at all clinics.\n\n**Prices in the north may differ."
    assert newsroom.item(title="A story", body=body).told("leftover-markup") == []


@pytest.mark.parametrize(
    ("body", "severity", "shown", "hint"),
    [
        ("Of <I>Drosophila</I> only", "error", "'<I>'", "*words*"),
        ("one line<br/>another", "error", "'<br/>'", "backslash"),
        ('a <span style="color: red">red</span> line', "error", "'<span style=", "Delete it"),
        (
            'at <a href="https://www.example.org/a">this page</a>',
            "error",
            "'<a href=",
            "[words]",
        ),
        ("CO<sub>2</sub>", "error", "'<sub>'", "H~2~O"),
        ("<p>words</p>", "error", "'<p>'", "empty line"),
        ("see ![a cell](cell.png)", "error", "'![a cell](", "on a line of its own"),
        ("- a list\n\n  ![a cell](cell.png)", "error", "'![a cell](", "not in a list"),
        ("| a | b |\n| c | d |", "error", "'| a | b |", "the names of its columns"),
        ("| a | b |\n|---|", "error", "'| a | b | |---|'", "write --- for each"),
        ('<img src="cell.png">', "error", "'<img src=", "![what it shows](images/lab.jpg)"),
        ("<table>", "error", "'<table>'", "| Leeds | 80 |"),
        ("| a |\n|---|\n| <b>b</b> |", "error", "'<b>'", "**words**"),
        ("words <!-- without an end", "error", "'<!--'", "-->"),
        ("```\ncode\n```", "error", "'```'", "backticks"),
        ("A heading\n=========\n\nwords", "error", "'A heading", "##"),
        ("one\n\n---\n\ntwo", "warning", "'---'", "dividing line"),
        ("one\n\n* * *\n\ntwo", "warning", "'* * *'", "dividing line"),
        ("• one\n• two", "warning", "'• one'", "'- '"),
        ("##No space", "warning", "'##No space'", "space"),
        ("**Not closed", "warning", "'**'", "bold"),
        ("a **B**ook", "warning", "'**'", "bold"),
        ("not opened** there", "warning", "'**'", "bold"),
        ("not **closed, for £12** there**", "warning", "'**'", "bold"),
        (r"in C:\reads, the run*one*two", "warning", "'un*one*tw'", "whole word"),
        ("~~not closed", "warning", "'~~'", "strike"),
        ("the *HOX*es", "warning", "'*HOX*es'", "whole word"),
        ("it says so[^note].", "warning", "'[^note]'", "paragraph"),
        ("it says so^[In a note.]", "warning", "'^[In a note.]'", "[^1]"),
        ("so [it says][there]", "warning", "'[it says][there]'", "where it leads"),
        (
            "words\n\n[there]: https://www.example.org/there",
            "warning",
            "'https://www.example.org/there'",
            "[words][name]",
        ),
    ],
)
def test_what_is_left_is_found(
    newsroom: Newsroom, body: str, severity: str, shown: str, hint: str
) -> None:
    findings = newsroom.item(title="A story", body=f"Words.\n\n{body}").findings("leftover-markup")
    assert [finding.severity for finding in findings] == [severity], findings
    assert shown in findings[0].problem.message
    assert hint in f"{findings[0].problem.message} {findings[0].problem.hint}"


def test_it_is_found_at_its_line(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n"
        "      - title: A story\n        url: https://www.bionews.org.uk/page_1\n        teaser: |\n"
        "          A <b>first</b> word.\n\n          A second.\n\n          A <b>third</b> one.\n"
        "      - file: story.md\n",
    )
    newsroom.write(
        "issues/700/story.md",
        "---\ntitle: Another\n---\n\nOne\ntwo <br>\nthree\n\nfour ![x](y.png)\n",
    )
    assert [finding.place for finding in newsroom.told("leftover-markup")] == [
        "issues/700/issue.yaml:9",
        "issues/700/issue.yaml:13",
        "issues/700/story.md:6",
        "issues/700/story.md:9",
    ]


def test_it_looks_at_every_text_that_readers_see(newsroom: Newsroom) -> None:
    newsroom.publication(tagline="News & <b>views</b>", why="You asked<br>for it.")
    newsroom.issue(
        subject="All <i>about</i> cells", preheader="Cells<br>and more", welcome="Hello<br>there."
    )
    picture = {
        "src": "https://a.org/b.png",
        "alt": "A <u>cell</u>",
        "caption": "<b>Cells</b>",
        "credit": "<a>B</a>",
    }
    newsroom.item(
        title="<u>A</u> story", authors=["<b>Ann</b>"], teaser="Of <i>it</i>...", picture=picture
    )
    assert len(newsroom.told("leftover-markup")) == 11


def test_the_theme_is_not_blamed_for_an_authors_link(newsroom: Newsroom) -> None:
    link = '<a href="https://www.gov.uk/a-place-with-a-very-long-name/and-another-name">the page of the committee</a>'
    newsroom.item(
        title="A story",
        url="https://www.bionews.org.uk/page_1",
        teaser=f"A committee has {link} now...",
    )
    assert {finding.check for finding in newsroom.findings() if finding.severity == "error"} == {
        "leftover-markup"
    }

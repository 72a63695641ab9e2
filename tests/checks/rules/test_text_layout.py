"""text-layout: lines that could be broken, and HTML that was left in."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom

PLACE = "templates/bionews/email.txt.j2"
LONG = "https://www.bionews.org.uk/" + "long/" * 20


@pytest.mark.parametrize(
    "text",
    [
        *(
            LONG,
            f"[1] {LONG}",
            f"  {LONG}",
            f"> > {LONG}",
            f"> - {LONG} ",
            f"1. {LONG} and more",
            "x" * 200,
        ),
        *(
            "one two " * 9,
            "gene " * 15 + "gen ",
            "字" * 39,
            "字" * 60,
            "one\xa0two" * 20,
            "-" * 78,
            "e\u0301 " * 39,
        ),
    ],
)
def test_a_line_that_is_short_or_cannot_be_broken_may_be(newsroom: Newsroom, text: str) -> None:
    assert newsroom.text(f"{text}\n").told("text-layout") == []


@pytest.mark.parametrize(
    "text",
    [
        "p<0.05, a<b and c>d, n <i, x</y",
        "<https://www.bionews.org.uk/> and <editor@bionews.org.uk>",
        "<gene> and <p53> and <bold> and </gene> and <b and c>",
        "AT&T; R&D; &; &#; &nosuch; A&B;C &x",
        "https://www.bionews.org.uk/?a=1&amp;b=2&lt;",
    ],
)
def test_what_only_looks_like_html_may_be(newsroom: Newsroom, text: str) -> None:
    assert newsroom.text(f"{text}\n").told("text-layout") == []


@pytest.mark.parametrize(
    "words", ["<b>No HTML</b> &amp; no &lt;p>", '<a href="https://www.bionews.org.uk/">', "<br/>"]
)
@pytest.mark.parametrize("field", ["title", "teaser"])
def test_an_author_may_write_about_html(newsroom: Newsroom, words: str, field: str) -> None:
    given = {"title": "A story of cells that keep the time", "teaser": "It is all here."}
    assert newsroom.item(**given | {field: f"What {words} means"}).told("text-layout") == []


@pytest.mark.parametrize(
    "words",
    [
        'Before <a href="https://www.bionews.org.uk/page_7">the link</a> and after',
        '<font color="#c00"\n          face="Georgia, serif">red</font>',
        "<P>An old page</P><BR>",
        "A caf&eacute; and a caf&amp;eacute;",
    ],
)
def test_what_an_author_has_written_is_not_the_themes(newsroom: Newsroom, words: str) -> None:
    manifest = (newsroom.issues / "700" / "issue.yaml").read_text("utf-8")
    long = " and so it goes on" * 8
    newsroom.write(
        "issues/700/issue.yaml",
        f"{manifest}\n  - kind: news\n    items:\n      - title: A story of old HTML\n        teaser: |\n"
        f"          So it was pasted{long}: {words}.\n",
    )
    assert newsroom.told("text-layout") == []


def test_an_alt_text_may_be_about_html(newsroom: Newsroom) -> None:
    picture = {
        "src": "https://www.bionews.org.uk/a.png",
        "alt": "The tag <b>",
        "width": 9,
        "height": 9,
    }
    assert newsroom.item(title="A story", picture=picture).told("text-layout") == []


def test_a_long_line_is_reported(newsroom: Newsroom) -> None:
    newsroom.text("gene " * 15 + "gene\n")
    [told] = newsroom.told("text-layout")
    assert told[:2] == ("warning", PLACE)
    assert told.message.startswith(
        "A line of the text part could be broken, but goes beyond 78 columns: 'gene gene"
    )


@pytest.mark.parametrize(
    "line", [f"one two {LONG}", "字字字 " * 12, "字" * 38 + " " + "字" * 10, f"- one {LONG}"]
)
def test_many_long_lines_are_one_finding(newsroom: Newsroom, line: str) -> None:
    [told] = newsroom.text(f"{line}\n{line}\n").told("text-layout")
    assert told.message.startswith("Each of 2 lines of the text part could be broken")


@pytest.mark.parametrize(
    "left",
    [
        "<br>",
        "<BR />",
        "</a>",
        "<p>",
        '<a href="https://www.bionews.org.uk/a" style="x">',
        "</h2>",
        "<td\nalign=x>",
    ],
)
def test_a_tag_is_reported(newsroom: Newsroom, left: str) -> None:
    [told] = newsroom.text(f"Read more{left}\n").told("text-layout")
    assert told[:2] == ("error", PLACE)
    assert told.message.startswith(f"'{left[:3]}")


@pytest.mark.parametrize("left", ["&amp;", "&nbsp;", "&#39;", "&#x2019;", "&eacute;"])
def test_a_character_reference_is_reported(newsroom: Newsroom, left: str) -> None:
    assert newsroom.text(f"Read{left}more{left}\n").told("text-layout") == [
        ("error", PLACE, f"'{left}' is HTML left in the text part, where readers see it as it is.")
    ]

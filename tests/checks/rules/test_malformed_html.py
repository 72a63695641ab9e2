"""malformed-html: faults of the HTML itself."""

from __future__ import annotations

import pytest

from newsletter.checks.rules import malformed_html
from tests.checks.galleys import FULL, in_format
from tests.checks.newsroom import Newsroom


@pytest.mark.parametrize(
    "source",
    [
        "<p>One<p>Two",  # </p> may be left out
        "<ul><li>One<li>Two</ul>",
        "<br/><img src='a.png' alt=''/>",
        "<p>R&D & more, a&b=c</p>",
        '<a href="https://www.bionews.org.uk/?a=1&b=2">Words</a>',
        "<!-- two -- hyphens -->",
        "<!--[if mso]></td></div><![endif]--><!--[if !mso]><!--><p>Words</p><!--<![endif]-->",
        '<p id="a">Words</p><p id="A">Words</p>',
        "<p>\x92</p>",  # for the rule about characters
        "<custom-element>Words</custom-element>",
    ],
)
def test_this_is_well_formed(newsroom: Newsroom, source: str) -> None:
    assert newsroom.html(source).told("malformed-html") == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Words</p></em>", "</em> has no start tag, or something else is still open there"),
        (
            "<span><i>Words</span></i>",
            "</span> has no start tag, or something else is still open there",
        ),
        ("<b><p>Words</b></p>", "</b> comes while something inside <b> is still open"),
        (
            "<table><tr><td><div>Words</td></tr></table>",
            "an element is still open where </td> comes",
        ),
        ("<table><td>Words</td></table>", "<td> is outside a row"),
        ("<ul><li><div>Words</li></ul>", "</li> comes while something inside <li> is still open"),
        ("<p title=a title=b>Words</p>", "an element has the same attribute twice"),
        ("<div/>Words</div>", "<div/> does not close <div>"),
        ("<a href='#a'>One<a href='#b'>Two</a>", "an element begins inside another of its kind"),
        ("<tr>Words</tr>", "<tr> is not allowed where it is"),
        ("<p>&#146;</p>", "a character is written with a number that no character has"),
        ("<p>&nbsp</p>", "it breaks the HTML Standard, 'named-entity-without-semicolon'"),
    ],
)
def test_faults_in_plain_words(newsroom: Newsroom, source: str, words: str) -> None:
    told = newsroom.html(source).told("malformed-html")
    assert any(
        finding.message.startswith(f"The HTML has a fault: {words} (line ") for finding in told
    ), told
    assert {finding.severity for finding in told} == {"error"}


@pytest.mark.parametrize(
    ("beginning", "words"),
    [
        ("<html>", "it does not begin with <!doctype html>"),
        (
            '<!doctype html PUBLIC "-//W3C//DTD HTML 3.2//EN"><html>',
            "its doctype is an old one, not <!doctype html>",
        ),
    ],
)
def test_the_doctype(newsroom: Newsroom, beginning: str, words: str) -> None:
    newsroom.html(f"{beginning}<head><title>T</title></head><body><h1>Words</h1></body></html>")
    (told,) = newsroom.told("malformed-html")
    assert words in told.message


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("</body></html><p>More", "something follows </html>"),
        ("<!-- no end", "it ends within a tag or a comment"),
        ("<div>", "an element is never closed"),
    ],
)
def test_the_end(newsroom: Newsroom, end: str, words: str) -> None:
    told = newsroom.html(
        f"<!doctype html><html><head><title>T</title></head><body><h1>Words</h1>{end}"
    ).told("malformed-html")
    assert any(words in finding.message for finding in told), told


def test_a_fault_that_comes_often_is_reported_once_with_its_first_line(newsroom: Newsroom) -> None:
    newsroom.html(
        "<!doctype html>\n<html><head><title>T</title></head><body>\n</em>\n</em></i></body></html>"
    )
    first, second = newsroom.told("malformed-html")
    assert first.message.endswith("(line 3 of build/700/email.html, and 1 more).")
    assert second.message.endswith(
        "</i> has no start tag, or something else is still open there (line 4 of build/700/email.html)."
    )
    assert first.place == "templates/bionews/email.mjml.j2"


def test_an_id_given_twice_is_reported_with_the_times(newsroom: Newsroom) -> None:
    newsroom.html('<p id="x">1</p><p id="x">2</p><p id="x">3</p><p id="">4</p><p id="y">5</p>')
    (told,) = newsroom.told("malformed-html")
    assert told.message == "3 elements have the id 'x'; a link to it leads to the first."


def test_an_id_of_the_theme_is_reported_at_its_line(newsroom: Newsroom) -> None:
    newsroom.theme("parts/masthead.html.j2", "<h1>", '<h1 id="masthead">').html(
        '<p id="masthead">Words</p>'
    )
    (told,) = newsroom.told("malformed-html")
    assert told.place == "templates/bionews/parts/masthead.html.j2:2"


def test_the_file_of_a_further_format_is_named(newsroom: Newsroom) -> None:
    galley = newsroom.galley()
    html = galley.email.html.replace("</body>", "</p></body>")
    (found,) = malformed_html.check(in_format(galley, FULL, html=html))
    assert " of build/700/full/email.html)" in found.problem.message

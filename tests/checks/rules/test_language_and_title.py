"""language-and-title: what the email says of itself."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom

TITLE = "<mj-title>{{ publication.name }} {{ issue.number }}, {{ issue.date | date }}</mj-title>"


def document(
    html: str = 'lang="en-GB" dir="ltr"', title: str = "<title>T</title>", body: str = ""
) -> str:
    body = body or '<div lang="en-GB" dir="ltr"><h1>Words</h1></div>'
    return f'<!doctype html><html {html}><head><meta charset="utf-8">{title}</head><body>{body}</body></html>'


@pytest.mark.parametrize(
    ("language", "direction"),
    [("fr", "ltr"), ("he", "rtl"), ("ja", "ltr"), ("pt-BR", "ltr"), ("zh-Hant-TW", "ltr")],
)
def test_other_languages(newsroom: Newsroom, language: str, direction: str) -> None:
    assert (
        newsroom.publication(language=language, direction=direction).told("language-and-title")
        == []
    )


def test_capitals_do_not_matter(newsroom: Newsroom) -> None:
    assert newsroom.html(document('lang="EN-gb" dir="LTR"')).told("language-and-title") == []


def test_a_quotation_in_another_language_does_not_matter(newsroom: Newsroom) -> None:
    body = '<div lang="en-GB" dir="ltr"><h1>Words</h1><p lang="ar" dir="rtl">كلمات</p></div>'
    assert newsroom.html(document(body=body)).told("language-and-title") == []


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ('dir="ltr"', "'lang' of <html> is missing; the publication's language is 'en-GB'."),
        (
            'lang="" dir="ltr"',
            "'lang' of <html> is missing; the publication's language is 'en-GB'.",
        ),
        (
            'lang="en" dir="ltr"',
            "'lang' of <html> says 'en'; the publication's language is 'en-GB'.",
        ),
        ('lang="en-GB"', "'dir' of <html> is missing; the publication's direction is 'ltr'."),
        (
            'lang="en-GB" dir="auto"',
            "'dir' of <html> says 'auto'; the publication's direction is 'ltr'.",
        ),
    ],
)
def test_html_must_say_both(newsroom: Newsroom, html: str, what: str) -> None:
    (finding,) = newsroom.html(document(html)).told("language-and-title")
    assert finding == ("error", "templates/bionews/email.mjml.j2:1", what)


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Words</h1>",
        '<h1 lang="en-GB">Words</h1>',
        '<h1 dir="ltr">Words</h1>',
        '<h1>Words</h1><p lang="fr" dir="ltr">Mots</p>',
    ],
)
def test_something_within_the_body_must_say_both(newsroom: Newsroom, body: str) -> None:
    (finding,) = newsroom.html(document(body=body)).told("language-and-title")
    assert finding.severity == "warning"
    assert finding.place.startswith("templates/bionews/email.mjml.j2:")
    assert "within the body" in finding.message


@pytest.mark.parametrize("title", ["", "<title></title>", "<title>\n \n</title>"])
def test_there_must_be_a_title(newsroom: Newsroom, title: str) -> None:
    (finding,) = newsroom.html(document(title=title)).told("language-and-title")
    assert finding == ("error", "templates/bionews/email.mjml.j2:3", "The HTML has no title.")


def test_a_picture_with_a_title_of_its_own_gives_none_to_the_email(newsroom: Newsroom) -> None:
    body = '<div lang="en-GB" dir="ltr"><h1>Words</h1><svg><title>Drawing</title></svg></div>'
    assert len(newsroom.html(document(title="", body=body)).told("language-and-title")) == 1

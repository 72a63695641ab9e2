"""number-mismatch: another number than the issue's in what readers see."""

from __future__ import annotations

import pytest

from newsletter.checks.rules import number_mismatch
from tests.checks.galleys import TEXT_ALONE, in_format
from tests.checks.newsroom import Newsroom
from tests.checks.planted.number_mismatch import FOOT


@pytest.mark.parametrize(
    "subject",
    [
        "BioNews 700: cells that keep time",
        "BioNews, issue 700 – cells that keep time",
        "Issue #700",
        "Cells that keep time: see BioNews 699 for more",
        "BioNews 25 years on",
        "BioNews 25th birthday",
        "BioNews 1,000 times",
        "BioNews 699-700: two issues in one",
        "BioNews 699/700: two issues in one",
        "BioNews 2029: what the year has brought",
        "BioNews 47,XXX and other chromosomes",
        "BioNews: 94 embryos destroyed",
        "BioNews 23andMe",
        "Issues 651: the law",
        "(+[BioNews 699]+)",
    ],
)
def test_these_subjects_name_no_other_number(newsroom: Newsroom, subject: str) -> None:
    assert newsroom.issue(subject=subject).told("number-mismatch") == []


@pytest.mark.parametrize(
    "welcome",
    [
        "Welcome to this week's BioNews.",
        "Welcome to BioNews 700.",
        "Welcome to the 650th edition of BioNews!",
        "Welcome to BioNews 2030, the survey.",
        "See BioNews 699 for what was decided. In BioNews 698 it was put differently.",
        "BioNews 699: a correction. It was not five, but six.",
        "Issue 699: *a correction*.",
    ],
)
def test_references_to_other_issues_are_left_alone(newsroom: Newsroom, welcome: str) -> None:
    newsroom.issue(welcome=welcome).publication(welcome="Welcome to BioNews 1, which is not shown.")
    assert newsroom.told("number-mismatch") == []


def test_titles_and_links_of_items_may_name_other_issues(newsroom: Newsroom) -> None:
    newsroom.item(
        title="BioNews 600: a birthday",
        url="https://www.bionews.org.uk/issues/600/",
        teaser="It began in [BioNews 1](https://www.bionews.org.uk/issues/1/#first), which few have read...",
    )
    assert newsroom.told("number-mismatch") == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (
            "email.mjml.j2",
            "{{ publication.name }} {{ issue.number }}, {{ issue.date | date }}",
            "{{ subject }}",
        ),
        ("email.mjml.j2", "{{ publication.name }} {{ issue.number }}, ", ""),
        (
            "parts/masthead.html.j2",
            "{{ words.issue | filled(number=issue.number) }} ·",
            "第{{ issue.number }}号 ·",
        ),
    ],
)
def test_a_theme_may_name_the_number_elsewhere(
    newsroom: Newsroom, name: str, old: str, new: str
) -> None:
    assert newsroom.theme(name, old, new).told("number-mismatch") == []


def test_a_theme_may_name_the_number_nowhere(newsroom: Newsroom) -> None:
    newsroom.theme(
        "parts/masthead.html.j2", "{{ words.issue | filled(number=issue.number) }} · ", ""
    )
    newsroom.theme("email.txt.j2", ' ~ " " ~ issue.number', "")
    assert newsroom.told("number-mismatch") == []


def test_a_document_without_a_title_does_not_name_a_number(newsroom: Newsroom) -> None:
    room = newsroom.html(
        "<!doctype html><p>Issue 700</p><a href='https://www.bionews.org.uk/issues/'>All</a>"
    )
    assert room.told("number-mismatch") == []


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("BioNews 699: cells that keep time", "699"),
        ("bionews  699 – cells that keep time", "699"),
        ("BioNews 699", "699"),
        ("BioNews, issue 699: cells", "699"),
        ("BioNews #699, cells", "699"),
        ("“Issue no. 699a”", None),
        ("Issue 699a. Cells", "699a"),
        ("[BioNews 7000] cells", None),
        ("BioNews 7000: cells", "7000"),
    ],
)
def test_a_subject_that_begins_with_another_number(
    newsroom: Newsroom, subject: str, number: str | None
) -> None:
    told = newsroom.issue(subject=subject).told("number-mismatch")
    assert [finding.message for finding in told] == (
        [f"The subject names issue {number}: '{subject}'."] if number else []
    )


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("ja", "第699号：遺伝子"),
        ("ja", "BioNews 第699号：遺伝子"),
        ("ja", "BioNews 699：遺伝子"),
        ("de", "Ausgabe 699: Zellen"),
        ("fr", "BioNews, numéro 699 : cellules"),
        ("he", "גיליון 699: תאים"),
    ],
)
def test_another_number_in_another_language(
    newsroom: Newsroom, language: str, subject: str
) -> None:
    newsroom.publication(language=language)
    (told,) = newsroom.issue(subject=subject).told("number-mismatch")
    assert "names issue 699" in told.message
    assert newsroom.issue(subject=subject.replace("699", "700")).told("number-mismatch") == []


def test_a_word_that_begins_with_the_number(newsroom: Newsroom) -> None:
    newsroom.theme("words.toml", 'issue = "Issue {number}"', 'issue = "{number}. szám"')
    assert newsroom.issue(subject="12 ways to read").told("number-mismatch") == []
    assert len(newsroom.issue(subject="699. szám: sejtek").told("number-mismatch")) == 1


def test_the_name_of_the_publication_may_hold_any_character_and_a_number(
    newsroom: Newsroom,
) -> None:
    newsroom.publication(name="Genes (+ 21)")
    assert newsroom.issue(subject="Genes (+ 21) 700: cells").told("number-mismatch") == []
    assert len(newsroom.issue(subject="Genes (+ 21) 699: cells").told("number-mismatch")) == 1


def test_subject_preheader_and_welcome_are_reported_once_each_where_they_are(
    newsroom: Newsroom,
) -> None:
    newsroom.issue(
        subject="BioNews 699: cells",
        preheader="Issue 699: cells, laboratories, and who decides",
        sections=None,
    )
    text = (newsroom.issues / "700" / "issue.yaml").read_text("utf-8")
    newsroom.write(
        "issues/700/issue.yaml",
        text + "welcome: |\n  Welcome to\n  BioNews 699.\n\n  Welcome to issue 3.\n"
        "sections: [{kind: notices, items: [{title: A word, body: It is short.}]}]\n",
    )
    assert [(finding.severity, finding.place) for finding in newsroom.told("number-mismatch")] == [
        ("error", "issues/700/issue.yaml:3"),
        ("error", "issues/700/issue.yaml:4"),
        ("error", "issues/700/issue.yaml:7"),
        ("error", "issues/700/issue.yaml:9"),
    ]


def test_a_welcome_in_the_publication_names_no_number_for_long(newsroom: Newsroom) -> None:
    (told,) = newsroom.publication(welcome="Welcome to BioNews 651!").told("number-mismatch")
    assert told.place.startswith("issues/publication.yaml:")


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        (
            *("email.mjml.j2", "{{ issue.number }},", "699,"),
            "The title of the HTML names issue 699: 'BioNews 699, 7 January 2030'.",
        ),
        (
            "parts/masthead.html.j2",
            "{{ words.issue | filled(number=issue.number) }}",
            "Issue 699",
            "The HTML names issue 699: 'Issue 699 · Monday, 7 January 2030'.",
        ),
        (
            "email.txt.j2",
            '" " ~ issue.number',
            '" 699"',
            "The text part names issue 699: 'BioNews 699'.",
        ),
        (
            *("email.txt.j2", ' ~ " " ~ issue.number', ""),
            "The text part does not name the number 700, but the HTML does.",
        ),
        (
            *("parts/masthead.html.j2", "{{ words.issue | filled(number=issue.number) }} · ", ""),
            "The HTML does not name the number 700, but the text part does.",
        ),
        (
            *(
                "parts/footer.html.j2",
                FOOT,
                '<a href="https://www.bionews.org.uk/issues/699/#top">On the web</a>',
            ),
            "The link 'On the web' leads to issue 699: https://www.bionews.org.uk/issues/699/#top.",
        ),
    ],
)
def test_the_theme_is_reported_where_it_names_another_number_or_none(
    newsroom: Newsroom, name: str, old: str, new: str, what: str
) -> None:
    (told,) = newsroom.theme(name, old, new).told("number-mismatch")
    assert (told.severity, told.message) == ("error", what)
    file = name if new else "email."
    assert told.place.startswith(f"templates/bionews/{file}")


def test_an_email_of_text_alone_has_no_html_to_name_the_number(newsroom: Newsroom) -> None:
    assert list(number_mismatch.check(in_format(newsroom.galley(), TEXT_ALONE))) == []

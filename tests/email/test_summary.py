"""The summary of a built email has the right counts, and a row as an inbox shows it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from wcwidth import wcswidth

from newsletter.email.summary import summary, word_count
from newsletter.model import Advert, Email, File, Issue, News, Publication, Section


def lines_of(email: Email) -> dict[str, str]:
    """Return the lines of a summary by their names."""
    _, *lines = summary([email], Path("build/652"))
    return {line[2:12].strip(): line[13:] for line in lines}


def email_of(
    subject: str = "BioNews 652: Lead",
    preheader: str = "Next",
    html: str = "<p>é</p>",
    text: str = "a b",
) -> Email:
    publication = Publication(
        name="BioNews", publisher="P", home_page="https://a.org/", sender="a@a.org", time_zone="Europe/London",
        day="Monday", time="17:00", postal_address="1 Road", why="w", unsubscribe="https://a.org/u",
        archive="https://a.org/issues/", pictures="https://a.org/p/",
    )  # fmt: skip
    sections = (
        Section(
            kind="news",
            title="News Digest",
            items=(News(title="a"), Advert(title="b", advertiser="c")),
        ),
        Section(kind="comment", items=(News(title="d"),)),
    )
    issue = Issue(publication=publication, number="652", date=date(2012, 4, 16), sections=sections)
    return Email(issue=issue, subject=subject, preheader=preheader, html=html, text=text)


def test_it_begins_with_name_number_weekday_and_date() -> None:
    assert summary([email_of()], Path("build/652"))[0] == "BioNews 652, Monday 16 April 2012"


def test_items_are_counted_in_all_and_by_section() -> None:
    assert lines_of(email_of())["Items"].startswith("3: News Digest 2, ")


def test_subject_and_preheader_are_counted_in_characters_and_html_in_bytes() -> None:
    lines = lines_of(email_of(html="é" * 51_200))
    assert lines["Subject"] == "BioNews 652: Lead (17 characters)"
    assert lines["Preheader"] == "Next (4 characters)"
    assert lines["HTML"].startswith("102,400 bytes, 100% of the 102,400")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one two, three", 3),
        ("-----\none\n-----\n  - two\n> three – four", 4),
        ("Read more [1]:\nhttps://a.org/b/c\n\n[1] https://a.org/d", 2),
        ("遺伝子 DNA", 4),
        ("", 0),
    ],
)
def test_words_are_what_one_reads(text: str, words: int) -> None:
    assert word_count(text) == words


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (230, 1), (690, 3), (1150, 5)])
def test_reading_takes_a_minute_for_230_words(words: int, minutes: int) -> None:
    assert (
        lines_of(email_of(text="w " * words))["Length"] == f"{words:,} words, {minutes} min to read"
    )


@pytest.mark.parametrize("subject", ["Short", "s" * 78, "遺" * 78])
@pytest.mark.parametrize("preheader", ["Short", "p " * 55, "伝" * 110])
def test_the_inbox_row_is_cut_where_an_inbox_cuts_it(subject: str, preheader: str) -> None:
    row = lines_of(email_of(subject, preheader))["Inbox"]
    whole = f"{subject} – {preheader}"
    assert wcswidth(row) <= 100
    assert (
        row == whole if wcswidth(whole) <= 100 else whole.startswith(row.removesuffix("…").rstrip())
    )


def test_the_files_are_named() -> None:
    assert lines_of(email_of())["Files"] == f"{Path('build/652')}/email.html, email.txt, email.eml"


def test_the_pictures_are_counted_and_weighed() -> None:
    files = [
        File(name=f"{number}", address="", media_type=kind, content=bytes(weight), source="")
        for number, (kind, weight) in enumerate(
            [("image/jpeg", 90_000), ("image/gif", 10_001), ("text/calendar", 400)]
        )
    ]
    email = email_of().model_copy(update={"files": tuple(files)})
    assert lines_of(email)["Pictures"] == "2, 98 KB together"
    assert "Pictures" not in lines_of(email_of())

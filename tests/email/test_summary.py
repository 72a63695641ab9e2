"""The summary of a built email has the right counts, and a row as an inbox shows it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from wcwidth import wcswidth

from newsletter.email.summary import summary, word_count
from newsletter.model import Advert, Email, File, Format, Issue, News, Publication, Section


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


# Formats

TEASERS = Format(name="teasers", shows="teasers")
FULL = Format(name="full", shows="full", at_most=80)
TEXT = Format(name="text", shows="full", parts="text")


def in_formats(*formats: Format, shortened: tuple[str, ...] = (), html: str = "é") -> list[str]:
    """Return the lines of a summary of an issue in formats, without its title."""
    email = email_of(html=html)
    publication = email.issue.publication.model_copy(update={"formats": formats})
    issue = email.issue.model_copy(update={"publication": publication})
    emails = [
        email.model_copy(
            update={
                "issue": issue,
                "format": format,
                "html": html if format.has_html else "",
                "shortened": shortened if format is FULL else (),
            }
        )
        for format in formats
    ]
    _, *lines = summary(emails, Path("build/652"))
    return lines


def test_each_format_has_its_size_and_length() -> None:
    lines = in_formats(TEASERS, FULL, TEXT, html="é" * 25_600)
    assert lines[4:] == [
        "  Teasers    51,200 bytes, 50% of what Gmail shows; 2 words, 1 min to read",
        "  Full       51,200 bytes, 50% of what Gmail shows; 2 words, 1 min to read",
        "  Text       plain text alone; 2 words, 1 min to read",
        f"  Files      {Path('build/652')}/email.html, email.txt, email.eml; the others in full/, text/",
    ]


def test_a_leading_format_of_text_alone_has_no_html_file() -> None:
    assert in_formats(TEXT)[-1] == f"  Files      {Path('build/652')}/email.txt, email.eml"


@pytest.mark.parametrize(
    ("shortened", "html", "line"),
    [
        (("b",), "é", "1 of 3 pieces is a teaser, so that it fits: b"),
        (("a", "d", "b"), "é", "3 of 3 pieces are teasers, so that it fits: a; d; b"),
        (("a",), "x" * 81_921, "1 of 3 pieces is a teaser, and it is still too large: a"),
        (("a",), "x" * 81_920, "1 of 3 pieces is a teaser, so that it fits: a"),
    ],
)
def test_pieces_that_became_teasers_are_named(
    shortened: tuple[str, ...], html: str, line: str
) -> None:
    assert in_formats(TEASERS, FULL, shortened=shortened, html=html)[6] == f"{' ' * 13}{line}"


def test_of_many_pieces_the_first_are_named_and_long_titles_are_cut() -> None:
    titles = [
        "A title that is so long that nobody would want to read it all here",
        "b",
        "c",
        "d",
        "e",
    ]
    email = email_of()
    items = tuple(News(title=title) for title in titles)
    sections = (Section(kind="news", items=items),)
    issue = email.issue.model_copy(update={"sections": sections})
    publication = issue.publication.model_copy(update={"formats": (FULL,)})
    issue = issue.model_copy(update={"publication": publication})
    keys = tuple(item.key for item in issue.items)
    whole = email.model_copy(update={"issue": issue, "format": FULL, "shortened": keys})
    assert summary([whole], Path("build/652"))[6].strip() == (
        "5 of 5 pieces are teasers, so that it fits: "
        "A title that is so long that nobody would want to…; b; c; and 2 more"
    )

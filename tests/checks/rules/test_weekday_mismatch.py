"""weekday-mismatch: weekdays and dates that are not the same day."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


def story(newsroom: Newsroom, text: str) -> Newsroom:
    return newsroom.item(title="A story", url="https://www.bionews.org.uk/page_100040", teaser=text)


@pytest.mark.parametrize(
    "text",
    [
        # right; the issue is of Monday 7 January 2030
        "It is on Monday 7 January 2030, on Tuesday, 8 January and on Wednesday the 9th of January.",
        "It is on Thursday, January 10, 2030, and on Fri 11 Jan and Sat. 12 Jan 2030.",
        "It began on Monday 31 December 2029 and on Monday 31 December.",
        "The court ruled on Friday 13 December 1901.",
        # true a year before, or too far away to know the year
        "On Tuesday 8 January last year it was decided. On Monday 8 January it was not.",
        "It will be on Monday 16 July. It was on Monday 29 February.",
        # opening days
        "Open Tuesday to Sunday, 10 January – 20 March 2030.",
        "Open Mondays and Tuesdays 10 January, Tue–Fri 14 January, Monday, Wednesday and Friday 10 January 2030.",
        "On Monday, 10 January – 20 March 2030. On Monday 10 January 2030 to 20 March 2030.",
        # no dates
        "As The Sun 8 January 2030 and the Sunday Times, 8 January 2030, said; Monday 8 people came, Tuesday 7 May.",
        "The committee sat 9 January 2030. On Monday 10 may come, and mon 9 January is in no calendar.",
        "On Monday 8. January begins on Tuesday. Monday, 16/04/2012; Monday 47,XXX; Monday.8 January",
        "On Monday 10 January 1830 nobody read newsletters, and on Monday 10 January 5790 nobody will.",
        "On Tuesday 7 January 1930-2100, in the hall. On Monday 47 January papers were read.",
        "Monday in January, Tuesdays 10 January, Cyber Monday2 January, Monday January 70",
        "",
    ],
)
def test_these_are_right_or_cannot_be_known_to_be_wrong(newsroom: Newsroom, text: str) -> None:
    assert story(newsroom, text).told("weekday-mismatch") == []


@pytest.mark.parametrize(
    ("written", "is_a"),
    [
        ("Tuesday 7 January 2030", "Monday"),
        ("Tuesday, 7th January 2030", "Monday"),
        ("Wednesday 7 January", "Monday"),
        ("Saturday the 7th of January", "Monday"),
        ("Fri 7 Jan 2030", "Monday"),
        ("Thurs. 7 January", "Monday"),
        ("Tuesday, January 7, 2030", "Monday"),
        ("Friday January 7th", "Monday"),
        ("Wednesday 31 December", "Monday"),
        ("Tuesday 16 April 2012", "Monday"),
        ("Saturday 1 April", "Monday"),
    ],
)
def test_a_weekday_that_is_not_that_of_the_date(
    newsroom: Newsroom, written: str, is_a: str
) -> None:
    (told,) = story(newsroom, f"It is *all* on {written}, they say.").told("weekday-mismatch")
    assert (told.severity, told.place) == ("warning", "issues/700/issue.yaml:8")
    assert told.message.startswith(f"'{written}' cannot be right: in ")
    assert told.message.endswith(f"that day is a {is_a}.")


def test_a_time_of_day_is_not_a_year(newsroom: Newsroom) -> None:
    (told,) = story(newsroom, "On Tuesday 7 January 1930 hrs, in the hall.").told(
        "weekday-mismatch"
    )
    assert told.message == "'Tuesday 7 January' cannot be right: in 2030 that day is a Monday."


@pytest.mark.parametrize(
    "written", ["Monday 31 April", "Monday 30 February 2030", "Monday 29 February 2030"]
)
def test_a_day_that_does_not_exist(newsroom: Newsroom, written: str) -> None:
    (told,) = story(newsroom, f"On {written} it begins.").told("weekday-mismatch")
    assert told.message == f"'{written}' cannot be right: there is no such day."


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("fr", "lundi 7 janvier 2030, Mardi 1er janvier", "mardi 7 janvier 2030"),
        ("de", "Montag, den 7. Januar 2030", "Dienstag, 7. Januar"),
        ("es", "lunes, 7 de enero de 2030", "martes, 7 de enero de 2030"),
        ("he", "יום שני, 7 בינואר 2030", "יום שלישי, 7 בינואר 2030"),
        ("ar", "الاثنين، 7 يناير 2030", "الثلاثاء، 7 يناير 2030"),
        ("ja", "2030年1月7日火曜日", "Tuesday 7 January 2030"),
    ],
)
def test_days_in_the_language_of_the_publication(
    newsroom: Newsroom, language: str, right: str, wrong: str
) -> None:
    newsroom.publication(language=language)
    (told,) = story(newsroom, f"{right}; {wrong}.").told("weekday-mismatch")
    assert f"'{wrong}'" in told.message


def test_every_text_is_read_the_welcome_and_a_review_too(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nwelcome: |\n  Good day.\n\n  We meet on Tuesday\n  10 January.\n"
        "sections:\n  - kind: reviews\n    items:\n      - file: show.md\n",
    ).write(
        "issues/700/show.md",
        "---\ntitle: A show\nauthors: [A. Author]\nwork:\n  kind: exhibition\n  title: The show\n"
        "  dates: until Monday 10 March 2030\n---\nIt was good.\n\nIt opened on Monday 6 January 2030.\n",
    )
    places = [finding.place for finding in newsroom.told("weekday-mismatch")]
    assert places == ["issues/700/issue.yaml:6", "issues/700/show.md:7", "issues/700/show.md:11"]

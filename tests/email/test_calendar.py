"""The file that adds an event to a reader's calendar: read again by the rules of RFC 5545."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.email.calendar import calendars
from newsletter.email.rendering import render
from newsletter.email.typesetting import breakable
from newsletter.model import Event, File, Issue, News, Section
from newsletter.theme import compile_theme
from tests.strategies import ISSUES, LINE, PUBLICATION, SAME_DAY, TITLE

MEETING: dict[str, Any] = {
    "title": "A meeting",
    "place": "Sample Hall, 2 Sample Street; Room 3",
    "starts": "2012-04-20 18:30",
    "ends": "2012-04-20 20:00",
    "url": "https://a.org/meeting?a=1,2;b",
}


def issue_of(*events: dict[str, Any], number: str = "652", **changed: Any) -> Issue:
    publication = PUBLICATION.model_copy(update=changed)
    items = tuple(Event.model_validate(event) for event in events)
    sections = (Section(kind="events", items=items),)
    return Issue(publication=publication, number=number, date=SAME_DAY, sections=sections)


def file_of(**fields: Any) -> File:
    (file,) = calendars(issue_of(MEETING | fields)).values()
    return file


def lines_of(file: File) -> list[str]:
    """Return the lines of a file, unfolded (RFC 5545, 3.1)."""
    text = file.content.decode()
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def properties(file: File) -> dict[str, str]:
    pairs = [line.partition(":") for line in lines_of(file) if not re.match("BEGIN|END", line)]
    found = {name: value for name, _, value in pairs}
    assert len(found) == len(pairs)
    return found


def text_of(value: str) -> str:
    """Return the text that a property's value stands for (RFC 5545, 3.3.11)."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value)
    return re.sub(r"\\(.)", lambda match: match[1].replace("n", "\n"), value)


def test_an_event_is_a_calendar_of_its_own() -> None:
    file = file_of()
    assert lines_of(file) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//BioNews//newsletter//EN",
        "BEGIN:VEVENT",
        f"UID:{properties(file)['UID']}",
        "DTSTAMP:20120416T160000Z",
        "DTSTART:20120420T173000Z",
        "DTEND:20120420T190000Z",
        "SUMMARY:A meeting",
        r"LOCATION:Sample Hall\, 2 Sample Street\; Room 3",
        r"DESCRIPTION:https://a.org/meeting?a=1\,2\;b",
        "URL:https://a.org/meeting?a=1,2;b",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    assert file.media_type == "text/calendar; charset=utf-8"


def test_the_file_is_served_beside_the_pictures_under_a_name_from_its_content() -> None:
    file = file_of()
    assert re.fullmatch(r"a-meeting-[0-9a-f]{8}\.ics", file.name)
    assert file.address == f"https://www.bionews.org.uk/pictures/652/{file.name}"
    assert file == file_of()
    assert file.name != file_of(ends="2012-04-20 20:30").name


def test_hours_are_those_of_the_publications_time_zone() -> None:
    tokyo = issue_of(MEETING | {"ends": None}, time_zone="Asia/Tokyo")
    (file,) = calendars(tokyo).values()
    assert properties(file)["DTSTART"] == "20120420T093000Z"
    assert properties(file_of(starts="2012-03-20 18:30"))["DTSTART"] == "20120320T183000Z"


def test_an_event_without_an_end_has_none_in_the_calendar() -> None:
    assert "DTEND" not in properties(file_of(ends=None))


def test_an_event_without_a_page_leads_to_the_issues_own() -> None:
    page = "https://www.bionews.org.uk/issues/652/#a-meeting"
    found = properties(file_of(url=None))
    assert (found["URL"], found["DESCRIPTION"]) == (page, page)


def test_the_same_event_in_two_issues_is_one_in_a_calendar_and_another_is_not() -> None:
    ids = [
        properties(file)["UID"]
        for issue in (
            issue_of(MEETING),
            issue_of(MEETING | {"place": "Elsewhere"}, number="653"),
            issue_of(MEETING | {"starts": "2012-04-19 18:30"}),
            issue_of(MEETING | {"title": "Another"}),
        )
        for file in calendars(issue).values()
    ]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert re.fullmatch(r"[0-9a-f]{20}@bionews\.org\.uk", ids[0])


def test_words_are_in_type_as_in_the_email_with_ordinary_spaces_and_the_id_is_not() -> None:
    event = {"title": "Nancy's *'evening'* - it's on", "place": "Queen's Gate, London SW7 5HD"}
    found = properties(file_of(**event))
    assert text_of(found["SUMMARY"]) == "Nancy’s ‘evening’ – it’s on"
    assert text_of(found["LOCATION"]) == "Queen’s Gate, London SW7 5HD"

    (as_typed,) = calendars(issue_of(MEETING | event, typography=False)).values()
    assert text_of(properties(as_typed)["SUMMARY"]) == "Nancy's 'evening' - it's on"
    assert properties(as_typed)["UID"] == found["UID"]


@given(TITLE, LINE, st.sampled_from(["BioNews", "見本通信", "A, B; C\\n"]))
def test_any_text_is_read_again_as_it_was_in_lines_of_75_octets(
    title: str, place: str, name: str
) -> None:
    fields = MEETING | {"title": title, "place": place}
    issue = issue_of(fields, name=name, typography=False)
    (file,) = calendars(issue).values()
    for line in file.content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is divided
        assert not re.search(rb"[\r\n]", line)
    (event,) = issue.items
    assert isinstance(event, Event)
    found = properties(file)
    assert text_of(found["SUMMARY"]) == breakable(event.title)
    assert text_of(found["LOCATION"]) == breakable(event.place)
    assert name in text_of(found["PRODID"])


@pytest.mark.parametrize("year", ["0212", "2200", "9999"])
def test_a_year_that_no_calendar_takes_is_refused(year: str) -> None:
    with pytest.raises(ValueError, match=rf"calendar goes to the year {int(year)}\. Check the"):
        issue_of(MEETING | {"starts": f"{year}-04-20 18:30", "ends": None})


def test_an_email_has_the_file_of_each_event_and_templates_its_address() -> None:
    theme = compile_theme("bionews", ISSUES.parent / "templates")
    issue = issue_of(MEETING, MEETING | {"title": "Second"})
    news = Section(kind="news", items=(News(title="Story"),))
    email = render(issue.model_copy(update={"sections": (news, *issue.sections)}), theme)
    assert [file.name.rpartition("-")[0] for file in email.files] == ["a-meeting", "second"]
    assert {file.address for file in email.files} <= set(email.text.split())


def test_a_publication_can_do_without_them() -> None:
    theme = compile_theme("bionews", ISSUES.parent / "templates")
    email = render(issue_of(MEETING, MEETING | {"title": "Second"}, calendars=False), theme)
    assert email.files == ()
    for part in (email.html, email.text):
        assert "Second" in part
        assert theme.words["add_to_calendar"] not in part
        assert "None" not in part


def test_a_lead_can_be_added_to_a_calendar_too() -> None:
    theme = compile_theme("bionews", ISSUES.parent / "templates")
    issue = issue_of(MEETING)
    (file,) = calendars(issue).values()
    email = render(issue, theme)
    assert file.address in email.html
    assert file.address in email.text


def test_the_stamp_is_when_the_issue_goes_out() -> None:
    stamp = datetime.strptime(properties(file_of())["DTSTAMP"], "%Y%m%dT%H%M%SZ")
    assert stamp.replace(tzinfo=UTC) == issue_of(MEETING).published

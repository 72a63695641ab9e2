"""The events of an archive as calendar files."""

from __future__ import annotations

from typing import Any

import lxml.html

from newsletter.archive.archive import Archive
from newsletter.archive.pages import calendars, issue, piece
from tests.archive.small import BASE, Small

LECTURE: dict[str, Any] = {
    "kind": "event",
    "title": "A lecture; with *emphasis*, and more",
    "place": "A hall, London",
    "starts": "2012-04-20 18:30",
    "ends": "2012-04-20 20:00",
}


def files(archive: Archive) -> dict[str, list[str]]:
    """Return the lines of each file, whole, as they were before they were folded."""
    made = {page.path: page.make().decode() for page in calendars.pages(archive)}
    return {path: text.replace("\r\n ", "").split("\r\n") for path, text in made.items()}


def values(lines: list[str], name: str) -> list[str]:
    return [line.removeprefix(f"{name}:") for line in lines if line.startswith(f"{name}:")]


def test_each_event_has_a_file_beside_its_page(small: Small) -> None:
    small.write("652", LECTURE, {"title": "A"})
    found = files(small.read())
    assert list(found) == ["652/a-lecture-with-emphasis-and-more.ics", "events.ics"]
    lines = found["652/a-lecture-with-emphasis-and-more.ics"]
    assert values(lines, "DTSTART") == ["20120420T173000Z"]
    assert values(lines, "SUMMARY") == [r"A lecture\; with emphasis\, and more"]
    assert values(lines, "URL") == [f"{BASE}652/a-lecture-with-emphasis-and-more/"]
    assert not values(lines, "NAME")


def test_an_event_without_a_page_leads_to_its_place_in_the_issue(small: Small) -> None:
    small.write("652", {**LECTURE, "title": "Lecture", "body": ""})
    lines = files(small.read())["652/lecture.ics"]
    assert values(lines, "URL") == [f"{BASE}652/#lecture"]


def test_an_event_in_several_issues_is_in_the_calendar_once_and_as_it_is_now(small: Small) -> None:
    small.write("1", LECTURE)
    small.write("2", {**LECTURE, "place": "Another hall"}, {**LECTURE, "title": "A second"})
    lines = files(small.read())["events.ics"]
    assert values(lines, "NAME") == values(lines, "X-WR-CALNAME") == ["BioNews"]
    assert values(lines, "LOCATION") == ["Another hall", "A hall\\, London"]
    assert len(set(values(lines, "UID"))) == 2
    assert values(lines, "BEGIN") == ["VCALENDAR", "VEVENT", "VEVENT"]
    assert values(lines, "END") == ["VEVENT", "VEVENT", "VCALENDAR"]


def test_old_events_are_no_longer_in_the_calendar_of_all(small: Small) -> None:
    for number in range(1, 61):
        small.write(str(number), {**LECTURE, "title": f"Lecture {number}"})
    found = files(small.read())
    assert len(found) == 61
    assert values(found["events.ics"], "SUMMARY")[0] == "Lecture 9"


def test_pages_lead_to_the_calendars(small: Small) -> None:
    small.write("652", {**LECTURE, "title": "Lecture"})
    archive = small.read()
    for kind in (piece, issue):
        [page] = kind.pages(archive)
        document = lxml.html.document_fromstring(page.make().decode())
        links = document.xpath("//a[contains(@href, '.ics')]/@href")
        assert links == ["/652/lecture.ics", "/events.ics"]
    assert {link.lstrip("/") for link in links} == set(files(archive))


def test_a_publication_may_want_none(small: Small) -> None:
    with (small.issues / "publication.yaml").open("a", encoding="utf-8") as file:
        file.write("\ncalendars: false\n")
    small.write("652", LECTURE)
    archive = small.read()
    assert files(archive) == {}
    assert all(
        b".ics" not in page.make() for page in [*piece.pages(archive), *issue.pages(archive)]
    )


def test_a_calendar_changes_with_its_issue_alone(small: Small) -> None:
    def digests() -> dict[str, bytes]:
        return {page.path: page.digest for page in calendars.pages(small.read())}

    small.write("1", {**LECTURE, "title": "One"}, {**LECTURE, "title": "Two"})
    small.write("2", {"title": "A"})
    before = digests()
    small.write("2", {"title": "B"})
    assert digests() == before
    small.write("1", {**LECTURE, "title": "One"}, {**LECTURE, "title": "Two", "place": "Here"})
    assert not digests().items() & before.items()


def test_events_of_one_issue_have_files_of_their_own(small: Small) -> None:
    small.write("1", {**LECTURE, "title": "One"}, {**LECTURE, "title": "Two"})
    pages = {page.path: page for page in calendars.pages(small.read())}
    assert pages["1/one.ics"].digest != pages["1/two.ics"].digest
    assert b"SUMMARY:One" in pages["1/one.ics"].make()
    assert b"SUMMARY:One" not in pages["1/two.ics"].make()

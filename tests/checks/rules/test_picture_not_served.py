"""picture-not-served: files that are asked for on a web server of our own, on this machine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsletter.checks.preflight import preflight
from newsletter.model import File
from tests.checks.newsroom import Newsroom
from tests.checks.web_server import Web

LAB = b"\xff\xd8\xff laboratory"
DAY = b"BEGIN:VCALENDAR"


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter.checks.web._PAUSE", 0)


@pytest.fixture
def files(newsroom: Newsroom, web: Web) -> tuple[File, File]:
    """A picture and a calendar file of an issue that was handed over."""
    newsroom.write("issues/700/handed-over/record.json", "{}")
    lab, day = web.at("/700/lab.jpg"), web.at("/700/day.ics")
    return (
        File(name="lab.jpg", address=lab, media_type="image/jpeg", content=LAB, source="lab.jpg"),
        File(
            name="day.ics",
            address=day,
            media_type="text/calendar; charset=utf-8",
            content=DAY,
            source="",
        ),
    )


def told(newsroom: Newsroom, files: tuple[File, ...]) -> list[tuple[str, str]]:
    galley = newsroom.galley()
    galley = replace(galley, email=galley.email.model_copy(update={"files": files}))
    found = preflight(galley, only=["picture-not-served"]).findings
    return [(finding.severity, finding.problem.message) for finding in found]


def test_all_is_there_as_it_was_made(
    newsroom: Newsroom, web: Web, files: tuple[File, File]
) -> None:
    web.files = {"/700/lab.jpg": ("image/jpeg", LAB), "/700/day.ics": ("text/calendar", DAY)}
    assert told(newsroom, files) == []
    assert sorted(web.asked) == ["GET /700/day.ics", "GET /700/lab.jpg"]


def test_before_it_is_handed_over_nothing_is_asked_for(newsroom: Newsroom, web: Web) -> None:
    lab = web.at("/700/lab.jpg")
    file = File(name="lab.jpg", address=lab, media_type="image/jpeg", content=LAB, source="")
    assert told(newsroom, (file,)) == []
    assert web.asked == []


@pytest.mark.parametrize(
    ("served", "fault"),
    [
        (("image/jpeg", LAB[:-1]), "is there, but it is not the file that was made"),
        (("image/jpeg", LAB + b"."), "is there, but it is not the file that was made"),
        (("image/jpeg", b""), "is there, but it is not the file that was made"),
        (("text/html", LAB), "is served as text/html, not as image/jpeg"),
        (("", LAB), "is served as nothing, not as image/jpeg"),
    ],
)
def test_a_picture_is_something_else(
    newsroom: Newsroom, web: Web, files: tuple[File, File], served: tuple[str, bytes], fault: str
) -> None:
    web.files = {"/700/lab.jpg": served}
    address = files[0].address
    assert told(newsroom, files[:1]) == [("error", f"The picture '{address}' {fault}.")]


@pytest.mark.parametrize("media_type", ["image/jpg", "image/png", "image/jpeg; charset=binary"])
def test_programs_know_a_picture_by_its_content(
    newsroom: Newsroom, web: Web, files: tuple[File, File], media_type: str
) -> None:
    web.files = {"/700/lab.jpg": (media_type, LAB)}
    assert told(newsroom, files[:1]) == []


def test_a_server_that_does_not_know_the_type_of_a_picture_is_a_warning(
    newsroom: Newsroom, web: Web, files: tuple[File, File]
) -> None:
    web.files = {"/700/lab.jpg": ("application/octet-stream", LAB)}
    fault = f"The picture '{files[0].address}' is served as application/octet-stream"
    assert told(newsroom, files[:1]) == [("warning", f"{fault}, not as image/jpeg.")]
    newsroom.html(f'<img src="{files[0].address}" alt="">')
    fault = f"The picture '{files[0].address}' is no picture: it is served as"
    assert told(newsroom, ()) == [("warning", f"{fault} application/octet-stream.")]


@pytest.mark.parametrize(
    ("media_type", "is_right"),
    [
        ("text/calendar; charset=utf-8", True),
        ("application/octet-stream", True),
        ("text/plain", False),
    ],
)
def test_a_calendar_file_opens_in_a_calendar(
    newsroom: Newsroom, web: Web, files: tuple[File, File], media_type: str, is_right: bool
) -> None:
    web.files = {"/700/day.ics": (media_type, DAY)}
    address = files[1].address
    fault = f"The file '{address}' is served as text/plain, not as text/calendar."
    assert told(newsroom, files[1:]) == ([] if is_right else [("warning", fault)])


@pytest.mark.parametrize(
    ("name", "of_own", "of_others", "fault"),
    [
        ("404", "error", "error", "is not there (the server says 404)"),
        ("403", "error", "info", "is not given to this program (the server says 403)"),
        ("418", "error", "error", "is not served (the server says 418)"),
        ("round", "error", "error", "is redirected without end"),
    ],
)
def test_what_is_not_served(
    newsroom: Newsroom,
    web: Web,
    files: tuple[File, File],
    name: str,
    of_own: str,
    of_others: str,
    fault: str,
) -> None:
    page = web.at(f"/{name}")
    message = f"The picture '{page}' {fault}."
    own = files[0].model_copy(update={"address": page})
    assert told(newsroom, (own,)) == [(of_own, message)]
    newsroom.html(f'<img src="{page}" alt="A laboratory">')
    assert told(newsroom, ()) == [(of_others, message)]


def test_what_is_from_elsewhere_is_a_picture(newsroom: Newsroom, web: Web) -> None:
    web.files = {"/lab": ("image/webp", b"RIFF"), "/page": ("text/html", b"<p>Moved")}
    newsroom.html(f'<img src="{web.at("/lab")}" alt=""><img src="{web.at("/page")}" alt="">')
    fault = f"The picture '{web.at('/page')}' is no picture: it is served as text/html."
    assert told(newsroom, ()) == [("error", fault)]


def test_without_a_network_there_is_one_finding(
    newsroom: Newsroom, files: tuple[File, File]
) -> None:
    away = tuple(
        file.model_copy(update={"address": f"https://pictures.invalid/{file.name}"})
        for file in files
    )
    message = (
        "It is not known whether readers get 1 picture and 1 calendar file:"
        " there is no connection to pictures.invalid."
    )
    assert told(newsroom, away) == [("info", message)]

"""Before a draft is made or scheduled, readers get its pictures: asked of a web server on this machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newsletter.checks.report import Report
from newsletter.errors import HandoverError
from newsletter.handover import Destination, schedule, served
from newsletter.model import File, Ignore
from newsletter.services import profile_of
from newsletter.services.protocol import Profile
from tests.checks.web_server import Web
from tests.handover.conftest import Hand
from tests.handover.standin import Standin, agree, place, published_by, with_email

AT = (datetime.now(UTC) + timedelta(days=3)).replace(hour=17, minute=0, second=0, microsecond=0)
LAB = b"\xff\xd8\xff a laboratory"
PATH = "/404/lab-3f9a61c2.jpg"
"""It is not there until a test puts it there."""


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Waiting takes no time; how long it would have been."""
    waited: list[float] = []
    monkeypatch.setattr(served, "sleep", waited.append)
    monkeypatch.setattr("newsletter.checks.web._PAUSE", 0)
    return waited


@pytest.fixture
def pictured(report: Report, web: Web) -> Report:
    """Issue 652 with a picture, which is not served yet."""
    file = File(
        name="lab-3f9a61c2.jpg",
        address=web.at(PATH),
        media_type="image/jpeg",
        content=LAB,
        source="images/lab.jpg",
    )
    return with_email(report, files=(file,))


@pytest.fixture
def elsewhere(standin: Standin) -> Destination:
    """A service that keeps no pictures."""
    return place(standin, profile=without_pictures("mailchimp"))


def without_pictures(name: str) -> Profile:
    return replace(profile_of(name), keeps=frozenset())


def test_a_draft_is_made_when_its_picture_is_served(
    hand: Hand, pictured: Report, elsewhere: Destination, standin: Standin, web: Web
) -> None:
    with pytest.raises(HandoverError) as caught:
        hand(pictured, elsewhere)
    summary, problem = caught.value.problems
    assert summary.message.startswith("No draft was made or updated: ")
    assert summary.path.name == "handed-over"
    assert problem.message == f"The picture '{web.at(PATH)}' is not there (the server says 404)."
    assert problem.hint == (
        "Upload the picture from build/652/pictures/ ('newsletter build 652' writes it), and try again."
    )
    assert problem.path.name == "publication.yaml"
    assert standin.writes == []

    web.files[PATH] = ("image/jpeg", LAB)
    hand(pictured, elsewhere)
    assert standin.writes == ["create"]


def test_what_is_no_longer_served_is_said_even_if_nothing_has_changed(
    hand: Hand, pictured: Report, elsewhere: Destination, standin: Standin, web: Web
) -> None:
    web.files[PATH] = ("image/jpeg", LAB)
    hand(pictured, elsewhere)
    hand(pictured, elsewhere)
    del web.files[PATH]
    with pytest.raises(HandoverError, match="is not there"):
        hand(pictured, elsewhere)
    assert standin.writes == ["create"]


def test_what_appears_after_some_seconds_is_waited_for(
    hand: Hand,
    pictured: Report,
    elsewhere: Destination,
    web: Web,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def upload(seconds: float) -> None:
        if seconds > 1:
            web.files[PATH] = ("image/jpeg", LAB)

    monkeypatch.setattr(served, "sleep", upload)
    assert hand(pictured, elsewhere).state == "done"


def test_what_the_service_keeps_is_asked_for_there(
    hand: Hand,
    pictured: Report,
    standin: Standin,
    web: Web,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = web.at("/kept.jpg")
    monkeypatch.setattr("tests.handover.standin.address_of", lambda _: there)
    monkeypatch.setattr("newsletter.handover.storing.require_for_readers", lambda *_: None)
    with pytest.raises(HandoverError, match=r"kept\.jpg") as caught:
        hand(pictured)
    assert "may need a minute" in str(caught.value)
    assert standin.writes == ["keep_file"]

    web.files["/kept.jpg"] = ("image/jpeg", LAB)
    hand(pictured)
    assert standin.writes == ["keep_file", "create"]
    assert not any(PATH in asked for asked in web.asked)


@pytest.mark.parametrize(("name", "stops"), [("listmonk", True), ("mailchimp", False)])
def test_a_picture_that_a_service_has_saved_again_is_that_picture(
    hand: Hand,
    pictured: Report,
    standin: Standin,
    web: Web,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    stops: bool,
) -> None:
    monkeypatch.setattr("tests.handover.standin.address_of", lambda _: web.at("/kept.jpg"))
    monkeypatch.setattr("newsletter.handover.storing.require_for_readers", lambda *_: None)
    web.files["/kept.jpg"] = ("image/jpeg", LAB + b" in other bytes")
    if stops:
        with pytest.raises(HandoverError, match="it is not the file that was made"):
            hand(pictured, place(standin, name))
    else:
        hand(pictured, place(standin, name))

    web.files["/kept.jpg"] = ("text/html", LAB)
    with pytest.raises(HandoverError, match="is served as text/html"):
        hand(published_by(pictured, name="Another"), place(standin, name))


def test_what_the_publication_ignores_stops_nothing(
    hand: Hand, pictured: Report, elsewhere: Destination, web: Web
) -> None:
    known = Ignore(rule="picture-not-served", reason="Its server lets no programs in.")
    hand(published_by(pictured, ignore=(known,)), elsewhere)
    assert any(PATH in asked for asked in web.asked)


def test_nothing_is_scheduled_whose_picture_has_gone(
    hand: Hand, pictured: Report, elsewhere: Destination, standin: Standin, web: Web
) -> None:
    web.files[PATH] = ("image/jpeg", LAB)
    hand(pictured, elsewhere)
    web.files[PATH] = ("image/jpeg", b"another")
    with pytest.raises(HandoverError, match="it is not the file that was made") as caught:
        schedule(pictured, [elsewhere], AT, confirm=agree)
    assert "No time was set: " in str(caught.value)
    assert standin.writes == ["create"]

    web.files[PATH] = ("image/jpeg", LAB)
    schedule(pictured, [elsewhere], AT, confirm=agree)
    assert standin.writes == ["create", "schedule"]


def test_nothing_is_sent_whose_picture_is_missing(
    hand: Hand, pictured: Report, standin: Standin, web: Web
) -> None:
    with pytest.raises(HandoverError, match="is not there") as caught:
        hand(pictured, place(standin, "smtp"))
    assert "Nothing was sent: " in str(caught.value)
    assert standin.writes == []


def test_what_a_person_uploads_later_is_not_asked_for(
    hand: Hand, pictured: Report, standin: Standin, web: Web
) -> None:
    hand(pictured, place(standin, "folder", audience=None))
    assert web.asked == []


def test_without_a_network_no_draft_is_made(
    hand: Hand, pictured: Report, elsewhere: Destination, standin: Standin
) -> None:
    (file,) = pictured.email.files
    away = file.model_copy(update={"address": "https://pictures.invalid/lab.jpg"})
    with pytest.raises(HandoverError) as caught:
        hand(with_email(pictured, files=(away,)), elsewhere)
    summary, problem = caught.value.problems
    assert summary.message.startswith("No draft was made or updated: ")
    assert problem.message == (
        "It is not known whether readers get 1 picture: there is no connection to pictures.invalid."
    )
    assert problem.path.name == "publication.yaml"
    assert standin.writes == []

"""Pictures in each service's own store: what is sent, what is found again, which addresses readers get."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsletter.errors import NotAuthorised, Refused, Uncertain
from newsletter.model import File
from newsletter.services import connect, profile_of
from newsletter.services.kept_files import KeptFile, addresses_of
from newsletter.services.protocol import Service
from newsletter.services.settings import Settings
from tests.drawing import drawing, saved
from tests.services.every_fake import FAKES
from tests.services.fake_buttondown import FakeButtondown
from tests.services.fake_listmonk import FakeListmonk
from tests.services.fake_mailchimp import FakeMailchimp
from tests.services.fakes import CANARY, Fake, FormPart, Wire, body_of, form_of
from tests.services.scenes import Newsletter, expected, hand_over_first

CONTENT = saved(drawing((60, 40), "#336699", "#eeeeee").convert("RGB"), "lab.png")
KEEPING = [fake for fake in FAKES if profile_of(fake.NAME).keeps]


def file_of(name: str = "lab-3f9a61c2.png", content: bytes = CONTENT) -> File:
    return File(
        name=name,
        address=f"https://pictures.example.org/652/{name}",
        media_type="image/png",
        content=content,
        source=f"images/{name}",
    )


def service_of(fake: Fake, wire: Wire | None = None) -> Service:
    return connect(fake.NAME, Settings(fake.ENVIRONMENT, Path()), wire or Wire(fake))


def test_of_two_files_of_one_name_the_older_counts_for_everybody() -> None:
    files = [KeptFile("a", datetime(2026, 1, day, tzinfo=UTC), f"{day}") for day in (2, 1, 3)]
    assert addresses_of(["a", "b"], files) == {"a": "1"}


@pytest.mark.parametrize("kind", KEEPING, ids=lambda kind: kind.NAME)
def test_what_was_kept_is_found_by_its_name_and_at_the_same_address(kind: type[Fake]) -> None:
    fake = kind()
    service = service_of(fake)
    assert service.kept_files(["lab-3f9a61c2.png"]) == {}
    address = service.keep_file(file_of())
    assert address.startswith("https://")
    service.keep_file(file_of("another-00000000.png"))
    asked = ["lab-3f9a61c2.png", "missing-11111111.png"]
    assert service.kept_files(asked) == {"lab-3f9a61c2.png": address}
    (first, _) = fake.files()
    assert (first.name, first.address, first.content) == ("lab-3f9a61c2.png", address, CONTENT)


@pytest.mark.parametrize("kind", KEEPING, ids=lambda kind: kind.NAME)
def test_of_two_copies_the_older_one_is_found(kind: type[Fake]) -> None:
    fake = kind()
    service = service_of(fake)
    first, second = service.keep_file(file_of()), service.keep_file(file_of())
    assert first != second
    assert service.kept_files(["lab-3f9a61c2.png"]) == {"lab-3f9a61c2.png": first}


@pytest.mark.parametrize("kind", KEEPING, ids=lambda kind: kind.NAME)
def test_one_among_thousands_is_found(kind: type[Fake]) -> None:
    fake = kind()
    service = service_of(fake)
    address = service.keep_file(file_of())
    service.keep_file(file_of("other-00000000.png"))
    template = fake.state["files"][-1]
    fake.state["files"] += [template] * 2100
    assert service.kept_files(["lab-3f9a61c2.png"]) == {"lab-3f9a61c2.png": address}


@pytest.mark.parametrize("kind", KEEPING, ids=lambda kind: kind.NAME)
def test_an_issue_is_handed_over_with_its_pictures(
    kind: type[Fake], illustrated: Newsletter
) -> None:
    fake = kind()
    draft = hand_over_first(illustrated, fake, Wire(fake))
    (held,) = fake.held()
    assert held.html == expected(illustrated, fake, "hand over")[1]
    assert draft.differences == ()
    assert len(fake.files()) == 2
    assert all(file.address in held.html for file in fake.files())


def test_listmonk_gets_a_form_and_answers_for_an_exact_name_only() -> None:
    fake = FakeListmonk()
    wire = Wire(fake)
    service = service_of(fake, wire)
    service.keep_file(file_of("xlab-3f9a61c2.png"))
    service.keep_file(file_of("LAB-3F9A61C2.PNG"))
    assert service.kept_files(["lab-3f9a61c2.png"]) == {}
    assert form_of(wire.requests[0]) == {
        "file": FormPart("xlab-3f9a61c2.png", "image/png", CONTENT)
    }
    assert dict(wire.requests[-1].url.params) == {"query": "lab-3f9a61c2.png", "per_page": "100"}


def test_a_second_file_of_a_name_gets_a_longer_one_at_listmonk() -> None:
    fake = FakeListmonk()
    service = service_of(fake)
    service.keep_file(file_of())
    second = service.keep_file(file_of())
    assert second != "https://lists.example.org/uploads/lab-3f9a61c2.png"
    assert second.startswith("https://lists.example.org/uploads/lab-3f9a61c2_")


@pytest.mark.parametrize("permission", ["media:get", "media:manage"])
def test_the_permission_that_is_missing_is_named(illustrated: Newsletter, permission: str) -> None:
    fake = FakeListmonk()
    fake.state["permissions"].remove(permission)
    with pytest.raises(NotAuthorised, match=f"permission denied: {permission}"):
        hand_over_first(illustrated, fake, Wire(fake))
    assert not fake.held()


def test_a_type_that_the_server_does_not_take_is_named(illustrated: Newsletter) -> None:
    fake = FakeListmonk()
    fake.state["extensions"] = ["svg"]
    with pytest.raises(Refused, match=r"images/rome\.png .* Unsupported file type \((jpg|png)\)"):
        hand_over_first(illustrated, fake, Wire(fake))
    assert not fake.held()


def test_a_picture_that_the_server_cannot_read_is_named() -> None:
    with pytest.raises(Uncertain, match="Error resizing image"):
        service_of(FakeListmonk()).keep_file(file_of(content=b"no picture"))


def test_a_server_that_does_not_know_its_own_address_makes_no_draft(
    illustrated: Newsletter,
) -> None:
    fake = FakeListmonk()
    fake.state["root url"] = "http://localhost:9000"
    with pytest.raises(Refused, match=r"http://localhost:9000/uploads/\S+, a place that only its"):
        hand_over_first(illustrated, fake, Wire(fake))
    assert not fake.held()


def test_mailchimp_gets_json_with_the_content_in_base64() -> None:
    fake = FakeMailchimp()
    wire = Wire(fake)
    service_of(fake, wire).keep_file(file_of())
    (sent,) = wire.requests
    assert body_of(sent) == {
        "name": "lab-3f9a61c2.png",
        "file_data": base64.b64encode(CONTENT).decode(),
    }


def test_mailchimp_is_asked_for_the_files_of_a_bit_more_than_a_year() -> None:
    fake = FakeMailchimp()
    service = service_of(fake)
    address = service.keep_file(file_of())
    shown = fake.state["files"][0]["shown"]
    for days, is_found in ((399, True), (401, False)):
        shown["created_at"] = (datetime.now(UTC) - timedelta(days=days)).isoformat()
        found = service.kept_files(["lab-3f9a61c2.png"])
        assert found == ({"lab-3f9a61c2.png": address} if is_found else {})


def test_mailchimp_keeps_a_calendar_entry_too() -> None:
    fake = FakeMailchimp()
    talk = file_of("talk-1a2b3c4d.ics", b"BEGIN:VCALENDAR\r\n")
    address = service_of(fake).keep_file(talk)
    assert address.endswith(".ics")


def test_buttondown_gets_our_name_as_metadata_for_it_gives_another() -> None:
    fake = FakeButtondown()
    wire = Wire(fake)
    address = service_of(fake, wire).keep_file(file_of())
    assert "lab" not in address
    form = form_of(wire.requests[0])
    assert form["image"] == FormPart("lab-3f9a61c2.png", "image/png", CONTENT)
    assert json.loads(form["metadata"].content) == {"newsletter": "lab-3f9a61c2.png"}
    assert form["metadata"].filename is None


def test_pictures_without_our_metadata_are_not_ours() -> None:
    fake = FakeButtondown()
    service = service_of(fake)
    service.keep_file(file_of())
    for metadata in ({}, None, {"newsletter": 7}, {"other": "lab-3f9a61c2.png"}):
        fake.state["files"][0]["shown"]["metadata"] = metadata
        assert service.kept_files(["lab-3f9a61c2.png"]) == {}


@pytest.mark.parametrize("kind", KEEPING, ids=lambda kind: kind.NAME)
def test_no_secret_is_in_what_is_uploaded(kind: type[Fake]) -> None:
    fake = kind()
    wire = Wire(fake)
    service_of(fake, wire).keep_file(file_of())
    assert all(CANARY.encode() not in request.content for request in wire.requests)

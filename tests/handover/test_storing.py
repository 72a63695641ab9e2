"""The pictures of an issue are in the service's own store before a draft shows them, each once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

import httpx
import pytest

from newsletter.checks.report import Report
from newsletter.email.digests import approved_digest
from newsletter.errors import (
    HandoverError,
    NotAuthorised,
    Refused,
    ServiceError,
    Unavailable,
    Uncertain,
)
from newsletter.handover import Destination, HandoverPlan, schedule, send_test, verify
from newsletter.model import Draft, File
from newsletter.services import profile_of
from newsletter.services.protocol import Status
from tests.handover import standin as standin_module
from tests.handover.conftest import Hand
from tests.handover.standin import (
    Published,
    Standin,
    address_of,
    agree,
    place,
    published_by,
    refuse,
    with_email,
)
from tests.services.scenes import AT, Newsletter, newsletter_in


@pytest.fixture(scope="module")
def built_with_pictures(tmp_path_factory: pytest.TempPathFactory) -> Newsletter:
    return newsletter_in(tmp_path_factory.mktemp("illustrated"), with_pictures=True)


@pytest.fixture
def illustrated(built_with_pictures: Newsletter) -> Iterator[Newsletter]:
    """A newsletter whose issue 652 has two pictures, and was handed over nowhere."""
    yield built_with_pictures
    built_with_pictures.forget()


@pytest.fixture
def report(illustrated: Newsletter) -> Report:
    return illustrated.first


@pytest.fixture
def hand(hand: Hand, standin: Standin) -> Hand:
    """Hands a report over to a service whose files are on the web, and the publication's too."""

    def run(
        report: Report,
        to: Destination | None = None,
        confirm: Callable[[HandoverPlan], None] = agree,
    ) -> Draft:
        return hand(report, on_the_web(report, to or place(standin)), confirm)

    return run


def on_the_web(report: Report, to: Destination) -> Destination:
    """The same place; what it keeps can be asked for, and what the publication serves itself."""

    def answer(request: httpx.Request) -> httpx.Response:
        for file in report.email.files:
            there = standin_module.address_of(file.name)
            is_kept = file.name in getattr(to.service, "files", {})
            if str(request.url) == file.address or (is_kept and str(request.url) == there):
                headers = {"Content-Type": file.media_type}
                return httpx.Response(200, content=file.content, headers=headers)
        return httpx.Response(404)

    return replace(to, transport=Published(answer))


def names(report: Report) -> list[str]:
    return [file.name for file in report.email.files]


def kept_in_record(illustrated: Newsletter) -> dict[str, str]:
    kept: dict[str, str] = json.loads(illustrated.record.file.read_bytes())["kept"]
    return kept


class Unreliable(Standin):
    """A service that fails to keep a file."""

    def __init__(self, *errors: ServiceError | None, keeps_it: bool = False) -> None:
        super().__init__()
        self.errors = list(errors)
        self.keeps_it = keeps_it

    def keep_file(self, file: File) -> str:
        error = self.errors.pop(0) if self.errors else None
        if error is None or self.keeps_it:
            super().keep_file(file)
        else:
            self.calls.append("keep_file")
        if error:
            raise error
        return address_of(file.name)


def test_pictures_are_uploaded_before_the_draft_that_shows_them(
    hand: Hand, report: Report, standin: Standin, illustrated: Newsletter
) -> None:
    draft = hand(report)
    assert len(names(report)) == 2
    assert standin.writes == ["keep_file", "keep_file", "create"]
    assert standin.files == {file.name: file.content for file in report.email.files}
    html = standin.only.html or ""
    for file in report.email.files:
        assert f'src="{escape(address_of(file.name))}"' in html
        assert file.address not in html
    assert kept_in_record(illustrated) == draft.kept == {n: address_of(n) for n in names(report)}
    assert draft.differences == ()


def test_handed_over_again_nothing_is_uploaded_or_changed(
    hand: Hand, report: Report, standin: Standin
) -> None:
    draft = hand(report)
    standin.calls.clear()
    assert hand(report, confirm=refuse) == draft
    assert standin.writes == []


def test_a_picture_that_was_changed_is_uploaded_anew_and_the_old_one_stays(
    hand: Hand, illustrated: Newsletter, standin: Standin
) -> None:
    hand(illustrated.first)
    old = dict(standin.files)
    standin.calls.clear()
    draft = hand(illustrated.second)
    assert standin.writes == ["keep_file", "update"]
    assert old.items() < standin.files.items()
    assert list(draft.kept) != list(old)
    assert len(draft.kept) == 2


def test_scheduling_and_verifying_upload_nothing_and_need_no_look_at_the_store(
    hand: Hand, report: Report, standin: Standin
) -> None:
    hand(report)
    standin.calls.clear()
    schedule(report, [on_the_web(report, place(standin))], AT, confirm=agree)
    assert standin.writes == ["schedule"]
    assert "kept_files" not in standin.calls
    assert standin.only.status == Status.SCHEDULED
    assert verify(report.galley) == ()


def test_an_approval_is_of_the_same_content_wherever_the_pictures_are(
    hand: Hand, report: Report
) -> None:
    assert hand(report).content == approved_digest(report.email)


def test_a_picture_that_was_deleted_there_is_uploaded_again(
    hand: Hand, report: Report, standin: Standin
) -> None:
    hand(report)
    del standin.files[names(report)[0]]
    standin.calls.clear()
    hand(report)
    assert standin.writes == ["keep_file"]


def test_a_draft_follows_pictures_that_are_served_elsewhere_now(
    hand: Hand, report: Report, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand(report)
    standin.calls.clear()
    monkeypatch.setattr(
        "tests.handover.standin.address_of", lambda name: f"https://new.example.org/{name}"
    )
    draft = hand(report)
    assert standin.writes == ["update"]
    assert list(draft.kept.values()) == [
        f"https://new.example.org/{name}" for name in names(report)
    ]


def test_the_editor_sees_what_is_to_be_uploaded_first(
    hand: Hand, report: Report, standin: Standin
) -> None:
    standin.files[names(report)[0]] = report.email.files[0].content
    plans: list[HandoverPlan] = []
    hand(report, confirm=plans.append)
    assert [[file.name for file in plan.uploads] for plan in plans] == [names(report)[1:]]


def test_nothing_is_uploaded_if_the_editor_does_not_agree(
    hand: Hand, report: Report, standin: Standin
) -> None:
    def disagree(_: HandoverPlan) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hand(report, confirm=disagree)
    assert standin.writes == []


def test_nothing_is_uploaded_for_an_issue_that_was_sent(
    hand: Hand, illustrated: Newsletter, standin: Standin
) -> None:
    hand(illustrated.first)
    standin.files.clear()
    standin.edit("c1", status=Status.SENT)
    standin.calls.clear()
    with pytest.raises(HandoverError, match="this issue is sent"):
        hand(illustrated.second)
    assert standin.writes == []


def test_a_test_shows_the_pictures_as_well_and_uploads_each_once(
    report: Report, standin: Standin, hand: Hand
) -> None:
    sent = send_test(report.galley, profile_of("mailchimp"), standin, ["editor@example.org"])
    assert standin.writes == ["keep_file", "keep_file", "send_test"]
    assert all(str(escape(address_of(name))) in sent.html for name in names(report))
    hand(report)
    assert standin.writes == ["keep_file", "keep_file", "send_test", "create"]


def test_no_test_is_sent_whose_pictures_cannot_be_uploaded(report: Report) -> None:
    service = Unreliable(Refused("Example", "It refused (413).", "", 413))
    with pytest.raises(Refused, match=r"images/rome\.png was not uploaded"):
        send_test(report.galley, profile_of("mailchimp"), service, ["editor@example.org"])
    assert service.tests == []


# --- faults


@pytest.mark.parametrize(
    "error",
    [
        NotAuthorised("Example", "A permission is missing (403: media:manage).", "Ask.", 403),
        Refused("Example", "It refused (413: too large).", "", 413),
        Refused("Example", "It refused (415).", "", 415),
        Unavailable("Example", "It got too many requests (429).", "Later.", 429),
    ],
)
def test_if_one_picture_is_not_stored_there_is_no_draft_and_the_next_run_goes_on(
    hand: Hand, report: Report, illustrated: Newsletter, error: ServiceError
) -> None:
    service = Unreliable(None, error)
    with pytest.raises(type(error)) as failure:
        hand(report, place(service))
    (problem,) = failure.value.problems
    assert "images/palaces.gif" in problem.message
    assert error.problems[0].message in problem.message
    assert problem.hint
    assert failure.value.status == error.status
    assert not service.campaigns
    assert illustrated.record.read() is None

    service.calls.clear()
    hand(report, place(service))
    assert service.writes == ["keep_file", "create"]


def test_a_lost_answer_to_an_upload_is_looked_up_by_name(hand: Hand, report: Report) -> None:
    service = Unreliable(Uncertain("Example", "The connection broke.", ""), keeps_it=True)
    draft = hand(report, place(service))
    assert service.writes == ["keep_file", "keep_file", "create"]
    assert draft.kept == {name: address_of(name) for name in names(report)}


def test_what_was_not_stored_after_all_is_uploaded_once_more(hand: Hand, report: Report) -> None:
    lost = Uncertain("Example", "The connection broke.", "")
    hand(report, place(Unreliable(lost)))
    service = Unreliable(lost, lost)
    with pytest.raises(Uncertain, match=r"images/rome\.png .* The connection broke"):
        hand(published_by(report, name="Another"), place(service))
    assert service.writes == ["keep_file", "keep_file"]


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("http://localhost:9000/uploads/a.png", "only its own network"),
        ("https://listmonk/uploads/a.png", "only its own network"),
        ("https://10.0.0.7/uploads/a.png", "only its own network"),
        ("http://lists.example.org/uploads/a.png", "not encrypted"),
        ("https://a:b@files.example.org/a.png", "a name or a password"),
        ("https://s3.example.org/a.png?X-Amz-Expires=604800&X-Amz-Signature=1f", "expires"),
        ("/uploads/a.png", "not a web address"),
        ("", "not a web address"),
    ],
)
def test_an_address_that_readers_cannot_open_is_refused_before_there_is_a_draft(
    hand: Hand,
    report: Report,
    standin: Standin,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    fault: str,
) -> None:
    monkeypatch.setattr("tests.handover.standin.address_of", lambda _: address)
    for _ in range(2):  # as it is uploaded, and as it is found again
        with pytest.raises(Refused, match=fault):
            hand(report)
    assert standin.writes == ["keep_file"]


# --- what stays at the publication's own addresses


def test_where_pictures_are_brought_elsewhere_the_service_keeps_none(
    hand: Hand, report: Report, standin: Standin, tmp_path: Path
) -> None:
    report = published_by(report, pictures_to=str(tmp_path))
    assert hand(report).kept == {}
    assert standin.writes == ["create"]
    assert report.email.files[0].address in (standin.only.html or "")


def test_a_service_without_a_store_is_not_asked(hand: Hand, report: Report) -> None:
    service = Standin()
    draft = hand(report, place(service, "brevo"))
    assert service.calls.count("kept_files") == 0
    assert draft.kept == {}


def test_files_of_a_type_that_the_service_does_not_keep_stay_where_they_are(
    hand: Hand, report: Report
) -> None:
    talk = File(
        name="talk-1a2b.ics",
        address="https://pictures.example.org/652/talk-1a2b.ics",
        media_type="text/calendar; charset=utf-8",
        content=b"BEGIN:VCALENDAR",
        source="",
    )
    html = report.email.html.replace("</body>", f'<a href="{talk.address}">+</a></body>')
    report = with_email(report, html=html, files=(*report.email.files, talk))
    for service, keeps_it in (("buttondown", False), ("mailchimp", True)):
        standin = Standin()
        hand(report, place(standin, service))
        assert (talk.name in standin.files) == keeps_it
        assert (talk.address in (standin.only.html or "")) != keeps_it
        shutil.rmtree(report.folder.handed_over)

"""What an issue keeps of its handover: all of it, readable, without a secret; and one process at a time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from newsletter import __version__
from newsletter.checks.report import Report
from newsletter.email.digests import approved_digest
from newsletter.errors import HandoverError, NewsletterError
from newsletter.handover import Record, outgoing_of, records_of, schedule, unschedule, verify
from newsletter.handover.locking import exclusive_lock
from newsletter.handover.record import files_of, versions
from newsletter.handover.versioned import from_versioned_json
from newsletter.manifest.project import IssueFolder
from newsletter.model import Audience, Draft
from newsletter.services import profile_of
from tests.handover.conftest import Hand, Kept
from tests.handover.standin import READERS, Standin, agree, place, refuse, with_email
from tests.services.scenes import record_of

AT = (datetime.now(UTC) + timedelta(days=3)).replace(hour=17, minute=0, second=0, microsecond=0)


# --- what is kept


def test_the_record_tells_all_that_there_is_to_know(
    hand: Hand, report: Report, standin: Standin, kept: Kept
) -> None:
    hand(report, by="Monday's editor")
    record = json.loads(kept()["record.json"])
    times = {name: datetime.fromisoformat(record.pop(name)) for name in ("begun", "done")}
    assert all(time.utcoffset() == timedelta(0) for time in times.values())
    assert times["begun"] <= times["done"] <= datetime.now(UTC)
    assert record.pop("held")["subject"] == record["subject"]
    assert record.pop("pieces")["the publication"].keys() >= {"name", "from", "why"}
    assert record.pop("versions").keys() == versions().keys()
    assert record == {
        "format": 2,
        "state": "done",
        "publication": "BioNews",
        "number": "652",
        "subject": report.email.subject,
        "service": "mailchimp",
        "account": "Example (a@example.org)",
        "audience": {"id": "r1", "name": "Readers", "size": 18204},
        "tags": "mailchimp",
        "campaign": "c1",
        "address": "https://service.example.org/c1",
        "content": approved_digest(report.email),
        "files": {name: sha256(kept()[name]).hexdigest() for name in ("email.html", "email.txt")},
        "kept": {},
        "differences": [],
        "additions": [],
        "by": "Monday's editor",
        "scheduled": None,
    }


def test_the_files_are_what_the_service_holds_byte_for_byte(
    hand: Hand, report: Report, standin: Standin, kept: Kept
) -> None:
    hand(report)
    assert kept().keys() == {"email.html", "email.txt", "record.json"}
    assert kept()["email.html"] == (standin.only.html or "").encode()
    assert kept()["email.txt"] == (standin.only.text or "").encode()


def test_before_a_service_is_asked_to_make_anything_it_says_that_this_was_begun(
    hand: Hand, report: Report, standin: Standin, issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create, seen = standin.create, list[Draft | None]()

    def looked_at(outgoing: Any) -> str:
        seen.append(record_of(issue).read())
        return create(outgoing)

    monkeypatch.setattr(standin, "create", looked_at)
    hand(report)
    (begun,) = seen
    assert begun
    assert (begun.state, begun.campaign, begun.read_back, begun.done, begun.by) == (
        "begun",
        None,
        None,
        None,
        "a test",
    )
    assert begun.files == record_of(issue).require().files


def test_the_files_of_the_last_time_stay_until_the_service_has_the_new_ones(
    hand: Hand,
    report: Report,
    standin: Standin,
    issue: Path,
    kept: Kept,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hand(report)
    files = kept()

    def breaks(campaign: str, outgoing: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(standin, "update", breaks)
    with pytest.raises(KeyboardInterrupt):
        hand(with_email(report, subject="Another"))
    assert {**kept(), "record.json": b""} == {**files, "record.json": b""}
    begun = record_of(issue).read()
    assert begun
    assert (begun.state, begun.campaign, begun.subject) == ("begun", "c1", "Another")


def test_what_was_kept_can_be_read_again(hand: Hand, report: Report, issue: Path) -> None:
    draft = hand(report)
    assert record_of(issue).read() == record_of(issue).require() == draft


def test_the_programs_are_named() -> None:
    assert versions()["newsletter"] == __version__
    assert versions()["python"].startswith("3.")
    assert {"jinja2", "premailer", "mjml-python"} <= versions().keys()


@pytest.mark.parametrize("part", ["subject", "preheader", "html", "text"])
def test_another_content_has_another_digest(report: Report, part: str) -> None:
    changed = report.email.model_copy(update={part: getattr(report.email, part) + "."})
    assert approved_digest(changed) != approved_digest(report.email)


@pytest.mark.parametrize("part", ["sender", "reply_to", "unsubscribe", "postal_address"])
def test_who_sends_it_and_what_its_tags_stand_for_is_part_of_it(report: Report, part: str) -> None:
    issue = report.email.issue
    publication = issue.publication.model_copy(update={part: "Another <another@example.org>"})
    changed = report.email.model_copy(
        update={"issue": issue.model_copy(update={"publication": publication})}
    )
    assert approved_digest(changed) != approved_digest(report.email)


# --- a record that cannot be used


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(
            ("campaign", odd)
            for odd in ("", "../lists/1", "1?status=sent", "1/../2", "a b", "a\n", "é", "x" * 101)
        ),
        *(
            ("done", odd)
            for odd in (
                "0001-01-01T00:00:00+12:00",
                "9999-12-31T23:59:59-12:00",
                "2026-01-01T00:00:00",
            )
        ),
        ("begun", "1066-10-14T09:00:00Z"),
        ("scheduled", "2999-01-01T00:00:00Z"),
        ("number", "652; rm"),
        ("publication", "Two\nlines"),
    ],
)
def test_a_record_with_something_absurd_in_it_is_told(
    hand: Hand, report: Report, issue: Path, field: str, value: str
) -> None:
    hand(report)
    file = record_of(issue).file
    file.write_text(json.dumps({**json.loads(file.read_bytes()), field: value}), "utf-8")
    with pytest.raises(
        HandoverError, match=r"record\.json: This record cannot be read\. Restore it from git"
    ):
        record_of(issue).read()


@pytest.mark.parametrize(
    "campaign", ["build/652/handed-over/..", "build/653/handed-over", "/etc", "build/652"]
)
def test_files_are_looked_for_in_the_issues_own_place_only(
    hand: Hand, report: Report, issue: Path, campaign: str
) -> None:
    draft = hand(report)
    written = draft.model_copy(update={"service": "folder", "campaign": campaign})
    record_of(issue).save(written)
    with pytest.raises(HandoverError, match="This record cannot be read"):
        record_of(issue).read()
    record_of(issue).save(written.model_copy(update={"campaign": "build/652/handed-over"}))
    assert record_of(issue).read()


def test_a_record_of_a_service_that_is_not_installed_says_so(
    hand: Hand, report: Report, issue: Path
) -> None:
    record_of(issue).save(hand(report).model_copy(update={"service": "mailchump"}))
    with pytest.raises(HandoverError, match=r"record\.json: It was handed over to 'mailchump'"):
        record_of(issue).read()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_in_the_place_of_a_record_is_told_and_not_waited_for(issue: Path) -> None:
    record_of(issue).folder.mkdir()
    os.mkfifo(record_of(issue).file)
    with pytest.raises(HandoverError, match="This record cannot be read"):
        record_of(issue).read()


def test_without_a_record_it_was_not_handed_over(issue: Path) -> None:
    assert record_of(issue).read() is None
    with pytest.raises(
        HandoverError, match=r"has not been handed over yet\. First: newsletter hand-over 652\."
    ):
        record_of(issue).require()


def test_what_was_only_begun_is_not_handed_over(hand: Hand, report: Report, issue: Path) -> None:
    record_of(issue).save(hand(report).model_copy(update={"state": "begun"}))
    with pytest.raises(
        HandoverError, match=r"was not finished\. First: newsletter hand-over 652\."
    ):
        record_of(issue).require()


def spoil(**changes: object) -> Callable[[bytes], bytes]:
    return lambda content: json.dumps(json.loads(content) | changes).encode()


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda _: b"",
        lambda content: content[: len(content) // 2],
        lambda content: b"<<<<<<< HEAD\n" + content,
        lambda content: b"\xff\xfe" + content,
        lambda _: b"[]",
        lambda _: b"{}",
        spoil(unknown="field"),
        spoil(state="sent"),
        spoil(campaign=17),
        spoil(begun="last Monday"),
        spoil(audience={"id": "r1"}),
    ],
)
def test_a_spoilt_record_stops_everything(
    hand: Hand,
    report: Report,
    standin: Standin,
    issue: Path,
    kept: Kept,
    spoilt: Callable[[bytes], bytes],
) -> None:
    hand(report)
    path = record_of(issue).file
    path.write_bytes(spoilt(path.read_bytes()))
    files, standin.calls = kept(), []
    for action in (
        lambda: hand(report, confirm=refuse),
        lambda: schedule(report, [place(standin)], AT, confirm=refuse),
        lambda: unschedule(IssueFolder.at(issue), place(standin)),
        lambda: verify(report.galley),
    ):
        with pytest.raises(
            HandoverError, match=r"record\.json: This record cannot be read\. Restore it from git"
        ):
            action()
    assert standin.calls == []
    assert kept() == files


def test_a_file_in_the_place_of_the_folder_stops_it(
    hand: Hand, report: Report, standin: Standin, issue: Path
) -> None:
    record_of(issue).folder.write_text("not a folder", "utf-8")
    try:
        with pytest.raises(HandoverError, match="cannot be read"):
            hand(report, confirm=refuse)
    finally:
        record_of(issue).folder.unlink()
    assert standin.calls == []


def test_the_record_of_an_issue_is_not_that_of_its_copy(
    hand: Hand, report: Report, issue: Path, tmp_path: Path
) -> None:
    draft = hand(report)
    shutil.copytree(issue, tmp_path / "653")
    with pytest.raises(
        HandoverError,
        match=r"of issue 652, not 653\. If it was copied .*, delete handed-over/ here",
    ):
        record_of(tmp_path / "653").read()
    shutil.copytree(issue, tmp_path / "next")
    assert (
        record_of(tmp_path / "next").read() == draft
    )  # a folder that is not named by a number may hold any


def test_what_came_to_nothing_is_forgotten(hand: Hand, report: Report, issue: Path) -> None:
    draft = hand(report)
    record_of(issue).restore(draft)
    assert record_of(issue).read() == draft
    record_of(issue).restore(None)
    record_of(issue).restore(None)
    assert record_of(issue).read() is None


def test_files_are_the_parts_as_they_are_given(report: Report) -> None:
    outgoing = outgoing_of(report.galley, profile_of("mailchimp"), READERS.id)
    assert files_of(outgoing) == {
        "email.html": outgoing.html.encode(),
        "email.txt": outgoing.text.encode(),
    }


# --- one process at a time

HOLDS = """
import sys
from pathlib import Path
from newsletter.handover.locking import exclusive_lock
from newsletter.manifest.project import IssueFolder
with exclusive_lock(IssueFolder.at(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(folder: Path, repository: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that hands over the issue in a folder, and is in the middle of it."""
    command = [sys.executable, "-c", HOLDS, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=repository, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_process_is_refused(
    hand: Hand,
    report: Report,
    standin: Standin,
    issue: Path,
    repository: Path,
    kept: Kept,
    tmp_path: Path,
) -> None:
    hand(report)
    files, standin.calls = kept(), []
    actions: list[Callable[[], object]] = [
        partial(hand, report, confirm=refuse),
        partial(schedule, report, [place(standin)], AT, confirm=refuse),
        partial(unschedule, IssueFolder.at(issue), place(standin)),
    ]
    with another_process(issue, repository) as process:
        for action in actions:
            with pytest.raises(HandoverError, match=r"Another terminal is working on this issue"):
                action()
        assert (standin.calls, kept()) == ([], files)
        (tmp_path / "link").symlink_to(issue)
        with pytest.raises(HandoverError), exclusive_lock(IssueFolder.at(tmp_path / "link")):
            pass
        with exclusive_lock(IssueFolder.at(issue.parent / "596")):
            pass
        process.kill()
        process.wait()
        hand(report)  # what was killed holds nothing


def test_it_is_free_again_after_an_error(issue: Path) -> None:
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt), exclusive_lock(IssueFolder.at(issue)):
            raise KeyboardInterrupt


def test_while_the_editor_is_asked_nobody_else_hands_it_over(
    hand: Hand, report: Report, standin: Standin
) -> None:
    def second(_: object) -> None:
        with pytest.raises(HandoverError, match="Another terminal"):
            hand(report, confirm=agree)

    hand(report, confirm=second)
    assert standin.writes == ["create"]


def test_where_nothing_can_be_locked_nothing_is_done(
    hand: Hand, report: Report, standin: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(
        NewsletterError, match=r"nothing else is handing .* \(Not a directory\)\. Check the disk"
    ):
        hand(report, confirm=refuse)
    assert standin.calls == []


# --- several formats


def test_each_format_has_a_record_of_its_own(hand: Hand, report: Report, issue: Path) -> None:
    assert records_of(report.folder) == ()
    draft = hand(report)
    for name in ("full", "headlines"):
        Record(report.folder, name).save(draft.model_copy(update={"format": name}))
    assert [record.further_format for record in records_of(report.folder)] == [
        "",
        "full",
        "headlines",
    ]
    assert [record.require().format for record in records_of(report.folder)] == [
        None,
        "full",
        "headlines",
    ]
    record_of(issue).file.unlink()
    assert [record.further_format for record in records_of(report.folder)] == ["full", "headlines"]


def test_a_record_of_a_format_is_not_read_by_an_older_program(hand: Hand, report: Report) -> None:
    draft = hand(report)
    record = Record(report.folder, "full")
    record.save(draft.model_copy(update={"format": "full"}))
    content = record.file.read_bytes()
    assert from_versioned_json(content, record.file, 3)["of_format"] == "full"
    with pytest.raises(HandoverError, match="made by a newer version"):
        from_versioned_json(content, record.file, 2)


def test_the_list_of_a_part_is_kept_with_it(hand: Hand, report: Report) -> None:
    draft = hand(report)
    part = Audience("r1:group-3", "Full text", 2900, "r1")
    record = Record(report.folder, "full")
    record.save(draft.model_copy(update={"format": "full", "audience": part}))
    assert record.require().audience == part


@pytest.mark.parametrize("format", [None, "headlines"])
def test_a_record_of_another_format_is_refused(
    hand: Hand, report: Report, format: str | None
) -> None:
    record = Record(report.folder, "full")
    record.save(hand(report).model_copy(update={"format": format}))
    with pytest.raises(HandoverError, match=r"is not of the format 'full'\. If it was copied"):
        record.read()

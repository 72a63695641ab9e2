"""The commands of the last step, as an editor types them, against a service that keeps state."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from newsletter.cli import main
from tests.services.fake_brevo import FakeBrevo
from tests.services.fake_listmonk import FakeListmonk
from tests.services.fake_mailchimp import FakeMailchimp
from tests.services.fakes import CANARY, Wire

COMING = (datetime.now(UTC) + timedelta(days=7)).date().isoformat()
Type = Callable[..., Result]


@pytest.fixture
def mailchimp() -> FakeMailchimp:
    return FakeMailchimp()


@pytest.fixture
def issue(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Issue 652 of a newsletter that goes to Mailchimp."""
    monkeypatch.chdir(newsletter_folder)
    for name in ("SMTP_HOST", "MAILCHIMP_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    _replace(
        newsletter_folder / "issues" / "publication.yaml",
        "service: folder",
        f"service: mailchimp\naudience: {FakeMailchimp.AUDIENCE}",
    )
    (newsletter_folder / ".env").write_text(f"MAILCHIMP_API_KEY={CANARY}-us6\n", "utf-8")
    return newsletter_folder / "issues" / "652"


@pytest.fixture
def command(issue: Path, mailchimp: FakeMailchimp) -> Type:
    """Types a command; ``typed`` is what the editor answers to questions. The secret must not show up anywhere."""

    def run(*arguments: str, typed: str = "") -> Result:
        result = CliRunner().invoke(main, arguments, obj=Wire(mailchimp), input=typed)
        assert CANARY not in result.output + repr(result.exception)
        for path in issue.rglob("*"):
            assert path.is_dir() or CANARY.encode() not in path.read_bytes(), path
        assert result.exception is None or isinstance(result.exception, SystemExit), (
            result.exception
        )
        return result

    return run


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def _change(issue: Path) -> None:
    _replace(
        issue / "issue.yaml", "are linked to autism...", "are linked to autism, a study says..."
    )


# Handing over


def test_the_editor_sees_what_is_about_to_be_done_and_types_the_number(
    command: Type, mailchimp: FakeMailchimp, issue: Path
) -> None:
    answer = command("hand-over", "652", typed="652\n")
    assert answer.exit_code == 0, answer.output
    for fact in (
        "BioNews 652, Monday 16 April 2012",
        "BioNews 652: Emerging science and established problems",
        "Mailchimp",
        "Example (a@example.org)",
        "Readers, 18,204 readers (id a1b2c3d4e5)",
        "makes one draft; nothing is sent",
        "Type 652 to hand it over",
        "read back, and as it was given",
        "https://us6.admin.mailchimp.com/campaigns/edit?id=101",
        "issues/652/handed-over/",
    ):
        assert fact in answer.output
    assert [(held.status, held.audiences) for held in mailchimp.held()] == [
        ("draft", ("a1b2c3d4e5",))
    ]
    held = mailchimp.held()[0]
    assert (issue / "handed-over" / "email.html").read_text("utf-8") == held.html
    assert (issue / "handed-over" / "email.txt").read_text("utf-8") == held.text
    record = json.loads((issue / "handed-over" / "record.json").read_bytes())
    assert (record["state"], record["campaign"], record["service"]) == (
        "done",
        held.id,
        "mailchimp",
    )


@pytest.mark.parametrize("typed", ["\n", "653\n", "y\n", "yes\n", "", "652 \n652"])
def test_anything_but_the_number_does_nothing(
    command: Type, mailchimp: FakeMailchimp, issue: Path, typed: str
) -> None:
    answer = command("hand-over", "652", typed=typed)
    if typed.startswith("652"):
        assert answer.exit_code == 0  # spaces around it are forgiven
        return
    assert answer.exit_code == 1
    assert mailchimp.held() == []
    assert not (issue / "handed-over").exists()


def test_again_without_a_change_says_so_and_does_nothing(
    command: Type, mailchimp: FakeMailchimp, issue: Path
) -> None:
    command("hand-over", "652", "--yes", "--by", "Monday's editor")
    kept = {path.name: path.read_bytes() for path in (issue / "handed-over").iterdir()}
    state = json.dumps(mailchimp.state)
    answer = command("hand-over", "652")
    assert answer.exit_code == 0
    assert answer.output.startswith("Nothing new to hand over")
    assert "Monday's editor" in answer.output
    assert json.dumps(mailchimp.state) == state
    assert {path.name: path.read_bytes() for path in (issue / "handed-over").iterdir()} == kept


def test_a_damaged_copy_of_what_was_handed_over_is_mended(command: Type, issue: Path) -> None:
    command("hand-over", "652", "--yes")
    copy = issue / "handed-over" / "email.txt"
    whole = copy.read_bytes()
    copy.write_bytes(b"damaged")
    assert command("verify", "652").exit_code == 1
    assert command("hand-over", "652").output.startswith("Nothing new to hand over")
    assert copy.read_bytes() == whole
    assert command("verify", "652").exit_code == 0


def test_again_after_a_change_brings_the_draft_up_to_date(
    command: Type, mailchimp: FakeMailchimp, issue: Path
) -> None:
    command("hand-over", "--yes")
    _change(issue)
    answer = command("hand-over", typed="652\n")
    assert answer.exit_code == 0, answer.output
    assert "updates the draft that is there" in answer.output
    assert len(mailchimp.held()) == 1
    assert "a study says" in mailchimp.held()[0].html


def test_what_was_changed_in_the_service_is_shown_before_it_is_replaced(
    command: Type, mailchimp: FakeMailchimp
) -> None:
    command("hand-over", "--yes")
    mailchimp.alter("c101", "content")
    answer = command("hand-over", typed="652\n")
    assert "Replaces" in answer.output
    assert "<img src=x>" not in mailchimp.held()[0].html


def test_what_the_service_holds_otherwise_is_told_with_status_1(
    command: Type, mailchimp: FakeMailchimp, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = mailchimp.put_content

    def spoils(request: object, campaign: str) -> object:
        answer = put(request, campaign)  # type: ignore[arg-type]
        mailchimp.alter(campaign, "content")
        return answer

    monkeypatch.setattr(mailchimp, "put_content", spoils)
    for _ in range(2):
        answer = command("hand-over", "--yes")
        assert answer.exit_code == 1
        assert "Differs" in answer.stderr
        assert "HTML, line" in answer.stderr


def test_errors_of_the_checks_stop_it_before_anything_is_asked(
    command: Type, mailchimp: FakeMailchimp, issue: Path
) -> None:
    _replace(issue / "issue.yaml", "number: 652", "number: 652\nsubject: BioNews 653")
    answer = command("hand-over", "652", "--yes")
    assert answer.exit_code == 1
    assert "is not ready" in answer.stderr
    assert mailchimp.held() == []


def test_an_audience_must_be_named_and_must_be_there(command: Type, issue: Path) -> None:
    publication = issue.parent / "publication.yaml"
    _replace(publication, f"audience: {FakeMailchimp.AUDIENCE}", "audience: Readers")
    answer = command("hand-over", "--yes")
    assert answer.exit_code == 2
    assert "has no audience 'Readers'; it has 'a1b2c3d4e5' (Readers)" in answer.stderr
    _replace(publication, "audience: Readers\n", "")
    answer = command("hand-over", "--yes")
    assert answer.exit_code == 2
    assert "newsletter audiences mailchimp" in answer.stderr
    assert command("hand-over", "--yes", "--audience", FakeMailchimp.AUDIENCE).exit_code == 0


def test_the_folder_gets_files_in_the_tags_of_any_service(
    command: Type, issue: Path, mailchimp: FakeMailchimp
) -> None:
    answer = command("hand-over", "--to", "folder", "--tags", "mailchimp", typed="652\n")
    assert answer.exit_code == 0, answer.output
    assert "writes the email" in answer.output
    written = issue.parent.parent / "build" / "652" / "handed-over"
    assert "*|UNSUB|*" in (written / "email.html").read_text("utf-8")
    assert {path.suffix for path in written.iterdir()} == {".html", ".txt", ".eml", ".zip"}
    assert mailchimp.held() == []
    assert "of Mailchimp" in answer.output
    assert command("hand-over", "--tags", "brevo").exit_code == 2
    assert "has no audiences" in command("hand-over", "--to", "folder", "--audience", "x").stderr


def test_what_the_service_adds_by_itself_is_told(
    command: Type, mailchimp: FakeMailchimp, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = mailchimp.put_content

    def adds(request: httpx.Request, campaign: str) -> httpx.Response:
        answer = put(request, campaign)
        held = mailchimp.state["campaigns"][campaign]["content"]
        bar = '<center><br><table id="canspamBarWrapper"><tr><td>footer</td></tr></table></center>'
        held["html"] = held["html"].replace("</body>", f"{bar}</body>")
        return answer

    monkeypatch.setattr(mailchimp, "put_content", adds)
    answer = command("hand-over", "652", "--yes")
    assert answer.exit_code == 0, answer.output
    assert "Added there" in answer.output
    assert "as it was given" not in answer.output


def test_a_service_that_takes_less_is_told_so(issue: Path) -> None:
    brevo = FakeBrevo()
    environment = {**brevo.ENVIRONMENT}
    arguments = ["hand-over", "652", "--to", "brevo", "--audience", brevo.AUDIENCE, "--yes"]
    answer = CliRunner().invoke(main, arguments, obj=Wire(brevo), env=environment)
    assert answer.exit_code == 0, answer.output
    assert "Brevo does not take our plain text" in answer.output


def test_a_network_that_is_down_is_told_without_a_traceback(
    issue: Path, mailchimp: FakeMailchimp
) -> None:
    class Down(Wire):
        def handle_request(self, request: object) -> object:  # type: ignore[override]
            import httpx

            raise httpx.ConnectError("[Errno -2] Name or service not known")

    answer = CliRunner().invoke(main, ["audiences"], obj=Down(mailchimp))
    assert answer.exit_code == 2
    assert answer.stderr.startswith("Mailchimp: us6.api.mailchimp.com cannot be reached")


# Approvals


def test_an_issue_that_needs_two_approvals_waits_for_both(
    command: Type, issue: Path, mailchimp: FakeMailchimp
) -> None:
    _replace(
        issue.parent / "publication.yaml", "service: mailchimp", "approvals: 2\nservice: mailchimp"
    )
    assert "needs 2 approvals and has 0" in command("hand-over", "--yes").stderr
    assert "1 more needed" in command("approve", "652", "--by", "First Reader").output
    assert "1 more needed" in command("approve", "652", "--by", " first  reader ").output
    refused = command("hand-over", "--yes")
    assert refused.exit_code == 2
    assert "has 1 (by First Reader)" in refused.stderr
    answer = command("approve", "652", "--by", "Second Reader")
    assert "approved by First Reader" in answer.output
    assert "more needed" not in answer.output
    _change(issue)
    refused = command("hand-over", "--yes")
    assert refused.exit_code == 2
    assert "has 0. It, or its service or audience, has changed" in refused.stderr
    assert mailchimp.held() == []
    for person in ("First Reader", "Second Reader"):
        command("approve", "652", "--by", person)
    assert command("hand-over", "--yes").exit_code == 0


def test_what_has_errors_cannot_be_approved_of(command: Type, issue: Path) -> None:
    _replace(issue / "issue.yaml", "number: 652", "number: 652\nsubject: BioNews 653")
    assert command("approve", "--by", "Somebody").exit_code == 1
    assert not (issue / "approvals.json").exists()


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x1b[31mb"])
def test_a_name_is_one_line_of_text(command: Type, issue: Path, name: str) -> None:
    answer = command("approve", "--by", name)
    assert answer.exit_code == 2
    assert not (issue / "approvals.json").exists()


# Scheduling


def test_a_time_is_on_the_publications_clock_and_shown_in_utc_as_well(
    command: Type, mailchimp: FakeMailchimp
) -> None:
    command("hand-over", "--yes")
    answer = command("schedule", "652", "--at", "2031-07-07 17:00", typed="652\n")
    assert answer.exit_code == 0, answer.output
    assert "Monday 7 July 2031, 17:00 Europe/London (16:00 UTC)" in answer.output
    assert "18,204 readers" in answer.output
    assert "not the date of the issue" in answer.output
    assert (mailchimp.held()[0].scheduled or "").startswith("2031-07-07T16:00:00")
    again = command("schedule", "652", "--at", "2031-07-07 17:00")
    assert again.exit_code == 0
    assert "Type 652" not in again.output
    other = command("schedule", "652", "--at", "2031-07-07 18:00", "--yes")
    assert other.exit_code == 2
    assert "newsletter unschedule 652" in other.stderr
    assert command("unschedule", "652").exit_code == 0
    assert (mailchimp.held()[0].status, mailchimp.held()[0].scheduled) == ("draft", None)


def test_its_own_day_and_hour_are_taken_if_no_time_is_named(
    command: Type, mailchimp: FakeMailchimp, issue: Path
) -> None:
    _replace(issue / "issue.yaml", "date: 2012-04-16", f"date: {COMING}")
    text = (issue / "issue.yaml").read_text("utf-8")
    (issue / "issue.yaml").write_text(
        text.replace("\nignore:", "\nignore:\n  - {rule: number-step, reason: a test}", 1)
    )
    handed = command("hand-over", "--yes")
    assert handed.exit_code == 0, handed.output
    assert command("schedule", "--yes").exit_code == 0
    assert (mailchimp.held()[0].scheduled or "").startswith(COMING)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2031-07-07 17:05", "17:00 or 17:15"),
        ("2012-04-16 17:00", "has passed"),
        ("tomorrow", "is not a date and time"),
        ("2031-03-30 01:30", "does not exist"),
        ("2031-10-26 01:30", "comes twice"),
    ],
)
def test_a_time_that_cannot_be_is_refused(
    command: Type, mailchimp: FakeMailchimp, at: str, told: str
) -> None:
    command("hand-over", "--yes")
    answer = command("schedule", "--at", at, "--yes")
    assert answer.exit_code == 2
    assert told in answer.stderr
    assert mailchimp.held()[0].status == "draft"


def test_only_what_was_handed_over_and_is_unchanged_can_be_scheduled(
    command: Type, mailchimp: FakeMailchimp, issue: Path
) -> None:
    schedule = ("schedule", "--at", "2031-07-07 17:00", "--yes")
    assert "has not been handed over yet" in command(*schedule).stderr
    command("hand-over", "--yes")
    mailchimp.alter("c101", "content")
    assert "was changed in Mailchimp" in command(*schedule).stderr
    command("hand-over", "--yes")
    _change(issue)
    assert "has changed since it was handed over" in command(*schedule).stderr
    _replace(
        issue.parent / "publication.yaml", "service: mailchimp", "approvals: 1\nservice: mailchimp"
    )
    assert "needs 1 approval" in command(*schedule).stderr
    assert mailchimp.held()[0].status == "draft"


def test_a_scheduled_issue_that_has_changed_must_be_taken_back_first(
    command: Type, mailchimp: FakeMailchimp, issue: Path
) -> None:
    command("hand-over", "--yes")
    command("schedule", "--at", "2031-07-07 17:00", "--yes")
    _change(issue)
    answer = command("hand-over", "--yes")
    assert answer.exit_code == 2
    assert "newsletter unschedule 652" in answer.stderr
    assert mailchimp.held()[0].status == "scheduled"


# Test sends


def test_a_test_goes_to_people_and_says_that_it_is_one(
    command: Type, mailchimp: FakeMailchimp, issue: Path
) -> None:
    answer = command("test-send", "652", "--to", "editor@example.org", "--to", "chair@example.org")
    assert answer.exit_code == 0, answer.output
    assert mailchimp.tests == [
        {
            "to": ["editor@example.org", "chair@example.org"],
            "subject": "[Test] BioNews 652: Emerging science and established problems",
        }
    ]
    assert mailchimp.held() == []
    assert not (issue / "handed-over").exists()


@pytest.mark.parametrize(
    "people", [[], ["--to", ""], ["--to", "nobody"], ["--to", "a@example.org\nBcc: b@example.org"]]
)
def test_a_test_to_nobody_is_refused(
    command: Type, mailchimp: FakeMailchimp, people: list[str]
) -> None:
    answer = command("test-send", "652", *people)
    assert answer.exit_code == 2
    assert mailchimp.tests == []
    assert mailchimp.held() == []


def test_a_test_is_of_the_formats_that_are_named(
    command: Type, mailchimp: FakeMailchimp, issue: Path
) -> None:
    publication = issue.parent / "publication.yaml"
    formats = "formats:\n" + "".join(
        f"  - {{name: {name}, shows: {name}}}\n" for name in ("teasers", "headlines", "full")
    )
    publication.write_text(publication.read_text("utf-8") + formats, "utf-8")
    subject = "BioNews 652: Emerging science and established problems"
    to = ("--to", "editor@example.org")

    answer = command("test-send", "652", *to)
    assert answer.exit_code == 0, answer.output
    named = ("--format", "full", "--format", "teasers", "--format", "full")
    answer = command("test-send", "652", *to, *named)
    assert answer.exit_code == 0, answer.output
    assert answer.stdout.splitlines()[:2] == [
        f"'[Test] [full] {subject}' was sent to editor@example.org, through Mailchimp.",
        f"'[Test] {subject}' was sent to editor@example.org, through Mailchimp.",
    ]
    assert [test["subject"] for test in mailchimp.tests] == [
        f"[Test] {subject}",
        f"[Test] [full] {subject}",
        f"[Test] {subject}",
    ]

    answer = command("test-send", "652", *to, "--format", "full", "--format", "none")
    assert answer.exit_code == 2
    assert "BioNews has no format 'none'; it has teasers, headlines, full." in answer.stderr
    assert len(mailchimp.tests) == 3


def test_without_formats_none_can_be_named(command: Type, mailchimp: FakeMailchimp) -> None:
    answer = command("test-send", "652", "--to", "editor@example.org", "--format", "full")
    assert answer.exit_code == 2
    assert "BioNews has no formats: leave --format out." in answer.stderr
    assert mailchimp.tests == []


def test_a_service_without_test_sends_leaves_them_to_smtp(command: Type, issue: Path) -> None:
    _replace(issue.parent / "publication.yaml", "service: mailchimp", "service: folder")
    answer = command("test-send", "652", "--to", "editor@example.org")
    assert answer.exit_code == 2
    assert answer.stderr.startswith("SMTP: SMTP_HOST is not set.")


# Telling


def test_status_tells_what_was_handed_over_and_what_the_service_says(
    command: Type, mailchimp: FakeMailchimp
) -> None:
    assert "has not been handed over yet" in command("status").output
    command("hand-over", "--yes", "--by", "Monday's editor")
    told = command("status").output
    for fact in (
        "Mailchimp",
        "Example (a@example.org)",
        "18,204 readers",
        "Monday's editor",
        "Status       draft",
    ):
        assert fact in told
    command("schedule", "--at", "2031-07-07 17:00", "--yes")
    assert told.count("2031") == 0
    assert (
        command("status").output.count("Monday 7 July 2031, 17:00 Europe/London (16:00 UTC)") == 2
    )
    mailchimp.alter("c101", "audience")
    assert "audience: was 'a1b2c3d4e5', is now 'ffff000000'" in command("status").output
    mailchimp.state["campaigns"].clear()
    assert "no longer there" in command("status").output


def test_status_tells_that_a_time_was_taken_back_in_the_service(
    command: Type, mailchimp: FakeMailchimp
) -> None:
    command("hand-over", "--yes")
    command("schedule", "--at", "2031-07-07 17:00", "--yes")
    mailchimp.state["campaigns"]["c101"].update(status="save", send_time="")
    assert "and was unscheduled there" in command("status").output


def test_a_time_that_stays_in_a_draft_is_not_one_at_which_it_is_sent(
    issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeListmonk()
    _replace(issue.parent / "publication.yaml", "service: mailchimp", "service: listmonk")
    _replace(issue.parent / "publication.yaml", FakeMailchimp.AUDIENCE, FakeListmonk.AUDIENCE)
    for name, value in fake.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)

    def command(*arguments: str) -> str:
        answer = CliRunner().invoke(main, arguments, obj=Wire(fake))
        assert answer.exit_code == 0, answer.output
        return answer.output

    command("hand-over", "652", "--yes")
    command("schedule", "652", "--at", "2031-07-07 17:00", "--yes")
    assert "Sends at     Monday 7 July 2031" in command("status", "652")
    (held,) = fake.state["campaigns"].values()
    held["status"] = "draft"
    said = command("status", "652")
    assert "Status       draft, and was unscheduled there" in said
    assert (
        "Time left    Monday 7 July 2031, 17:00 Europe/London (16:00 UTC), but a draft is not sent"
        in said
    )
    assert "Sends at" not in said
    command("unschedule", "652")
    assert held["send_at"] is None
    assert "Time left" not in command("status", "652")


@pytest.mark.parametrize(("count", "words"), [(1, "in 1 place from"), (2, "in 2 places from")])
def test_status_counts_what_the_service_holds_otherwise(
    command: Type, issue: Path, count: int, words: str
) -> None:
    command("hand-over", "--yes")
    record = issue / "handed-over" / "record.json"
    differences = [f"HTML, line {number}: given 'a', but it holds 'b'" for number in range(count)]
    record.write_text(
        json.dumps({**json.loads(record.read_bytes()), "differences": differences}), "utf-8"
    )
    assert words in command("status").output


def test_status_tells_that_handing_over_was_broken_off(command: Type, issue: Path) -> None:
    command("hand-over", "--yes")
    record = issue / "handed-over" / "record.json"
    record.write_text(
        json.dumps({**json.loads(record.read_bytes()), "state": "begun", "done": None}), "utf-8"
    )
    assert "'newsletter hand-over 652' continues it" in command("status").output


def test_a_mistake_in_the_issue_does_not_keep_from_status_nor_from_taking_it_back(
    command: Type, mailchimp: FakeMailchimp, issue: Path
) -> None:
    command("hand-over", "--yes")
    command("schedule", "--at", "2031-07-07 17:00", "--yes")
    (issue / "issue.yaml").write_text("number: 652\nbogus: [\n", "utf-8")
    told = command("status", "652")
    assert told.exit_code == 0, told.output
    assert "16:00 UTC" in told.output
    assert command("unschedule", "652").exit_code == 0
    assert mailchimp.held()[0].status == "draft"


def test_status_shows_the_record_even_if_the_service_cannot_be_asked(
    command: Type, issue: Path
) -> None:
    command("hand-over", "--yes")
    (issue.parent.parent / ".env").unlink()
    answer = command("status")
    assert answer.exit_code == 2
    assert "18,204 readers" in answer.stdout
    assert "MAILCHIMP_API_KEY is not set" in answer.stderr


def test_verify_tells_whether_it_is_still_what_was_handed_over(command: Type, issue: Path) -> None:
    assert command("verify").exit_code == 2
    command("hand-over", "--yes")
    same = command("verify", "652")
    assert (same.exit_code, same.output) == (
        0,
        "The same, byte for byte, as what was handed over.\n",
    )
    _change(issue)
    changed = command("verify", "652")
    assert changed.exit_code == 1
    assert "'teaser' was changed after the issue was handed over" in changed.output


def test_audiences_are_listed_with_id_name_and_size(command: Type) -> None:
    for arguments in (["audiences"], ["audiences", "mailchimp"]):
        lines = command(*arguments).output.splitlines()
        assert lines[0] == "Mailchimp, Example (a@example.org)"
        lists = [line.split() for line in lines if re.match(r"  \w", line)]
        assert lists == [["a1b2c3d4e5", "18,204", "Readers"], ["ffff000000", "12", "Donors"]]
        assert lines[2].split() == ["a1b2c3d4e5:segment-17", "12,004", "Teasers"]
    assert "has no audiences" in command("audiences", "folder").stderr


def test_services_tells_what_is_set_but_not_what_it_is(command: Type, issue: Path) -> None:
    told = command("services").output
    assert "set      MAILCHIMP_API_KEY: " in told
    assert "not set  BREVO_API_KEY: " in told
    checked = command("services", "--check")
    assert checked.exit_code == 0
    assert "works    Example (a@example.org)" in checked.output
    (issue.parent.parent / ".env").write_text("MAILCHIMP_API_KEY=wrong-us6\n", "utf-8")
    checked = command("services", "--check")
    assert checked.exit_code == 1
    assert "does not accept the credentials" in checked.output


def test_services_warns_of_secrets_that_git_would_commit(command: Type, issue: Path) -> None:
    newsletter = issue.parent.parent
    subprocess.run(["git", "init", "--quiet"], cwd=newsletter, check=True)
    assert "git does not ignore it" in command("services").stderr
    (newsletter / ".gitignore").write_text(".env\n", "utf-8")
    assert command("services").stderr == ""


def test_services_can_be_listed_where_there_is_no_newsletter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = CliRunner().invoke(main, ["services"])
    assert answer.exit_code == 0
    assert "mailchimp" in answer.output


def test_what_was_handed_over_goes_with_the_issue(
    command: Type, issue: Path, mailchimp: FakeMailchimp
) -> None:
    """A colleague who has the files from git, and another computer, goes on where the first one stopped."""
    command("hand-over", "--yes")
    copy = issue.parent.parent / "elsewhere"
    shutil.copytree(issue.parent, copy / "issues")
    shutil.copytree(issue.parent.parent / "templates", copy / "templates")
    (copy / ".env").write_text((issue.parent.parent / ".env").read_text())
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        assert command("hand-over", "652").output.startswith("Nothing new to hand over")
    assert len(mailchimp.held()) == 1


def test_status_names_who_approved_it_and_that_it_was_changed(command: Type, issue: Path) -> None:
    command("approve", "652", "--by", "First Reader")
    command("hand-over", "--yes")
    told = command("status").output
    assert "Approved by  First Reader (" in told
    assert "Changed here" not in told
    _change(issue)
    told = command("status").output
    assert "Approved by" not in told  # what was approved is another one
    assert "Changed here since it was handed over; 'newsletter verify 652' shows where" in told
    (issue / "approvals.json").write_text("spoilt", "utf-8")
    assert "not known: " in command("status").output


def test_status_says_what_it_can_of_an_issue_with_a_mistake(command: Type, issue: Path) -> None:
    command("hand-over", "--yes")
    _replace(issue / "issue.yaml", "sections:", "sectoins:")
    told = command("status").output
    assert "the issue has a mistake" in told
    assert "Status       draft" in told


def test_an_approval_says_what_it_covers_and_another_audience_makes_it_void(
    command: Type, issue: Path
) -> None:
    publication = issue.parent / "publication.yaml"
    _replace(publication, "service: mailchimp", "approvals: 1\nservice: mailchimp")
    told = command("approve", "652", "--by", "First Reader").output
    assert f"where it goes: Mailchimp, audience {FakeMailchimp.AUDIENCE}" in told
    assert (
        "An approval is for"
        in command("hand-over", "--yes", "--audience", FakeMailchimp.OTHER).stderr
    )
    _replace(publication, f"audience: {FakeMailchimp.AUDIENCE}", f"audience: {FakeMailchimp.OTHER}")
    refused = command("hand-over", "--yes")
    assert (
        refused.exit_code,
        "has 0. It, or its service or audience, has changed" in refused.stderr,
    ) == (2, True)
    command("approve", "652", "--by", "First Reader")
    assert command("hand-over", "--yes").exit_code == 0


@pytest.mark.parametrize("was_handed_over", [False, True])
def test_where_no_time_can_be_set_that_is_said_first(
    command: Type, issue: Path, was_handed_over: bool
) -> None:
    _replace(issue.parent / "publication.yaml", "service: mailchimp", "service: folder")
    if was_handed_over:
        command("hand-over", "652", "--yes")
    refused = command("schedule", "652")  # whose own day has passed
    assert refused.exit_code == 2
    assert "It can neither schedule nor unschedule" in refused.stderr
    assert "has passed" not in refused.stderr


def test_an_issue_that_was_sent_is_called_sent(command: Type, mailchimp: FakeMailchimp) -> None:
    command("hand-over", "--yes")
    assert "is sent" not in command("hand-over", "--yes").output
    mailchimp.state["campaigns"]["c101"]["status"] = "sent"
    assert "In Mailchimp this issue is sent." in command("hand-over", "--yes").output


def test_without_anybody_to_answer_nothing_is_done(issue: Path) -> None:
    """In a process whose input is closed, not only empty."""
    ask = "lambda: confirm('652', 'send it', yes=False)"
    program = f"import click; from newsletter.cli.person import confirm; click.Command('x', callback={ask})()"
    command = f"{shlex.quote(sys.executable)} -c {shlex.quote(program)} <&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "Nothing was done.\n")


def test_what_a_service_lacks_is_named(
    command: Type, issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeListmonk()
    fake.state["permissions"].remove("campaigns:send")
    for name, value in fake.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    (issue.parent.parent / ".env").unlink()
    answer = CliRunner().invoke(main, ["services", "--check"], obj=Wire(fake))
    assert answer.exit_code == 1
    assert "fails    A permission is missing: campaigns:send." in answer.output
    fake.state["permissions"].append("campaigns:send")
    assert CliRunner().invoke(main, ["services", "--check"], obj=Wire(fake)).exit_code == 0

"""The commands after handing over, for an issue in three formats, against a service that keeps state."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from newsletter.cli import main
from newsletter.handover import service_draft
from tests.services.fake_listmonk import FakeListmonk
from tests.services.fakes import Wire
from tests.services.scenes import SHOWS, put_formats, put_pictures

AT = "2031-07-07 17:00"
IN_WORDS = "Monday 7 July 2031, 17:00 Europe/London (16:00 UTC)"
Type = Callable[..., Result]


class Breaking(Wire):
    """A network on which writes to one campaign fail."""

    campaign: str | None = None
    breaks: BaseException | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PUT" and self.campaign and self.campaign in request.url.path:
            if self.breaks:
                raise self.breaks
            return httpx.Response(400, json={"message": "No."}, request=request)
        return super().handle_request(request)


@pytest.fixture
def listmonk() -> FakeListmonk:
    return FakeListmonk()


@pytest.fixture
def wire(listmonk: FakeListmonk) -> Breaking:
    return Breaking(listmonk)


@pytest.fixture
def issue(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Issue 652 of a newsletter whose three formats go to lists of listmonk."""
    monkeypatch.chdir(newsletter_folder)
    monkeypatch.setattr(service_draft, "sleep", lambda _: None)
    for name, value in FakeListmonk.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    put_formats(newsletter_folder, dict(zip(SHOWS, FakeListmonk.PARTS, strict=True)))
    replace(
        newsletter_folder / "issues" / "publication.yaml",
        "service: folder",
        f"service: listmonk\naudience: {FakeListmonk.AUDIENCE}",
    )
    return newsletter_folder / "issues" / "652"


@pytest.fixture
def command(issue: Path, wire: Breaking) -> Type:
    """Types a command; ``typed`` is what the editor answers."""

    def run(*arguments: str, typed: str = "") -> Result:
        result = CliRunner().invoke(main, arguments, obj=wire, input=typed)
        assert result.exception is None or isinstance(result.exception, SystemExit), (
            result.exception
        )
        return result

    return run


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def change(issue: Path) -> None:
    replace(
        issue / "issue.yaml", "are linked to autism...", "are linked to autism, a study says..."
    )


def statuses(listmonk: FakeListmonk) -> list[str]:
    return [held.status for held in listmonk.held()]


def blocks(output: str) -> dict[str, list[str]]:
    """The lines of a report by the title above them."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in output.splitlines():
        if line.startswith("  "):
            found[title].append(line.strip())
        else:
            title = line
            found[title] = []
    return found


# Scheduling


def test_one_table_and_one_question_are_about_all_formats(
    command: Type, listmonk: FakeListmonk
) -> None:
    command("hand-over", "652", "--yes")
    answer = command("schedule", "652", "--at", AT, typed="652\n")
    assert answer.exit_code == 0, answer.output
    assert statuses(listmonk) == ["scheduled"] * 3
    lines = answer.output.splitlines()
    assert [line.split() for line in lines if line.endswith("  draft")] == [
        ["teasers", "teasers", "Teasers", "12,004", "draft"],
        ["headlines", "headlines", "Headlines", "3,100", "draft"],
        ["full", "full", "Full", "text", "2,900", "draft"],
    ]
    assert answer.output.count("Type 652 to schedule it") == 1
    assert "  Readers      18,004 of 18,204: 200 readers get none." in lines
    assert f"listmonk will send its 3 formats on {IN_WORDS}." in lines
    assert max(map(len, lines[:-3])) <= 80


def test_an_audience_on_the_command_line_cannot_be_that_of_all_formats(
    command: Type, listmonk: FakeListmonk
) -> None:
    command("hand-over", "652", "--yes")
    answer = command("schedule", "652", "--at", AT, "--audience", "5", "--yes")
    assert answer.exit_code == 2
    assert "publication.yaml names the audience of each format" in answer.stderr
    assert statuses(listmonk) == ["draft"] * 3


def test_a_format_that_was_not_handed_over_stops_it(
    command: Type, listmonk: FakeListmonk, issue: Path
) -> None:
    command("hand-over", "652", "--yes")
    shutil.rmtree(issue / "handed-over" / "full")
    answer = command("schedule", "652", "--at", AT, "--yes")
    assert answer.exit_code == 2
    assert "handed-over/full/record.json: " in answer.stderr
    assert "First: newsletter hand-over 652" in answer.stderr
    assert statuses(listmonk) == ["draft"] * 3


def test_if_one_format_is_refused_the_others_are_taken_back(
    command: Type, listmonk: FakeListmonk, wire: Breaking
) -> None:
    command("hand-over", "652", "--yes")
    wire.campaign = listmonk.held()[-1].id
    answer = command("schedule", "652", "--at", AT, "--yes")
    assert answer.exit_code == 2
    first, second = answer.stderr.splitlines()
    assert first == (
        "issues/652: Nothing will be sent: full could not be scheduled."
        " Drafts now: teasers, headlines, full."
        " The other lines say why. Then run the command again."
    )
    assert second.startswith("listmonk: ")
    assert statuses(listmonk) == ["draft"] * 3
    wire.campaign = None
    assert command("schedule", "652", "--at", AT, "--yes").exit_code == 0
    assert statuses(listmonk) == ["scheduled"] * 3


def test_whoever_presses_ctrl_c_reads_what_becomes_of_the_others(
    command: Type, listmonk: FakeListmonk, wire: Breaking
) -> None:
    command("hand-over", "652", "--yes")
    wire.campaign, wire.breaks = listmonk.held()[1].id, KeyboardInterrupt()
    answer = command("schedule", "652", "--at", AT, "--yes")
    assert answer.exit_code == 2
    assert answer.stderr == (
        "issues/652: Nothing will be sent: the command was stopped at headlines."
        " Drafts now: teasers, headlines, full. Run the command again to schedule them.\n"
    )
    assert statuses(listmonk) == ["draft"] * 3


def test_unscheduling_lists_the_drafts_and_works_whatever_is_wrong_with_the_newsletter(
    command: Type, listmonk: FakeListmonk, issue: Path
) -> None:
    command("hand-over", "652", "--yes")
    command("schedule", "652", "--at", AT, "--yes")
    (issue / "issue.yaml").write_text("bogus: [\n", "utf-8")
    (issue.parent / "publication.yaml").write_text("bogus: [\n", "utf-8")
    answer = command("unschedule", "652")
    assert answer.exit_code == 0, answer.output
    assert statuses(listmonk) == ["draft"] * 3
    lines = answer.output.splitlines()
    assert lines[0] == "listmonk will no longer send it by itself; its 3 formats are drafts:"
    assert [line.split()[0] for line in lines[1:4]] == ["teasers", "full", "headlines"]


def test_unscheduling_does_what_it_can_if_a_record_cannot_be_read(
    command: Type, listmonk: FakeListmonk, issue: Path
) -> None:
    command("hand-over", "652", "--yes")
    command("schedule", "652", "--at", AT, "--yes")
    (issue / "handed-over" / "record.json").write_text("spoilt", "utf-8")
    answer = command("unschedule", "652")
    assert answer.exit_code == 2
    assert answer.stderr.startswith("issues/652: Readers may get the leading format (not known): ")
    assert statuses(listmonk) == ["scheduled", "draft", "draft"]


# Telling


def test_status_has_a_block_for_each_format(command: Type) -> None:
    command("hand-over", "652", "--yes", "--by", "Monday's editor")
    command("schedule", "652", "--at", AT, "--yes")
    told = blocks(command("status", "652").output)
    assert list(told) == ["BioNews 652", *SHOWS]
    assert [line.split()[0] for line in told["BioNews 652"]] == ["Subject", "Service", "Account"]
    for shows, audience in zip(SHOWS, ("Teasers", "Headlines", "Full text"), strict=True):
        facts = dict(line.split(maxsplit=1) for line in told[shows])
        assert facts["Audience"].startswith(audience)
        assert facts["Handed"].endswith("by Monday's editor")
        assert facts["Scheduled"] == IN_WORDS
        assert facts["Status"] == "scheduled"
        assert facts["Sends"] == f"at     {IN_WORDS}"


def test_status_names_what_was_not_handed_over_was_changed_or_is_a_format_no_longer(
    command: Type, issue: Path
) -> None:
    command("hand-over", "652", "--yes", "--format", "full")
    told = blocks(command("status", "652").output)
    not_yet = "Handed over  not yet: 'newsletter hand-over 652' does it"
    assert told["teasers"] == told["headlines"] == [not_yet]
    assert "Status       draft" in told["full"]

    change(issue)
    changed = "Changed here since it was handed over; 'newsletter verify 652' shows where"
    assert changed in blocks(command("status", "652").output)["full"]

    replace(issue.parent / "publication.yaml", "  - {name: full", "  # {name: full")
    note = "Note         it is no longer a format of the publication"
    assert note in blocks(command("status", "652").output)["full"]


def test_status_does_not_say_of_the_first_format_that_it_is_none(
    command: Type, issue: Path
) -> None:
    command("hand-over", "652", "--yes")
    publication = issue.parent / "publication.yaml"
    replace(publication, "{name: teasers", "{name: short")
    replace(publication, "{name: full", "{name: teasers")
    replace(publication, "{name: short", "{name: full")
    output = command("status", "652").output
    assert "it was not the first format then; 'newsletter hand-over' says what to do" in output
    assert "no longer a format" not in output


def test_status_names_the_approval_of_all_once(command: Type) -> None:
    command("approve", "652", "--by", "First Reader")
    command("hand-over", "652", "--yes")
    output = command("status", "652").output
    assert output.count("Approved by  First Reader (") == 1
    assert any(line.startswith("Approved by") for line in blocks(output)["BioNews 652"])


def test_status_says_what_it_can_of_an_issue_with_a_mistake(command: Type, issue: Path) -> None:
    command("hand-over", "652", "--yes")
    (issue / "issue.yaml").write_text("bogus: [\n", "utf-8")
    told = blocks(command("status", "652").output)
    assert any(
        line.startswith("Now          the issue has a mistake") for line in told["BioNews 652"]
    )
    assert list(told)[1:] == ["teasers", "full", "headlines"]
    assert all("Status       draft" in told[shows] for shows in SHOWS)


def test_status_shows_all_records_even_if_the_service_cannot_be_asked(
    command: Type, issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("hand-over", "652", "--yes")
    for name in FakeListmonk.ENVIRONMENT:
        monkeypatch.delenv(name)
    answer = command("status", "652")
    assert answer.exit_code == 2
    assert all(f"{number} readers" in answer.stdout for number in ("12,004", "3,100", "2,900"))
    assert answer.stderr.startswith("What the service says now is not known:")


def test_a_picture_of_several_formats_is_asked_for_once(
    command: Type, wire: Breaking, issue: Path
) -> None:
    put_pictures(issue)
    command("hand-over", "652", "--yes")
    for verb in (("status", "652"), ("schedule", "652", "--at", AT, "--yes")):
        wire.calls.clear()
        answer = command(*verb)
        assert answer.exit_code == 0, answer.output
        asked = [call for call in wire.calls if "/uploads/" in call]
        assert len(asked) == len(set(asked)) == 2

    told = blocks(command("status", "652").output)
    assert told["All formats"] == ["On the web   2 pictures"]


def test_status_says_if_one_format_was_changed_there(command: Type, listmonk: FakeListmonk) -> None:
    command("hand-over", "652", "--yes")
    listmonk.alter(listmonk.held()[1].id, "audience")
    told = blocks(command("status", "652").output)
    assert any("Changed there" in line for line in told["headlines"])
    assert not any("Changed there" in line for line in (*told["teasers"], *told["full"]))


def test_verify_says_which_formats_differ(command: Type, issue: Path) -> None:
    assert command("verify", "652").exit_code == 2
    command("hand-over", "652", "--yes")
    same = command("verify", "652")
    assert (same.exit_code, same.output) == (
        0,
        "The same, byte for byte, as what was handed over.\n",
    )
    change(issue)
    changed = command("verify", "652")
    assert changed.exit_code == 1
    (line,) = changed.output.splitlines()
    assert line.startswith("teasers, full: issues/652/issue.yaml:")


# Approving


def test_an_approval_names_the_readers_of_each_format(command: Type, issue: Path) -> None:
    publication = issue.parent / "publication.yaml"
    replace(publication, "service: listmonk", "approvals: 1\nservice: listmonk")
    told = command("approve", "652", "--by", "First Reader").output.splitlines()
    assert told[1:6] == [
        "  covers this content in each format, its sender, and where it goes: listmonk",
        "    teasers: audience 5",
        "    headlines: audience 6",
        "    full: audience 7",
        "    all of these: audience 3",
    ]
    assert json.loads((issue / "approvals.json").read_bytes())["format"] == 2
    assert command("hand-over", "652", "--yes", "--format", "full").exit_code == 0

    replace(publication, 'audience: "7"', f'audience: "{FakeListmonk.OTHER}"')
    refused = command("hand-over", "652", "--yes", "--format", "teasers")
    assert refused.exit_code == 2
    assert "has 0. It, or its service, audience or formats, has changed" in refused.stderr


def test_a_proof_shows_the_digest_that_is_approved(command: Type, issue: Path) -> None:
    first = command("approve", "652", "--by", "First Reader").output.splitlines()[0]
    digest = first.rpartition(" ")[2]
    command("proof", "652")
    page = (issue.parent.parent / "build" / "652" / "proof.html").read_text("utf-8")
    assert digest in page

"""'newsletter hand-over' of several formats: one table, one question, and what came of each."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from newsletter.cli import main
from newsletter.text.cells import cells
from tests.services.fake_listmonk import FakeListmonk
from tests.services.fakes import Wire
from tests.services.scenes import put_formats

Type = Callable[..., Result]
AUDIENCES = {"teasers": "5", "headlines": "6", "full": "7"}
IN_BOTH = ["enabled", {"5": "confirmed", "7": "confirmed"}]


@pytest.fixture
def listmonk() -> FakeListmonk:
    return FakeListmonk()


@pytest.fixture
def publication(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A publication in three formats, whose readers are on one list."""
    monkeypatch.chdir(newsletter_folder)
    put_formats(newsletter_folder, AUDIENCES)
    file = newsletter_folder / "issues" / "publication.yaml"
    _replace(file, "service: folder", f'service: listmonk\naudience: "{FakeListmonk.AUDIENCE}"')
    return file


@pytest.fixture
def command(publication: Path, listmonk: FakeListmonk) -> Type:
    """Types a command; ``typed`` is what the editor answers to questions."""

    def run(*arguments: str, typed: str = "") -> Result:
        wire, environment = Wire(listmonk), listmonk.ENVIRONMENT
        result = CliRunner().invoke(main, arguments, obj=wire, input=typed, env=environment)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_editor_sees_all_formats_in_one_table_and_types_the_number_once(
    command: Type, listmonk: FakeListmonk
) -> None:
    answer = command("hand-over", "652", typed="652\n")
    assert answer.exit_code == 0, answer.output
    assert answer.output == (
        "BioNews 652, Monday 16 April 2012\n"
        "  Subject      BioNews 652: Emerging science and established problems\n"
        "  Service      listmonk\n"
        "  Account      weekly (lists.example.org)\n"
        "  Format       Shows      Audience   Readers  Does\n"
        "  teasers      teasers    Teasers     12,004  makes a draft\n"
        "  headlines    headlines  Headlines    3,100  makes a draft\n"
        "  full         full       Full text    2,900  makes a draft\n"
        "  Readers      18,004 of 18,204: 200 readers get none.\n"
        "               No reader is in two of them.\n"
        "  Does         makes 3 drafts; nothing is sent\n"
        "  Note         The preheader is only in the HTML: there is no field for it.\n"
        "Type 652 to hand it over: 652\n"
        "teasers: The draft is made, read back, and as it was given.\n"
        "  Look, and send it:  https://lists.example.org/admin/campaigns/101\n"
        "headlines: The draft is made, read back, and as it was given.\n"
        "  Look, and send it:  https://lists.example.org/admin/campaigns/102\n"
        "full: The draft is made, read back, and as it was given.\n"
        "  Look, and send it:  https://lists.example.org/admin/campaigns/103\n"
        "  Commit with the issue:  issues/652/handed-over/\n"
    )
    assert [held.audiences for held in listmonk.held()] == [("5",), ("6",), ("7",)]


def test_the_table_fits_into_a_small_terminal(command: Type, listmonk: FakeListmonk) -> None:
    for each in listmonk.state["lists"]:
        each["name"] = f"遺伝学 and the readers who chose {each['name']} at the last conference"
    answer = command("hand-over", "652", typed="no\n")
    rows = [line for line in answer.output.splitlines() if "makes a draft" in line]
    assert len(rows) == 3
    assert all(cells(row) <= 80 for row in rows)
    assert {cells(row.partition("makes")[0]) for row in rows} == {
        cells(rows[0].partition("makes")[0])
    }


def test_again_without_a_change_says_so_of_each(command: Type) -> None:
    command("hand-over", "652", "--yes", "--by", "Ann")
    answer = command("hand-over", "652")
    first, *lines = answer.output.splitlines()
    assert first == "Nothing new to hand over: no format has changed."
    assert [line.partition(" by Ann,")[0] for line in lines[::2]] == [
        f"{name}: handed over" for name in AUDIENCES
    ]
    assert answer.exit_code == 0


def test_one_format_can_be_handed_over_alone(command: Type, listmonk: FakeListmonk) -> None:
    answer = command("hand-over", "652", "--format", "full", typed="652\n")
    assert answer.exit_code == 0, answer.output
    assert [held.audiences for held in listmonk.held()] == [("7",)]
    assert "  Readers      18,004 of 18,204: 200 readers get none." in answer.output
    assert "makes 1 draft; nothing is sent" in answer.output
    rest = command("hand-over", "652", typed="652\n")
    assert "makes 2 drafts; nothing is sent" in rest.output
    assert "full: Unchanged." in rest.output
    assert len(listmonk.held()) == 3


def test_an_audience_is_given_for_one_format(command: Type, listmonk: FakeListmonk) -> None:
    refused = command("hand-over", "652", "--audience", "4", "--yes")
    assert refused.exit_code == 2
    assert "--audience is for one format: name it with --format." in refused.stderr
    answer = command("hand-over", "652", "--format", "full", "--audience", "4", "--yes")
    assert answer.exit_code == 0, answer.output
    assert [held.audiences for held in listmonk.held()] == [("4",)]
    taken = command("hand-over", "652", "--format", "full", "--audience", "5", "--yes")
    assert taken.exit_code == 2
    assert "All readers of 'Teasers' would get both 'full' and 'teasers'." in taken.stderr


@pytest.mark.parametrize("formats", [True, False])
def test_a_format_that_is_none_is_refused_with_those_there_are(
    command: Type, publication: Path, formats: bool
) -> None:
    told = "BioNews has no format 'fuller'; it has teasers, headlines, full."
    if not formats:
        text = publication.read_text("utf-8")
        publication.write_text(text.partition("formats:")[0], "utf-8")
        told = "BioNews has no formats: leave --format out."
    answer = command("hand-over", "652", "--format", "fuller")
    assert answer.exit_code == 2
    assert told in answer.stderr


def test_another_service_gets_one_format_for_an_audience_of_its_own(
    command: Type, publication: Path
) -> None:
    _replace(publication, "service: listmonk", "service: mailchimp")
    answer = command("hand-over", "--to", "listmonk", "--yes")
    assert answer.exit_code == 2
    assert answer.stderr.count("No audience of listmonk is chosen for the format") == 3
    named = ("--to", "listmonk", "--format", "full", "--audience", "4", "--yes")
    assert command("hand-over", *named).exit_code == 0


def test_yes_does_not_agree_to_two_emails_for_a_reader(
    command: Type, listmonk: FakeListmonk
) -> None:
    listmonk.state["readers"] = [IN_BOTH, IN_BOTH]
    answer = command("hand-over", "652", "--yes")
    assert answer.exit_code == 1
    assert "2 readers are in both 'teasers' and 'full': they get two emails." in answer.stdout
    assert "Some readers would get two emails: --yes does not agree to that." in answer.stderr
    assert "Nothing was done." in answer.stderr
    assert listmonk.held() == []
    assert command("hand-over", "652", typed="652\n").exit_code == 0
    assert len(listmonk.held()) == 3


def test_a_service_that_may_not_count_says_what_it_needs(
    command: Type, listmonk: FakeListmonk
) -> None:
    listmonk.state["permissions"].remove("subscribers:sql_query")
    answer = command("hand-over", "652", "--yes")
    assert answer.exit_code == 0, answer.output
    assert "Whether a reader is in two of them could not be checked." in answer.output
    assert "Its user may not count" in answer.output


def test_what_a_service_holds_otherwise_is_told_with_its_format(
    command: Type, listmonk: FakeListmonk
) -> None:
    command("hand-over", "652", "--yes")
    listmonk.alter("102", "content")
    answer = command("hand-over", "652", "--yes")
    assert "  Replaces     headlines: HTML, line" in answer.output
    assert "updates 1 draft; nothing is sent" in answer.output
    assert "headlines: The draft is updated, read back, and as it was given." in answer.output


def test_a_break_says_how_far_it_went_and_what_to_do(
    command: Type, listmonk: FakeListmonk, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = listmonk.create

    def breaks(request: httpx.Request) -> httpx.Response:
        if len(listmonk.held()) == 2:
            return httpx.Response(500, json={"message": "out of order"})
        return create(request)

    monkeypatch.setattr("newsletter.handover.campaigns.sleep", lambda _: None)
    monkeypatch.setattr(listmonk, "create", breaks)
    answer = command("hand-over", "652", "--yes")
    assert answer.exit_code == 2
    first, last = answer.stderr.splitlines()
    assert first.startswith("listmonk: ")
    assert last == (
        "issues/652/handed-over: 2 of 3 formats are done. Run the command again: it does the rest."
    )
    monkeypatch.setattr(listmonk, "create", create)
    assert command("hand-over", "652", "--yes").exit_code == 0
    assert [held.audiences for held in listmonk.held()] == [("5",), ("6",), ("7",)]


def test_a_format_that_was_removed_is_mentioned(command: Type, publication: Path) -> None:
    command("hand-over", "652", "--yes")
    text = publication.read_text("utf-8")
    lines = [line for line in text.splitlines(keepends=True) if "name: headlines" not in line]
    publication.write_text("".join(lines), "utf-8")
    note = "  Note         'headlines' is no longer a format; its draft is left as it is."
    assert note in command("hand-over", "652", "--yes").output.splitlines()
    assert (publication.parent / "652" / "handed-over" / "headlines" / "record.json").is_file()


def test_the_folder_has_no_readers_to_count(command: Type, newsletter_folder: Path) -> None:
    answer = command("hand-over", "652", "--to", "folder", typed="652\n")
    assert answer.exit_code == 0, answer.output
    assert "  headlines    headlines  writes the email\n" in answer.output
    assert "Readers" not in answer.output
    assert "Does         writes 3 emails, to upload to a mailing service by hand" in answer.output
    places = [line for line in answer.output.splitlines() if line.startswith("  Look at it:")]
    assert len(places) == 3
    for place in places:
        assert (newsletter_folder / place.partition(":  ")[2] / "email.html").is_file()
    assert "no format has changed" in command("hand-over", "--to", "folder").output
    shutil.rmtree(newsletter_folder / "build")
    again = command("hand-over", "652", "--to", "folder", "--yes")
    assert again.output.count("The email is written.") == 3


def test_a_format_with_another_name_does_not_go_to_the_same_readers_again(
    command: Type, publication: Path, listmonk: FakeListmonk
) -> None:
    command("hand-over", "652", "--yes")
    made = len(listmonk.held())
    _replace(publication, "name: full", "name: whole")
    answer = command("hand-over", "652", "--yes")
    assert answer.exit_code == 2
    assert "These readers have the issue as 'full', which is no longer a format" in answer.stderr
    assert "delete what is there instead, then handed-over/full/ here" in answer.stderr
    assert len(listmonk.held()) == made

    _replace(publication, "name: whole", "name: full")
    assert command("hand-over", "652", "--yes").exit_code == 0


def test_other_readers_of_a_new_format_get_it(
    command: Type, publication: Path, listmonk: FakeListmonk
) -> None:
    command("hand-over", "652", "--yes", "--format", "full")
    _replace(publication, "name: full", "name: whole")
    answer = command("hand-over", "652", "--yes", "--format", "headlines")
    assert answer.exit_code == 0, answer.output
    assert len(listmonk.held()) == 2


def test_several_formats_can_be_chosen(command: Type, listmonk: FakeListmonk) -> None:
    answer = command("hand-over", "652", "--format", "full", "--format", "headlines", typed="652\n")
    assert answer.exit_code == 0, answer.output
    assert {held.audiences for held in listmonk.held()} == {("6",), ("7",)}
    refused = command(
        "hand-over", "652", "--format", "full", "--format", "headlines", "--audience", "5"
    )
    assert "--audience is for one format" in refused.output

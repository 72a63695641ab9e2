"""Names that come from a service, a record, a folder or a file's name, and would steer the terminal or hide a fact."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from newsletter.cli import main
from newsletter.text.printable import harmless
from tests.services.every_fake import FAKES
from tests.services.fake_mailchimp import FakeMailchimp
from tests.services.fakes import Fake, Wire

HOSTILE = "Ev\x1b]0;pwned\x07il\x1b[2J\x1b[8m\x9b1A\r\n  Audience     Nobody, 0 readers\u2028\u202eeman ##[error]\u200bno"
COMING = (datetime.now(UTC) + timedelta(days=7)).strftime("%Y-%m-%d 17:00")
FIELDS = (
    "publication",
    "subject",
    "account",
    "address",
    "by",
    "audience",
    "differences",
    "additions",
)


class Renamed(Wire):
    """A service whose account and lists have a name that somebody else chose."""

    def __init__(self, fake: Fake, name: str) -> None:
        super().__init__(fake)
        self.name = name

    def _answer(self, request: httpx.Request) -> httpx.Response:
        answer = super()._answer(request)
        if "json" not in answer.headers.get("Content-Type", "") or request.method != "GET":
            return answer
        text = re.sub('"(Readers|Example)"', lambda _: json.dumps(self.name), answer.text)
        return httpx.Response(
            answer.status_code, text=text, headers={"Content-Type": "application/json"}
        )


@pytest.fixture
def issue(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Issue 652 of a newsletter that is the current folder."""
    monkeypatch.chdir(newsletter_folder)
    return newsletter_folder / "issues" / "652"


def said(*arguments: str, wire: Wire | None = None, typed: str = "652\n") -> str:
    """All that a command says, in a terminal that shows colours; the time of day does not count."""
    environment = type(wire.fake).ENVIRONMENT if wire else {}
    result = CliRunner().invoke(main, arguments, obj=wire, env=environment, input=typed, color=True)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return re.sub(r"\d\d:\d\d", "hh:mm", result.output)


def assert_harmless(text: str) -> None:
    """It holds our own colours, and nothing else that steers."""
    for line in re.sub(r"\x1b\[[0-9;]*m", "", text).split("\n"):
        assert harmless(line) == line
    assert "\x1b[8m" not in text


@pytest.mark.parametrize("service", FAKES, ids=lambda fake: fake.NAME)
def test_the_name_of_an_audience_or_account_is_all_that_it_changes(
    issue: Path, service: type[Fake]
) -> None:
    outputs = []
    for name in ("Readers", HOSTILE):
        wire = Renamed(service(), name)
        to = ["--to", service.NAME, "--audience", service.AUDIENCE]
        outputs.append(
            [
                said("audiences", service.NAME, wire=wire),
                said("services", "--check", wire=wire),
                said("hand-over", "652", *to, wire=wire),
                said("status", "652", wire=wire),
                said("schedule", "652", "--at", COMING, wire=wire),
                said("status", "652", wire=wire),
                said("unschedule", "652", wire=wire),
                said("hand-over", "652", "--to", service.NAME, "--audience", "nobody", wire=wire),
            ]
        )
        (issue / "handed-over" / "record.json").unlink()
    sound, hostile = outputs
    assert "Readers" in sound[0]
    for expected, given in zip(sound, hostile, strict=True):
        assert_harmless(given)
        assert given.count("\n") == expected.count("\n"), given
        assert as_if_sound(given) == expected.replace("Example", "Readers")


def as_if_sound(text: str) -> str:
    """The text with 'Readers' for the hostile name, which an error message may have shortened."""
    name = harmless(HOSTILE)
    return re.sub(f"{re.escape(name[:20])}[^)]*…", "Readers", text.replace(name, "Readers"))


@pytest.mark.parametrize("field", FIELDS)
def test_a_record_that_came_from_elsewhere_is_harmless(issue: Path, field: str) -> None:
    wire = Wire(FakeMailchimp())
    said("hand-over", "652", "--to", "mailchimp", "--audience", FakeMailchimp.AUDIENCE, wire=wire)
    record = issue / "handed-over" / "record.json"
    kept = json.loads(record.read_bytes())
    value = [HOSTILE] if isinstance(kept[field], list) else HOSTILE
    if field == "audience":
        value = kept[field] | {"name": HOSTILE}
    record.write_text(json.dumps(kept | {field: value}), "utf-8")
    for arguments in (
        ["status"],
        ["verify"],
        ["schedule", "--at", COMING],
        ["hand-over"],
        ["unschedule"],
    ):
        text = said(*arguments, wire=wire)
        assert text
        assert_harmless(text)


def test_names_of_files_and_folders_are_harmless(issue: Path) -> None:
    name = HOSTILE.replace("/", "").replace("\0", "")
    (issue / "a-film-review-of-the-year\x1b[2J\n.md").write_text("Words.\n", "utf-8")
    (issue.parent.parent / "templates" / name).mkdir()
    (issue.parent.parent / f"::error::{name}").mkdir()
    manifest = issue / "issue.yaml"
    sound = manifest.read_text("utf-8")
    first = "- title: Emerging"
    manifest.write_text(
        sound.replace(first, "- file: a-film-review-of-the-year.md\n        title: Emerging"),
        "utf-8",
    )
    publication = issue.parent / "publication.yaml"
    publication.write_text(
        publication.read_text("utf-8").replace("theme: bionews", "theme: spring"), "utf-8"
    )
    for form in ("terminal", "github"):
        text = said("check", "652", "--format", form)
        assert "a-film-review-of-the-year" in text
        assert_harmless(text.replace("::error file=", ""))
    manifest.write_text(sound, "utf-8")
    for command in ("check", "build", "proof"):
        assert_harmless(said(command, "652"))
    for command in ("build", "check", "status"):
        assert_harmless(said(command, f"::error::{name}"))
    assert_harmless(said("theme", "check", name))


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\ufeff"])
def test_a_subject_is_shown_without_what_turns_or_hides_its_words(issue: Path, hidden: str) -> None:
    manifest = issue / "issue.yaml"
    subject = json.dumps(f"Three embryos {hidden}snoitseuq")
    manifest.write_text(
        manifest.read_text("utf-8").replace("652\n", f"652\nsubject: {subject}\n", 1), "utf-8"
    )
    for command in ("build", "check", "proof"):
        assert_harmless(said(command, "652"))


def test_github_is_given_no_command_but_ours(issue: Path) -> None:
    title = "50% more\r\n::error::pwned, 1:2"
    manifest = issue / "issue.yaml"
    manifest.write_text(f"number: 652\n{json.dumps(title)}: 1\n", "utf-8")
    lines = said("check", "652", "--format", "github").splitlines()
    assert lines
    for line in lines:
        place, _, text = line.removeprefix("::").partition("::")
        assert re.fullmatch(r"error file=issues/652/issue\.yaml(,line=\d+)?,title=[\w-]+", place)
        assert re.search("%(?!25|0A|0D)", text) is None

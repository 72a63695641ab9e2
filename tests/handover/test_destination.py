"""Reaching a service: the right account, and an audience that was chosen; there is no default."""

from __future__ import annotations

import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newsletter.checks.report import Report
from newsletter.errors import HandoverError, NotAuthorised
from newsletter.handover import Destination, connect_formats, connect_to, destination
from newsletter.manifest.project import Project
from newsletter.model import Audience
from newsletter.services import profile_of
from newsletter.services.protocol import Capability
from tests.handover.standin import OF_FORMATS, READERS, Standin, format_of, place
from tests.services.fake_mailchimp import FakeMailchimp
from tests.services.fakes import CANARY, Wire


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    """A way to Mailchimp, with the credentials that fit in the environment."""
    for name, value in FakeMailchimp.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return Wire(FakeMailchimp())


def test_it_is_reached_with_its_account_and_the_chosen_audience(wire: Wire, issue: Path) -> None:
    to = connect_to("mailchimp", Project(issue.parent), FakeMailchimp.AUDIENCE, transport=wire)
    assert (to.name, to.tags, to.account) == ("mailchimp", "mailchimp", "Example (a@example.org)")
    assert to.audience == Audience(FakeMailchimp.AUDIENCE, "Readers", 18204)
    assert to.can(Capability.SCHEDULE)
    assert all(call.startswith("GET ") for call in wire.calls)
    assert CANARY not in repr(to)


def test_the_settings_may_stand_in_the_newsletters_own_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAILCHIMP_API_KEY", raising=False)
    own = Project(tmp_path / "issues")
    wire = Wire(FakeMailchimp())
    with pytest.raises(NotAuthorised, match="MAILCHIMP_API_KEY is not set"):
        connect_to("mailchimp", own, FakeMailchimp.AUDIENCE, transport=wire)
    assert wire.calls == []
    (tmp_path / ".env").write_text(f"MAILCHIMP_API_KEY={CANARY}-us6\n", "utf-8")
    assert connect_to("mailchimp", own, FakeMailchimp.OTHER, transport=wire).audience


def test_wrong_credentials_are_told_without_them(
    issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILCHIMP_API_KEY", f"wrong-{CANARY}-us6x-us6")
    with pytest.raises(NotAuthorised) as error:
        connect_to(
            "mailchimp",
            Project(issue.parent),
            FakeMailchimp.AUDIENCE,
            transport=Wire(FakeMailchimp()),
        )
    assert CANARY not in "".join(traceback.format_exception(error.value))


def test_the_folder_has_no_audience_and_may_have_the_tags_of_a_service(
    newsletter_folder: Path,
) -> None:
    to = connect_to("folder", Project(newsletter_folder / "issues"), None, "mailchimp")
    assert (to.name, to.tags, to.audience, to.account) == (
        "folder",
        "mailchimp",
        None,
        "this computer",
    )
    assert not to.can(Capability.SCHEDULE)


def test_an_audience_must_be_chosen(wire: Wire, issue: Path) -> None:
    with pytest.raises(
        HandoverError, match=r"publication\.yaml: No audience of Mailchimp is chosen"
    ) as error:
        connect_to("mailchimp", Project(issue.parent), None, transport=wire)
    assert "'newsletter audiences mailchimp' lists them" in str(error.value)


@pytest.mark.parametrize("wanted", ["Readers", "", "A1B2C3D4E5", "a1b2c3d4e5 ", "a1b2"])
def test_an_audience_is_chosen_by_its_very_id(wire: Wire, issue: Path, wanted: str) -> None:
    with pytest.raises(
        HandoverError, match=f"Mailchimp has no audience '{wanted}'; it has "
    ) as error:
        connect_to("mailchimp", Project(issue.parent), wanted, transport=wire)
    assert "'a1b2c3d4e5' (Readers)" in str(error.value)
    assert "'ffff000000' (Donors)" in str(error.value)


@pytest.mark.parametrize(
    ("wanted", "first"),
    [("list-77", "'list-7' (Name 7)"), ("Name 15", "'list-15' (Name 15)")],
)
def test_of_many_audiences_those_are_named_that_may_be_meant(
    issue: Path, monkeypatch: pytest.MonkeyPatch, wanted: str, first: str
) -> None:
    many = [Audience(f"list-{number}", f"Name {number}", number) for number in range(20)]
    with pytest.raises(HandoverError) as error:
        reach_standin(issue, monkeypatch, many, wanted)
    named = str(error.value).partition("it has ")[2].partition(". Write")[0].split(", ")
    assert first in named[:3]
    assert len(named) == 10


def test_where_there_is_no_audience_that_is_said(
    issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(HandoverError, match="has no audience to send to"):
        reach_standin(issue, monkeypatch, [], "r1")


def reach_standin(
    issue: Path, monkeypatch: pytest.MonkeyPatch, audiences: list[Audience], wanted: str
) -> Any:
    """Reach a service with these audiences."""
    standin = Standin()
    monkeypatch.setattr(standin, "audiences", lambda: audiences)
    monkeypatch.setattr(destination, "connect", lambda *_: standin)
    return connect_to("mailchimp", Project(issue.parent), wanted)


# --- formats


def reach_formats(
    in_formats: Report, monkeypatch: pytest.MonkeyPatch, *audiences: str | None
) -> tuple[Destination, ...]:
    """Reach a service for three formats, which go to these audiences."""
    standin = Standin()
    monkeypatch.setattr(standin, "audiences", lambda: [READERS, *OF_FORMATS.values()])
    monkeypatch.setattr(destination, "connect", lambda *_: standin)
    formats = [
        format_of(name).model_copy(update={"audience": audience})
        for name, audience in zip(OF_FORMATS, audiences, strict=True)
    ]
    return connect_formats("mailchimp", in_formats.folder.project, formats)


def test_each_format_has_its_own_audience_of_one_account(
    in_formats: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [audience.id for audience in OF_FORMATS.values()]
    there = reach_formats(in_formats, monkeypatch, *ids)
    assert [each.format.name for each in there] == list(OF_FORMATS)
    assert [each.audience for each in there] == list(OF_FORMATS.values())
    assert len({id(each.service) for each in there}) == 1
    assert there[0].audiences == (READERS, *OF_FORMATS.values())


def test_every_format_without_an_audience_is_named_with_its_line(
    in_formats: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = in_formats.folder.project.publication.read_text("utf-8").split("\n")
    first = lines.index("formats:") + 1
    with pytest.raises(HandoverError) as error:
        reach_formats(in_formats, monkeypatch, "r1:group-1", None, "r1:group-9")
    problems = error.value.problems
    assert [problem.line for problem in problems] == [first + 2, first + 3]
    assert problems[0].message == "No audience of Mailchimp is chosen for the format 'headlines'."
    start = "Mailchimp has no audience 'r1:group-9' for the format 'full'; it has 'r1:group-1'"
    assert problems[1].message.startswith(start)
    assert "or give it with --format full --audience;" in problems[1].hint


def test_a_destination_can_do_what_its_service_can() -> None:
    profile = replace(profile_of("mailchimp"), can=frozenset({Capability.DRAFT}))
    to = place(Standin(), audience=READERS, profile=profile)
    assert to.can(Capability.DRAFT)
    assert not to.can(Capability.SCHEDULE)

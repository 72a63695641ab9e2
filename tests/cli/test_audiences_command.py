"""``newsletter audiences``: lists, the parts of each below it, and what their ids are for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from newsletter.cli import main
from newsletter.manifest import IssueFolder, read_issue
from tests.services.fake_brevo import FakeBrevo
from tests.services.fake_mailjet import FakeMailjet
from tests.services.fake_sendgrid import FakeSendGrid
from tests.services.fakes import Fake, Wire

WHAT_FOR = (
    "Put an id after 'audience:' in publication.yaml. With 'formats:', each format has its own."
)


@pytest.fixture(autouse=True)
def _in_a_newsletter(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(newsletter_folder)


def said(fake: Fake) -> list[str]:
    """The lines that the command prints, without the first, which is the account."""
    result = CliRunner().invoke(
        main, ["audiences", fake.NAME], obj=Wire(fake), env=fake.ENVIRONMENT
    )
    assert result.exit_code == 0, result.output
    return result.output.splitlines()[1:]


def test_parts_are_indented_below_their_list() -> None:
    assert said(FakeMailjet()) == [
        "  123456                                     18,204  Readers",
        "    123456:segment-2221                           ?  Teasers",
        "    123456:segment-2222                           ?  Headlines",
        "    123456:segment-2223                           ?  Full text",
        "  654321                                         12  Donors",
        "    654321:segment-2221                           ?  Teasers",
        "    654321:segment-2222                           ?  Headlines",
        "    654321:segment-2223                           ?  Full text",
        "",
        WHAT_FOR,
    ]


def test_parts_of_no_list_come_after_all_lists() -> None:
    assert said(FakeBrevo()) == [
        "  53                                         17,000  Readers",
        "  60                                             12  Donors",
        "  segment-17                                      ?  Teasers",
        "  segment-18                                      ?  Headlines",
        "  segment-19                                      ?  Full text",
        "",
        WHAT_FOR,
    ]


def test_columns_are_as_wide_as_the_longest_id() -> None:
    fake = FakeSendGrid()
    *rows, _, _ = said(fake)
    names = ("Readers", "Teasers", "Headlines", "Donors", "Full text")
    sizes = {row.index(f"  {name}") for row, name in zip(rows, names, strict=True)}
    assert len(sizes) == 1
    assert rows[1].startswith(f"    {fake.PARTS[0]} ")


@pytest.mark.parametrize("kind", [FakeBrevo, FakeMailjet, FakeSendGrid], ids=lambda kind: kind.NAME)
def test_without_parts_there_are_lists_and_nothing_else(kind: type[Fake]) -> None:
    fake = kind()
    fake.state["segments"] = {} if isinstance(fake.state["segments"], dict) else []
    assert [line.split()[-1] for line in said(fake)] == ["Readers", "Donors"]


@pytest.mark.parametrize("kind", [FakeBrevo, FakeMailjet, FakeSendGrid], ids=lambda kind: kind.NAME)
def test_an_id_can_be_pasted_as_it_is(kind: type[Fake], newsletter_folder: Path) -> None:
    ids = [line.split()[0] for line in said(kind())[:-2]]
    assert set(kind.PARTS) < set(ids)
    publication = newsletter_folder / "issues" / "publication.yaml"
    written = publication.read_text("utf-8")
    for audience in ids:
        publication.write_text(f"{written}\naudience: {audience}\n", "utf-8")
        issue = read_issue(IssueFolder.at(newsletter_folder / "issues" / "652"))
        assert issue.publication.audience == audience

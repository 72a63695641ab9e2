"""The names of those who approve: whoever has one name is one person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic_core import PydanticCustomError

from newsletter.checks.report import Report
from newsletter.cli import main
from newsletter.errors import HandoverError
from newsletter.handover import approve
from newsletter.handover.person_names import person_name


@pytest.mark.parametrize(
    "name",
    [
        "Sîan O’Neill-Łaska", "Dr J. R. Hughes (chair)", "Kʻalani", "Müller, Ø.", "Мария Иванова", "Νίκος Παπάς",
        "علی‌رضا کریمی", "王小明", "Kenさん", "Anna Кузнецова", "editor2@example.org", "Zoe\u0308",
    ],
)  # fmt: skip
def test_names_of_people_everywhere_are_taken(name: str) -> None:
    assert person_name(f" {name} ") == name


@pytest.mark.parametrize(
    ("name", "scripts"),
    [
        ("Rоbin", "Cyrillic, Latin"),
        ("Lee Κim", "Greek, Latin"),
        ("Ｒоbin", "Cyrillic, Latin"),
        ("Робiн", "Cyrillic, Latin"),
    ],
)
def test_a_word_in_letters_of_two_scripts_is_refused(name: str, scripts: str) -> None:
    with pytest.raises(
        PydanticCustomError, match=rf"different scripts \({scripts}\) that look the same"
    ):
        person_name(name)


@pytest.mark.parametrize(
    "hidden", "\u200b\u2060\ufeff\u00ad\u202e\u2066\u3164\u2800\u115f\ue000\u034f"
)
def test_what_nobody_sees_is_refused_and_named(hidden: str) -> None:
    with pytest.raises(PydanticCustomError, match=f"U\\+{ord(hidden):04X}"):
        person_name(f"Rob{hidden}in")


def test_neither_the_command_nor_the_file_makes_two_people_of_one(
    report: Report, issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(report, "Robin")
    file = issue / "approvals.json"
    kept = json.loads(file.read_bytes())["approvals"]
    monkeypatch.chdir(issue)
    for by in ("Rоbin", "Rob\u200bin", "", " ", "Robin\nSam"):
        with pytest.raises(HandoverError, match=r"approvals\.json: "):
            approve(report, by)
        answer = CliRunner().invoke(main, ["approve", "--by", by])
        assert (answer.exit_code, "Invalid value for '--by': " in answer.stderr) == (2, True)
        file.write_text(json.dumps([*kept, kept[0] | {"by": by}]), "utf-8")
        with pytest.raises(HandoverError, match=r"approvals\.json: .* approve the issue again"):
            approve(report, "Sam")
        file.write_text(json.dumps(kept), "utf-8")

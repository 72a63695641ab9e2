"""The formats of record.json and approvals.json: older ones are read, newer ones are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newsletter.checks.report import Report
from newsletter.errors import HandoverError
from newsletter.handover import approvals_of, approve
from newsletter.handover.versioned import from_versioned_json, to_versioned_json
from tests.handover.conftest import Hand
from tests.services.scenes import record_of

NEWER = (
    r"made by a newer version of this program \(format \d; this one reads \d\)\."
    r" Update the program, and run the command again\."
)
FILE = Path("record.json")


def with_format(file: Path, version: Any) -> None:
    """Write the version of another format into a file."""
    document = json.loads(file.read_bytes())
    file.write_text(json.dumps(document | {"format": version}), "utf-8")


def without_format(file: Path, version: int = 1) -> dict[str, Any]:
    """Return what is in a file that has this format, without saying so."""
    document: dict[str, Any] = json.loads(file.read_bytes())
    assert document.pop("format") == version
    return document


def test_a_document_says_its_format_first_and_is_readable() -> None:
    content = to_versioned_json({"by": "Zoë"}, 3)
    assert content.decode() == '{\n  "format": 3,\n  "by": "Zoë"\n}\n'
    assert from_versioned_json(content, FILE, 3) == {"by": "Zoë"}
    assert from_versioned_json(content, FILE, 4) == {"by": "Zoë"}


@pytest.mark.parametrize("content", [b'{"by": "Zo\xc3\xab"}', b'{"format": 1, "by": "Zo\xc3\xab"}'])
def test_the_first_format_need_not_be_named(content: bytes) -> None:
    assert from_versioned_json(content, FILE, 1) == {"by": "Zoë"}


@pytest.mark.parametrize("version", ["1", "new", 0, -1, 1.5, None, [1], {}])
def test_what_is_no_version_is_no_format(version: Any) -> None:
    with pytest.raises(ValueError, match="not the version of a format"):
        from_versioned_json(json.dumps({"format": version}).encode(), FILE, 1)


def test_a_newer_record_says_what_to_do(hand: Hand, report: Report) -> None:
    hand(report)
    record = record_of(report.folder.path)
    with_format(record.file, 4)
    with pytest.raises(HandoverError, match=rf"record\.json: This file was {NEWER}"):
        record.read()


def test_a_record_from_before_there_were_formats_is_read(hand: Hand, report: Report) -> None:
    draft = hand(report)
    record = record_of(report.folder.path)
    fields = without_format(record.file, 2)
    assert fields.pop("kept") == {}
    record.file.write_text(json.dumps(fields), "utf-8")
    assert record.read() == draft


def test_newer_approvals_say_what_to_do(report: Report) -> None:
    approve(report, "Ann")
    with_format(report.folder.approvals, 3)
    with pytest.raises(HandoverError, match=rf"approvals\.json: This file was {NEWER}"):
        approvals_of(report.galley)


def test_approvals_from_before_there_were_formats_are_read(report: Report) -> None:
    valid = approve(report, "Ann")
    file = report.folder.approvals
    file.write_text(json.dumps(without_format(file)["approvals"]), "utf-8")
    assert approvals_of(report.galley) == valid


def test_another_approval_gives_an_old_file_its_format(report: Report) -> None:
    approve(report, "Ann")
    file = report.folder.approvals
    file.write_text(json.dumps(without_format(file)["approvals"]), "utf-8")
    approve(report, "Bo")
    people = [approval["by"] for approval in without_format(file)["approvals"]]
    assert people == ["Ann", "Bo"]

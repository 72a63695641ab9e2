"""Only the very issue that was checked can be handed over: what a verb takes leaves no other choice.

mypy proves it as well: it fails if a "type: ignore" here is not needed.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace

import pytest

from newsletter.handover import (
    approvals_of,
    approve,
    hand_over,
    outgoing_of,
    schedule,
    send_test,
    verify,
)
from newsletter.handover.approvals import require_approvals
from newsletter.manifest import read_manuscript
from newsletter.manifest.project import IssueFolder
from tests.handover.standin import Standin, agree, place, refuse
from tests.services.scenes import Newsletter, record_of


def test_an_issue_cannot_be_handed_over_as_another(
    newsletter: Newsletter, standin: Standin
) -> None:
    other = IssueFolder.at(newsletter.folder / "issues" / "596")
    with pytest.raises(TypeError):
        hand_over(newsletter.first, other, [place(standin)], by="a test", confirm=refuse)  # type: ignore[arg-type,misc]
    with pytest.raises(TypeError):
        hand_over(newsletter.first, [place(standin)], folder=other, by="a test", confirm=refuse)  # type: ignore[call-arg]
    assert standin.calls == []


def test_an_email_cannot_be_handed_over_as_that_of_another_issue(newsletter: Newsletter) -> None:
    other = read_manuscript(newsletter.folder / "issues" / "596")
    mixed = replace(newsletter.first.galley, manuscript=other)
    with pytest.raises(ValueError, match="made from another issue"):
        replace(newsletter.first, galley=mixed)


def test_the_record_is_written_where_the_issue_was_checked(
    newsletter: Newsletter, standin: Standin
) -> None:
    (draft,) = hand_over(newsletter.first, [place(standin)], by="a test", confirm=agree)
    assert draft.number == "652"
    assert newsletter.record.read() == draft
    assert not record_of(newsletter.folder / "issues" / "596").folder.exists()


@pytest.mark.parametrize(
    "verb",
    [
        *(approvals_of, approve, hand_over, outgoing_of, require_approvals),
        *(schedule, send_test, verify),
    ],
)
def test_a_verb_takes_no_folder_beside_what_was_checked(verb: Callable[..., object]) -> None:
    first, *others = inspect.signature(verb).parameters.values()
    assert first.annotation in ("Report", "Galley")
    assert not [each.name for each in others if each.annotation in ("Path", "IssueFolder")]

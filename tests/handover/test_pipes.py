"""A pipe in the place of a file that is kept with an issue: reading it would never end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsletter.checks.galley import galley_of
from newsletter.errors import HandoverError
from newsletter.handover.approvals import approvals_of
from tests.services.scenes import record_of


def test_a_record_that_is_a_pipe_is_refused(newsletter_folder: Path) -> None:
    issue = newsletter_folder / "issues" / "652"
    record_of(issue).folder.mkdir()
    os.mkfifo(record_of(issue).file)
    with pytest.raises(HandoverError, match=r"record\.json: This record cannot be read\."):
        record_of(issue).read()


def test_approvals_that_are_a_pipe_are_refused(newsletter_folder: Path) -> None:
    issue = newsletter_folder / "issues" / "652"
    galley = galley_of(issue)
    os.mkfifo(issue / "approvals.json")
    with pytest.raises(
        HandoverError, match=r"approvals\.json: This file of approvals cannot be read\."
    ):
        approvals_of(galley)

"""``newsletter unschedule``: make a scheduled issue a draft again."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.connection import transport
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.errors import HandoverError
from newsletter.files import relative_to_cwd

if TYPE_CHECKING:
    from newsletter.manifest import IssueFolder


@click.command()
@click.argument("issue", required=False)
def unschedule(issue: str | None) -> None:
    """Make ISSUE (the newest, if none is named), which is scheduled, a draft again.

    It becomes one in every format that was handed over.
    """
    from newsletter.handover import connect_to
    from newsletter.handover import unschedule as make_drafts_again

    folder = find_issue(issue, Path.cwd())
    service = _service_of(folder)
    destination = connect_to(
        service, folder.project, None, transport=transport(), needs_audience=False
    )
    drafts = make_drafts_again(folder, destination)

    unscheduled = f"{destination.title} will no longer send it by itself"
    if len(drafts) == 1:
        say(f"{unscheduled}; it is a draft: {drafts[0].address}")
    else:
        say(f"{unscheduled}; its {len(drafts)} formats are drafts:")
        for draft in drafts:
            say(f"  {draft.format or 'leading':<12} {draft.address}")
    say(f"  Commit with the issue:  {relative_to_cwd(folder.handed_over)}/")


def _service_of(folder: IssueFolder) -> str:
    """Return the service that an issue was handed over to.

    Any record will do: one that cannot be read must not keep the other formats scheduled. Raise
    HandoverError if none can be read, or if nothing was handed over.
    """
    from newsletter.handover import Record, records_of

    records = records_of(folder) or (Record(folder),)
    for record in records:
        with suppress(HandoverError):
            return record.require().service
    return records[0].require().service

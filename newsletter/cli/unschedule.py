"""``newsletter unschedule``: make a scheduled issue a draft again."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.connection import transport
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.files import relative_to_cwd


@click.command()
@click.argument("issue", required=False)
def unschedule(issue: str | None) -> None:
    """Make ISSUE (the newest, if none is named), which is scheduled, a draft again."""
    from newsletter.handover import Record, connect_to
    from newsletter.handover import unschedule as make_draft_again

    folder = find_issue(issue, Path.cwd())
    service = Record(folder).require().service
    destination = connect_to(
        service, folder.project, None, transport=transport(), needs_audience=False
    )
    draft = make_draft_again(folder, destination)

    say(f"{destination.title} will no longer send it by itself; it is a draft: {draft.address}")
    say(f"  Commit with the issue:  {relative_to_cwd(folder.handed_over)}/")

"""``newsletter unschedule``: make a scheduled issue a draft again."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.asking import transport
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.files import relative_to_cwd
from newsletter.handover import Record, connect_to
from newsletter.handover import unschedule as unscheduling


@click.command()
@click.argument("issue", required=False)
def unschedule(issue: str | None) -> None:
    """Make ISSUE (the newest, if none is named), which is scheduled, a draft again."""
    folder = find_issue(issue, Path.cwd())
    service = Record(folder).require().service
    to = connect_to(service, folder.project, None, transport=transport(), needs_audience=False)
    draft = unscheduling(folder, to)
    say(f"{to.profile.title} will no longer send it by itself; it is a draft: {draft.address}")
    say(f"  Commit with the issue:  {relative_to_cwd(folder.handed_over)}/")

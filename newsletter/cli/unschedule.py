"""``newsletter unschedule``: a scheduled issue is a draft again."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.asking import destination
from newsletter.handover import require_draft
from newsletter.handover import unschedule as unscheduling
from newsletter.manifest import find_issue, read_issue


@click.command()
@click.argument("issue", required=False)
def unschedule(issue: str | None) -> None:
    """Make ISSUE (the newest, if none is named), which was to be sent at a time, a draft again."""
    folder = find_issue(issue, Path.cwd())
    draft = require_draft(folder)
    audience = draft.audience.id if draft.audience else None
    to = destination(read_issue(folder).publication, folder, draft.service, audience)
    draft = unscheduling(folder, to)
    click.echo(f"{to.profile.title} will not send it by itself any more; it is a draft: {draft.address}")

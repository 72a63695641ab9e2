"""``newsletter approve``: a person's word that this very content may go out to these readers."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.asking import a_name, checked, clock, title, title_of
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.files import relative_to_cwd
from newsletter.handover import approve as approving
from newsletter.model import Publication


@click.command()
@click.argument("issue", required=False)
@click.option("--by", required=True, callback=a_name, help="Who has read and approved it.")
def approve(issue: str | None, by: str) -> None:
    """Record that somebody has read ISSUE (the newest, if none is named) and approved it as it is now.

    An approval covers the content, the sender, the service and the audience: any later change to these makes it void.
    It does not cover the day and the hour of sending. To have the issue read: 'newsletter proof'.
    """
    report = checked(find_issue(issue, Path.cwd()))
    valid = approving(report, by)
    needed = report.email.issue.publication.approvals
    say(f"{title_of(report.email.issue)}, content {valid[0].content[:12]}")
    say(
        f"  covers this content, its sender, and where it goes: {_readers(report.email.issue.publication)}"
    )
    for approval in valid:
        say(
            f"  approved by {approval.by}, {clock(approval.at, report.email.issue.publication.time_zone)}"
        )
    if len(valid) < needed:
        say(f"  {needed - len(valid)} more needed: publication.yaml asks for {needed}")
    say(f"  Commit with the issue:  {relative_to_cwd(report.folder.approvals)}")


def _readers(publication: Publication) -> str:
    """Return service and audience, as publication.yaml has them."""
    audience = f", audience {publication.audience}" if publication.audience else ""
    return f"{title(publication.service)}{audience}"

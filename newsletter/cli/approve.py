"""``newsletter approve``: a person's word that this very content may go out to these readers."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.asking import a_name, checked, clock, title, title_of
from newsletter.cli.output import say
from newsletter.files import seen_from_here
from newsletter.handover import approve as approving
from newsletter.handover.approvals import FILE
from newsletter.manifest import find_issue
from newsletter.model import Publication


@click.command()
@click.argument("issue", required=False)
@click.option("--by", required=True, callback=a_name, help="Who has read and approved it.")
def approve(issue: str | None, by: str) -> None:
    """Write down that somebody has read ISSUE (the newest, if none is named) and approved it as it is now.

    An approval covers the content, the sender, the service and the audience: any later change of these makes it void.
    It does not cover the day and the hour of sending. Have a proof read: 'newsletter proof'.
    """
    folder = find_issue(issue, Path.cwd())
    report = checked(folder)
    holding = approving(report, folder, by)
    wanted = report.email.issue.publication.approvals
    say(f"{title_of(report.email.issue)}, content {holding[0].content[:12]}")
    say(f"  covers this content, its sender, and where it goes: {_readers(report.email.issue.publication)}")
    for approval in holding:
        say(f"  approved by {approval.by}, {clock(approval.at, report.email.issue.publication.time_zone)}")
    if len(holding) < wanted:
        say(f"  {wanted - len(holding)} more to come: publication.yaml asks for {wanted}")
    say(f"  Commit with the issue:  {seen_from_here(folder / FILE)}")


def _readers(publication: Publication) -> str:
    """Service and audience, as publication.yaml has them."""
    audience = f", audience {publication.audience}" if publication.audience else ""
    return f"{title(publication.service)}{audience}"

"""``newsletter approve``: a person's word that this very content may go out."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.asking import a_name, checked, clock, title_of
from newsletter.cli.output import say
from newsletter.files import seen_from_here
from newsletter.handover import approve as approving
from newsletter.handover.approvals import FILE
from newsletter.manifest import find_issue


@click.command()
@click.argument("issue", required=False)
@click.option("--by", required=True, callback=a_name, help="Who has read it and approves of it.")
def approve(issue: str | None, by: str) -> None:
    """Write down that somebody has read ISSUE (the newest, if none is named) and approves of it as it is now.

    Any later change of its content makes the approval void. Have a proof read: 'newsletter proof'.
    """
    folder = find_issue(issue, Path.cwd())
    report = checked(folder)
    holding = approving(report, folder, by)
    wanted = report.email.issue.publication.approvals
    say(f"{title_of(report.email.issue)}, content {holding[0].content[:12]}")
    for approval in holding:
        say(f"  approved by {approval.by}, {clock(approval.at, report.email.issue.publication.time_zone)}")
    if len(holding) < wanted:
        say(f"  {wanted - len(holding)} more to come: publication.yaml asks for {wanted}")
    say(f"  Commit with the issue:  {seen_from_here(folder / FILE)}")

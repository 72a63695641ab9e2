"""``newsletter approve``: a person's word that this very content may go out to these readers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.facts import issue_title, local_time
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.cli.person import require_person_name
from newsletter.cli.ready import ready_report
from newsletter.files import relative_to_cwd

if TYPE_CHECKING:
    from newsletter.model import Publication


@click.command()
@click.argument("issue", required=False)
@click.option(
    "--by", required=True, callback=require_person_name, help="Who has read and approved it."
)
def approve(issue: str | None, by: str) -> None:
    """Record that somebody has approved ISSUE (the newest, if none is named) as it is now.

    An approval covers the content, the sender, the service and the audience, in all formats: any
    later change to these makes it void. It does not cover the day and the hour of sending. To have
    the issue read: 'newsletter proof'.
    """
    from newsletter.handover import approve as record_approval

    report = ready_report(find_issue(issue, Path.cwd()))
    approvals = record_approval(report, by)

    issue_read = report.email.issue
    publication = issue_read.publication
    say(f"{issue_title(issue_read)}, content {approvals[0].content[:12]}")
    _print_coverage(publication)
    for approval in approvals:
        say(f"  approved by {approval.by}, {local_time(approval.at, publication.time_zone)}")

    missing = publication.approvals - len(approvals)
    if missing > 0:
        say(f"  {missing} more needed: publication.yaml asks for {publication.approvals}")
    say(f"  Commit with the issue:  {relative_to_cwd(report.folder.approvals)}")


def _print_coverage(publication: Publication) -> None:
    """Print what an approval covers: the content, and who gets it, as publication.yaml has them."""
    from newsletter.services import profile_of

    service = profile_of(publication.service).title
    if publication.formats:
        say(f"  covers this content in each format, its sender, and where it goes: {service}")
        for format in publication.formats:
            say(f"    {format.name}: {_audience(format.audience)}")
        if publication.audience:
            say(f"    all of these: {_audience(publication.audience)}")
        return

    if publication.audience:
        service = f"{service}, {_audience(publication.audience)}"
    say(f"  covers this content, its sender, and where it goes: {service}")


def _audience(audience: str | None) -> str:
    """Return an audience in words."""
    if audience is None:
        return "no audience"
    return f"audience {audience}"

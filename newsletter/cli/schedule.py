"""``newsletter schedule``: when the service sends a draft."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.asking import checked, clock, confirm, destination, place_of, shown, title_of
from newsletter.handover import Appointment, instant, require_draft
from newsletter.handover import schedule as scheduling
from newsletter.manifest import find_issue


@click.command()
@click.argument("issue", required=False)
@click.option(
    "--at", metavar="TIME", help='On the publication\'s clock: "2026-11-30 17:00"; else its own day and hour.'
)
@click.option("--audience", help="Id of the audience that it was handed over for, if that is not the publication's.")
@click.option("--yes", is_flag=True, help="Do not ask for the number; for scripts.")
def schedule(issue: str | None, at: str | None, audience: str | None, yes: bool) -> None:
    """Have the service send ISSUE (the newest, if none is named) at a time.

    Only what was handed over, is unchanged here and there, and approved of, if the publication asks for that.
    """
    folder = find_issue(issue, Path.cwd())
    report = checked(folder)
    draft = require_draft(folder)
    time = instant(report.email.issue, at, folder / "issue.yaml")
    to = destination(report.email.issue.publication, folder, draft.service, audience)

    def agree(appointment: Appointment) -> None:
        lines = {"Subject": draft.subject, **place_of(to), "Sends at": clock(appointment.at, appointment.issue)}
        shown(title_of(appointment.issue), lines)
        for difference in draft.differences:
            click.echo(f"  Differs      {difference}")
        confirm(appointment.issue.number, "schedule it", yes=yes)

    draft = scheduling(report, folder, to, time, confirm=agree)
    click.echo(f"{to.profile.title} will send it on {clock(time, report.email.issue)}.")
    click.echo(f"  To take that back:  newsletter unschedule {draft.number}")

"""``newsletter schedule``: when the service sends a draft."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.asking import (
    checked,
    clock,
    confirm,
    destination,
    place_of,
    shown,
    title_of,
)
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.files import relative_to_cwd
from newsletter.handover import (
    Appointment,
    Record,
    parse_send_time,
    require_schedules,
)
from newsletter.handover import schedule as scheduling
from newsletter.manifest import read_issue
from newsletter.services import profile_of


@click.command()
@click.argument("issue", required=False)
@click.option(
    "--at",
    metavar="TIME",
    help='On the publication\'s clock: "2026-11-30 17:00"; by default its own day and hour.',
)
@click.option(
    "--audience",
    help="Id of the audience that it was handed over for, if that is not the publication's.",
)
@click.option(
    "--yes",
    is_flag=True,
    help="Do not ask for the number, unless the service holds something else.",
)
def schedule(issue: str | None, at: str | None, audience: str | None, yes: bool) -> None:
    """Have the service send ISSUE (the newest, if none is named) at a set time.

    It must be handed over, unchanged here and there since, and approved if the publication asks for that.
    """
    folder = find_issue(issue, Path.cwd())
    record = Record(folder)
    earlier = record.read()
    service = earlier.service if earlier else read_issue(folder).publication.service
    require_schedules(profile_of(service))

    report = checked(folder)
    draft = record.require()
    place = report.folder.manifest if at is None else Path("--at")
    time = parse_send_time(report.galley.issue, at, place)
    publication = report.galley.issue.publication
    if draft.service != publication.service:
        audience = audience or draft.audience_id or None
    to = destination(report, draft.service, audience)

    def agree(appointment: Appointment) -> None:
        lines = {
            "Subject": draft.subject,
            **place_of(to),
            "Sends at": clock(appointment.at, publication.time_zone),
        }
        if appointment.at.date() != appointment.issue.date:
            lines["Note"] = "that is not the date of the issue"
        shown(title_of(appointment.issue), lines)
        for difference in draft.differences:
            say(f"  Differs      {difference}")
        for addition in draft.additions:
            say(f"  Added there  {addition}")
        confirm(appointment.issue.number, "schedule it", yes=yes and not draft.differences)

    draft = scheduling(report, to, time, confirm=agree)
    say(f"{to.profile.title} will send it on {clock(time, publication.time_zone)}.")
    say(f"  To undo that:  newsletter unschedule {draft.number}")
    say(f"  Commit with the issue:  {relative_to_cwd(record.folder)}/")

"""``newsletter schedule``: when the service sends a draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.connection import destination_of
from newsletter.cli.facts import destination_facts, issue_title, local_time, print_facts
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.cli.person import confirm
from newsletter.cli.ready import ready_report
from newsletter.files import relative_to_cwd

if TYPE_CHECKING:
    from newsletter.handover import Appointment
    from newsletter.manifest import IssueFolder
    from newsletter.model import Draft


@click.command()
@click.argument("issue", required=False)
@click.option(
    "--at",
    metavar="TIME",
    help='On the publication\'s clock: "2026-11-30 17:00"; by default its own day and hour.',
)
@click.option(
    "--audience",
    metavar="ID",
    help="Id of the audience that it was handed over for, if that is not the publication's.",
)
@click.option(
    "--yes",
    is_flag=True,
    help="Do not ask for the number, unless the service holds something else.",
)
def schedule(issue: str | None, at: str | None, audience: str | None, yes: bool) -> None:
    """Have the service send ISSUE (the newest, if none is named) at a set time.

    It must be handed over, unchanged here and there since, and approved if the publication asks for
    that.
    """
    from newsletter.handover import Record, parse_send_time
    from newsletter.handover import schedule as schedule_draft

    folder = find_issue(issue, Path.cwd())
    _require_schedules(folder)

    report = ready_report(folder)
    draft = Record(folder).require()
    place = folder.manifest if at is None else Path("--at")
    time = parse_send_time(report.galley.issue, at, place)

    publication = report.galley.issue.publication
    if draft.service != publication.service:
        audience = audience or draft.audience_id or None
    destination = destination_of(report, draft.service, audience)

    def agree(appointment: Appointment) -> None:
        _print_appointment(appointment, draft)
        is_as_given = not draft.differences
        confirm(appointment.issue.number, "schedule it", yes=yes and is_as_given)

    scheduled = schedule_draft(report, destination, time, confirm=agree)
    say(f"{destination.title} will send it on {local_time(time, publication.time_zone)}.")
    say(f"  To undo that:  newsletter unschedule {scheduled.number}")
    say(f"  Commit with the issue:  {relative_to_cwd(folder.handed_over)}/")


def _require_schedules(folder: IssueFolder) -> None:
    """Raise Unsupported if the service of the issue cannot send at a set time."""
    from newsletter.handover import Record, require_schedules
    from newsletter.manifest import read_issue
    from newsletter.services import profile_of

    draft = Record(folder).read()
    if draft:
        service = draft.service
    else:
        service = read_issue(folder).publication.service
    require_schedules(profile_of(service))


def _print_appointment(appointment: Appointment, draft: Draft) -> None:
    """Print what is about to be scheduled, and where the service holds something else."""
    issue = appointment.issue
    facts = {
        "Subject": draft.subject,
        **destination_facts(appointment.destination),
        "Sends at": local_time(appointment.at, issue.publication.time_zone),
    }
    if appointment.at.date() != issue.date:
        facts["Note"] = "that is not the date of the issue"
    print_facts(issue_title(issue), facts)

    for difference in draft.differences:
        say(f"  Differs      {difference}")
    for addition in draft.additions:
        say(f"  Added there  {addition}")

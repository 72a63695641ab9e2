"""``newsletter schedule``: when the service sends a draft."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.connection import transport
from newsletter.cli.facts import (
    account_facts,
    destination_facts,
    issue_title,
    local_time,
    print_facts,
)
from newsletter.cli.format_table import print_formats
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.cli.person import agrees_for_readers, confirm
from newsletter.cli.ready import ready_report
from newsletter.files import relative_to_cwd

if TYPE_CHECKING:
    from newsletter.checks.report import Report
    from newsletter.handover import Appointment, Destination
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
    help=(
        "Do not ask for the number, unless the service holds something else,"
        " or some readers would get two emails."
    ),
)
def schedule(issue: str | None, at: str | None, audience: str | None, yes: bool) -> None:
    """Have the service send ISSUE (the newest, if none is named) at a set time.

    It must be handed over, unchanged here and there since, and approved if the publication asks for
    that. All its formats get the time, or none.
    """
    from newsletter.handover import parse_send_time
    from newsletter.handover import schedule as schedule_drafts

    folder = find_issue(issue, Path.cwd())
    _require_schedules(folder)

    report = ready_report(folder)
    publication = report.galley.issue.publication
    if audience and publication.formats:
        raise click.UsageError("publication.yaml names the audience of each format.")

    drafts = _drafts(report)
    place = folder.manifest if at is None else Path("--at")
    time = parse_send_time(report.galley.issue, at, place)
    destinations = _destinations(report, drafts, audience)

    def agree(appointment: Appointment) -> None:
        _print_appointment(appointment)
        is_as_given = not any(draft.differences for draft in drafts)
        agrees = agrees_for_readers(appointment.readers, yes=yes and is_as_given)
        confirm(appointment.issue.number, "schedule it", yes=agrees)

    schedule_drafts(report, destinations, time, confirm=agree)
    formats = f"its {len(drafts)} formats" if len(drafts) > 1 else "it"
    when = local_time(time, publication.time_zone)
    say(f"{destinations[0].title} will send {formats} on {when}.")
    say(f"  To undo that:  newsletter unschedule {report.galley.issue.number}")
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


def _drafts(report: Report) -> list[Draft]:
    """Return the drafts that were handed over, one for each format.

    Raise HandoverError if a format was not handed over.
    """
    from newsletter.handover import Record

    emails = [galley.email for galley in report.galley.every_format]
    return [Record(report.folder, email.further_format).require() for email in emails]


def _destinations(
    report: Report, drafts: Sequence[Draft], audience: str | None
) -> tuple[Destination, ...]:
    """Connect to the service that has the drafts, for each format.

    The audiences are those of the publication or, in another service than its own, those that the
    issue was handed over for. An ``audience`` that is named comes before both.
    """
    from newsletter.handover import connect_formats

    publication = report.galley.issue.publication
    service = drafts[0].service
    audiences = [format.audience for format in publication.every_format]
    if service != publication.service:
        audiences = [draft.audience_id or None for draft in drafts]

    formats = [
        format.model_copy(update={"audience": audience or own})
        for format, own in zip(publication.every_format, audiences, strict=True)
    ]
    return connect_formats(service, report.folder.project, formats, None, transport())


def _print_appointment(appointment: Appointment) -> None:
    """Print what is about to be scheduled, and where the service holds something else."""
    issue = appointment.issue
    slots = appointment.slots
    facts = {"Subject": slots[0].there.draft.subject}
    if issue.publication.formats:
        facts |= account_facts(appointment.destination)
    else:
        facts |= destination_facts(appointment.destination)
    facts["Sends at"] = local_time(appointment.at, issue.publication.time_zone)
    if appointment.at.date() != issue.date:
        facts["Note"] = "that is not the date of the issue"
    print_facts(issue_title(issue), facts)

    if issue.publication.formats:
        destinations = [slot.there.destination for slot in slots]
        now = [str(slot.campaign.status) for slot in slots]
        print_formats(destinations, "Now", now, appointment.readers)
    for slot in slots:
        _print_what_differs(slot.there.draft)


def _print_what_differs(draft: Draft) -> None:
    """Print where the service holds something else than it was given."""
    of_format = f"{draft.format}: " if draft.format else ""
    for difference in draft.differences:
        say(f"  Differs      {of_format}{difference}")
    for addition in draft.additions:
        say(f"  Added there  {of_format}{addition}")

"""``newsletter hand-over``: the issue to a mailing service, as one draft."""

from __future__ import annotations

from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.connection import destinations_of
from newsletter.cli.facts import (
    destination_facts,
    issue_title,
    local_time,
    print_facts,
    say_copied,
)
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.names import SERVICES, SERVICES_WITH_MERGE_TAGS
from newsletter.cli.output import say, styled
from newsletter.cli.person import confirm, require_person_name, user_name
from newsletter.cli.ready import ready_report
from newsletter.files import relative_to_cwd

if TYPE_CHECKING:
    from newsletter.handover import Destination, HandoverPlan
    from newsletter.manifest import IssueFolder
    from newsletter.model import Draft, Email

_DOES = {
    "create": "makes one draft; nothing is sent",
    "update": "updates the draft that is there; nothing is sent",
    "send": "sends it immediately: this service keeps no drafts",
}


@click.command("hand-over")
@click.argument("issue", required=False)
@click.option(
    "--to",
    "service",
    type=SERVICES,
    metavar="SERVICE",
    help="The service, instead of the publication's.",
)
@click.option("--audience", metavar="ID", help="Id of the audience, instead of the publication's.")
@click.option(
    "--tags",
    type=SERVICES_WITH_MERGE_TAGS,
    metavar="SERVICE",
    help="For the folder: use this service's merge tags.",
)
@click.option(
    "--by",
    default=user_name,
    callback=require_person_name,
    show_default="your name on this computer",
    help="Who hands it over.",
)
@click.option("--yes", is_flag=True, help="Do not ask for the number; for scripts.")
@click.pass_context
def hand_over(
    ctx: click.Context,
    issue: str | None,
    service: str | None,
    audience: str | None,
    tags: str | None,
    by: str,
    yes: bool,
) -> None:
    """Hand ISSUE (the newest, if none is named) over to the mailing service, as one draft.

    The draft is read back and compared. Nothing is sent: a person does that in the service, or
    'newsletter schedule'. Run it again after a change to update the draft; without a change, it
    does nothing. Exit status: 0 if the draft is as it was given, 1 if the checks found errors or
    the service holds something else, 2 if it could not be done.
    """
    from newsletter.handover import hand_over as make_draft

    report = ready_report(find_issue(issue, Path.cwd()))
    publication = report.galley.issue.publication
    service = service or publication.service
    _require_options_of(service, audience, tags)
    destinations = destinations_of(report, service, audience, tags)
    agreed: list[HandoverPlan] = []

    def agree(plan: HandoverPlan) -> None:
        agreed.append(plan)
        _print_plan(plan)
        action = "send it" if plan.steps[0].does == "send" else "hand it over"
        confirm(plan.outgoing.email.issue.number, action, yes=yes)

    copied = say_copied(publication)
    (draft,) = make_draft(report, destinations, by=by, confirm=agree, copied=copied)
    (destination,) = destinations
    if agreed:
        _print_done(draft, agreed[0], report.folder)
    else:
        _print_nothing_to_do(draft, destination, report.email)
    ctx.exit(1 if draft.differences else 0)


def _require_options_of(service: str, audience: str | None, tags: str | None) -> None:
    """Raise UsageError for an option that makes no sense with this service."""
    from newsletter.services import profile_of
    from newsletter.services.protocol import Capability

    profile = profile_of(service)
    if tags and not profile.needs_upload:
        raise click.UsageError("--tags is for the folder; a service gets its own merge tags.")
    if audience is not None and Capability.AUDIENCES not in profile.can:
        raise click.UsageError(f"{profile.title} has no audiences: leave --audience out.")


def _print_plan(plan: HandoverPlan) -> None:
    """Print what is about to be done."""
    destination = plan.destination
    facts = {"Subject": plan.outgoing.title, **destination_facts(destination)}
    facts |= _file_facts(plan)
    if destination.profile.needs_upload:
        facts["Merge tags"] = _merge_tags(destination)
        facts["Does"] = "writes the email, to upload to a mailing service by hand"
    else:
        facts["Does"] = _DOES[plan.steps[0].does]

    print_facts(issue_title(plan.outgoing.email.issue), facts)
    for note in _notes(destination):
        say(f"  Note         {note}")
    for difference in plan.steps[0].overwrites:
        say(f"  Replaces     {difference}")


def _file_facts(plan: HandoverPlan) -> dict[str, str]:
    """Return which files the email shows or links to, and where they are brought."""
    from newsletter.checks.verdict import files_in_words

    files = plan.outgoing.email.files
    if not files:
        return {}

    facts = {"Files": files_in_words(files)}
    place = plan.outgoing.email.issue.publication.pictures_to
    if place:
        facts["Copies"] = f"what is missing in '{place}'"
    elif plan.uploads:
        title = plan.destination.title
        kilobytes = ceil(sum(len(file.content) for file in plan.uploads) / 1000)
        uploads = files_in_words(plan.uploads)
        facts["Uploads"] = f"{uploads} to {title} ({kilobytes:,} KB)"
    return facts


def _merge_tags(destination: Destination) -> str:
    """Return whose merge tags are in the files."""
    from newsletter.services import profile_of

    if destination.tags == destination.name:
        return "none; links and names are the publication's own (--tags names a service)"
    return f"of {profile_of(destination.tags).title}"


def _notes(destination: Destination) -> list[str]:
    """Return what the service does not take."""
    from newsletter.services.protocol import Capability

    notes: list[str] = []
    if not destination.can(Capability.PLAIN_TEXT):
        notes.append(f"{destination.title} does not take our plain text; it makes its own.")
    if not destination.can(Capability.PREHEADER):
        notes.append("The preheader is only in the HTML: there is no field for it.")
    return notes


def _print_nothing_to_do(draft: Draft, destination: Destination, email: Email) -> None:
    """Print why nothing is to be done, and how far the issue is."""
    from newsletter.handover import is_uploaded_later
    from newsletter.services.protocol import Capability, Status

    publication = email.issue.publication
    was = "handed over" if destination.can(Capability.DRAFT) else "sent"
    when = local_time(draft.done or draft.begun, publication.time_zone)
    message = f"Nothing new to hand over: this very content was {was} by {draft.by}, {when}."
    say(message, err=bool(draft.differences))

    if draft.campaign and destination.can(Capability.READ_BACK):
        campaign = destination.service.read(draft.campaign)
        if campaign and campaign.status != Status.DRAFT:
            say(f"  In {destination.title} this issue is {campaign.status}.")

    _print_differences(draft)
    _print_address(draft, "Look at it")
    if email.files and is_uploaded_later(publication, destination):
        say(f"  Are its pictures on the web?  newsletter check {draft.number} --online")


def _print_done(draft: Draft, plan: HandoverPlan, folder: IssueFolder) -> None:
    """Print what was done, and what is left to do."""
    differs = bool(draft.differences)
    say(_done(draft, plan), err=differs)
    _print_differences(draft)

    label = "Look, and send it"
    if plan.destination.profile.needs_upload:
        label = "Look at it"
    _print_address(draft, label)
    if plan.outgoing.email.files:
        _print_files(plan, folder)

    record = relative_to_cwd(folder.handed_over)
    say(f"  Commit with the issue:  {record}/", err=differs)


def _print_files(plan: HandoverPlan, folder: IssueFolder) -> None:
    """Print that the files are served, or which of them a person must upload, and where to."""
    from newsletter.checks.verdict import files_in_words
    from newsletter.handover import is_uploaded_later

    issue = plan.outgoing.email.issue
    files = plan.outgoing.email.files
    if not is_uploaded_later(issue.publication, plan.destination):
        say(f"  On the web:  {files_in_words(files)}")
        return

    number = issue.number
    local = relative_to_cwd(folder.project.build / number / "handed-over" / "pictures" / number)
    there = files[0].address.removesuffix(files[0].name)
    say("  Upload these before the email goes out:")
    for file in files:
        say(f"    {local}/{file.name}")
    say(f"  to {there}")
    say(f"  Are they on the web?  newsletter check {number} --online")


def _done(draft: Draft, plan: HandoverPlan) -> str:
    """Return what was done, in a sentence."""
    if plan.steps[0].does == "send":
        return "Sent."
    if plan.destination.profile.needs_upload:
        return "The email is written. Upload it to your mailing service by hand."

    done = "The draft is updated"
    if plan.steps[0].does == "create":
        done = "The draft is made"

    if draft.differences:
        return f"{done}."
    if draft.additions:
        return styled(f"{done}.", fg="green")
    return styled(f"{done}, read back, and as it was given.", fg="green")


def _print_differences(draft: Draft) -> None:
    """Print where the service holds something else than it was given."""
    differs = bool(draft.differences)
    for difference in draft.differences:
        say(f"  Differs      {difference}", err=True)
    for addition in draft.additions:
        say(f"  Added there  {addition}", err=differs)
    if differs:
        message = "The service does not hold what it was given."
        say(f"{message} Look at it there before anybody sends it.", err=True)


def _print_address(draft: Draft, label: str) -> None:
    """Print where to look at the draft, if the service says."""
    differs = bool(draft.differences)
    if draft.address:
        say(f"  {label}:  {draft.address}", err=differs)

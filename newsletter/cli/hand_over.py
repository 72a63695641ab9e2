"""``newsletter hand-over``: the issue to a mailing service, as one draft."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from newsletter.cli.asking import (
    a_name,
    checked,
    clock,
    confirm,
    destination,
    place_of,
    shown,
    this_person,
    title_of,
)
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say, styled
from newsletter.files import relative_to_cwd
from newsletter.handover import Destination, HandoverPlan, Record
from newsletter.handover import hand_over as handing_over
from newsletter.model import Draft
from newsletter.services import names, profile_of, with_merge_tags
from newsletter.services.protocol import Capability, Status

_DOES = {
    "create": "makes one draft; nothing is sent",
    "update": "updates the draft that is there; nothing is sent",
    "send": "sends it immediately: this service keeps no drafts",
}
_WRITES = "writes the files, to upload to a service by hand"


@click.command("hand-over")
@click.argument("issue", required=False)
@click.option(
    "--to",
    "service",
    type=click.Choice(names()),
    metavar="SERVICE",
    help="The service, instead of the publication's.",
)
@click.option("--audience", metavar="ID", help="Id of the audience, instead of the publication's.")
@click.option(
    "--tags",
    type=click.Choice(with_merge_tags()),
    help="For the folder: use this service's merge tags.",
)
@click.option(
    "--by",
    default=this_person,
    callback=a_name,
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
    """Hand ISSUE (the newest, if none is named) over to the mailing service: one draft, read back and compared.

    Nothing is sent: a person does that in the service, or 'newsletter schedule'. Run again after a change, it updates
    the draft; without a change, it does nothing. Exit status: 0 if the draft is as it was given, 1 if the checks found
    errors or the service holds something else, 2 if it could not be done.
    """
    report = checked(find_issue(issue, Path.cwd()))
    publication = report.galley.issue.publication
    service = service or publication.service
    if tags and service != "folder":
        raise click.UsageError("--tags is for the folder; a service gets its own merge tags.")
    if audience is not None and Capability.AUDIENCES not in profile_of(service).can:
        raise click.UsageError(
            f"{profile_of(service).title} has no audiences: leave --audience out."
        )
    to = destination(report, service, audience, tags)
    plans: list[HandoverPlan] = []

    def agree(plan: HandoverPlan) -> None:
        plans.append(plan)
        _show(plan)
        confirm(
            plan.outgoing.email.issue.number,
            "send it" if plan.does == "send" else "hand it over",
            yes=yes,
        )

    draft = handing_over(report, to, by=by, confirm=agree)
    if not plans:
        _nothing_to_do(draft, to, publication.time_zone)
    ctx.exit(_report(draft, Record(report.folder), plans))


def _show(plan: HandoverPlan) -> None:
    to = plan.destination
    does = (
        {"Does": _DOES[plan.does]}
        if to.name != "folder"
        else {"Merge tags": _tags(to), "Does": _WRITES}
    )
    shown(
        title_of(plan.outgoing.email.issue),
        {"Subject": plan.outgoing.title, **place_of(to), **does},
    )
    for note in _missing(plan):
        say(f"  Note         {note}")
    for difference in plan.overwrites:
        say(f"  Replaces     {difference}")


def _tags(to: Destination) -> str:
    """Return whose merge tags are in the files."""
    if to.tags == to.name:
        return "none; links and names are the publication's own (--tags names a service)"
    return f"of {profile_of(to.tags).title}"


def _missing(plan: HandoverPlan) -> list[str]:
    to, texts = plan.destination, []
    if not to.can(Capability.PLAIN_TEXT):
        texts.append(f"{to.profile.title} does not take our plain text; it makes its own.")
    if not to.can(Capability.PREHEADER):
        texts.append("The preheader is only in the HTML: there is no field for it.")
    return texts


def _nothing_to_do(draft: Draft, to: Destination, zone: str) -> None:
    """Say why, and how far the issue is."""
    was = "handed over" if to.can(Capability.DRAFT) else "sent"
    when = clock(draft.done or draft.begun, zone)
    say(
        f"Nothing to do: this very content was {was} by {draft.by}, {when}.",
        err=bool(draft.differences),
    )
    campaign = (
        to.service.read(draft.campaign) if draft.campaign and to.can(Capability.READ_BACK) else None
    )
    if campaign and campaign.status != Status.DRAFT:
        say(f"  In {to.profile.title} this issue is {campaign.status}.")


def _report(draft: Draft, record: Record, plans: list[HandoverPlan]) -> int:
    """Say what was done, and return the exit status."""
    echo = partial(say, err=bool(draft.differences))
    if plans:
        echo(_done(draft, plans[0]))
    for difference in draft.differences:
        echo(f"  Differs      {difference}")
    for addition in draft.additions:
        echo(f"  Added there  {addition}")
    if draft.differences:
        echo(
            "The service does not hold what it was given. Look at it there before anybody sends it."
        )
    if draft.address:
        label = "Look, and send it" if plans and draft.service != "folder" else "Look at it"
        echo(f"  {label}:  {draft.address}")
    if plans:
        echo(f"  Commit with the issue:  {relative_to_cwd(record.folder)}/")
    return 1 if draft.differences else 0


def _done(draft: Draft, plan: HandoverPlan) -> str:
    """Return what was done, in a sentence."""
    if plan.does == "send":
        return "Sent."
    if draft.service == "folder":
        return "The files are written. Upload them by hand."
    message = "made" if plan.does == "create" else "updated"
    same = "" if draft.differences or draft.additions else ", read back, and as it was given"
    return styled(f"The draft is {message}{same}.", fg=None if draft.differences else "green")

"""``newsletter status``: what was handed over, and what the service says now."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.checks.galley import Galley, galley_of
from newsletter.cli.asking import clock, readers, shown, title, title_of, transport
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.email.message import approved_digest
from newsletter.errors import HandoverError, ManifestError, NewsletterError, ThemeError
from newsletter.handover import Destination, Record, approvals_of, changes, connect_to
from newsletter.manifest import IssueFolder, read_issue
from newsletter.model import Draft
from newsletter.services.protocol import Campaign, Capability, Status


@click.command()
@click.argument("issue", required=False)
def status(issue: str | None) -> None:
    """Report on ISSUE (the newest, if none is named): what was handed over, where and by whom, who has approved it,
    whether it has changed since, here or there, and what the service says.
    """
    folder = find_issue(issue, Path.cwd())
    draft = Record(folder).read()
    if draft is None:
        say(f"{title_of(read_issue(folder))}: has not been handed over yet.")
        return

    zone = _zone(folder)
    shown(f"{draft.publication} {draft.number}", _kept(draft, zone) | _since(draft, folder, zone))
    try:
        to = connect_to(
            draft.service, folder.project, None, transport=transport(), needs_audience=False
        )
        if to.can(Capability.READ_BACK):
            shown("The service says", _says(to, draft, zone))
    except NewsletterError:
        say("What the service says now is not known:", err=True)
        raise


def _zone(folder: IssueFolder) -> str:
    """Return the publication's time zone; UTC if the issue has a mistake, for the report must come all the same."""
    try:
        return read_issue(folder).publication.time_zone
    except ManifestError:
        return "UTC"


def _kept(draft: Draft, zone: str) -> dict[str, str]:
    lines = {"Subject": draft.subject, "Service": title(draft.service), "Account": draft.account}
    if draft.tags != draft.service:
        lines["Tags"] = f"of {title(draft.tags)}"
    if draft.audience:
        lines["Audience"] = readers(draft.audience)
    if draft.done:
        lines["Handed over"] = f"{clock(draft.done, zone)}, by {draft.by}"
    else:
        begun = clock(draft.begun, zone)
        lines["Not done"] = (
            f"begun {begun}, by {draft.by}: 'newsletter hand-over {draft.number}' continues it"
        )
    if draft.differences:
        count = len(draft.differences)
        lines["Differs"] = f"in {count} {'place' if count == 1 else 'places'} from what was given"
    lines |= {"Scheduled": clock(draft.scheduled, zone)} if draft.scheduled else {}
    return lines | ({"Address": draft.address} if draft.address else {})


def _since(draft: Draft, folder: IssueFolder, zone: str) -> dict[str, str]:
    """Return who has approved the issue as it is now, and whether it is still what was handed over."""
    try:
        galley = galley_of(folder)
    except (ManifestError, ThemeError):
        return {"Now": "the issue has a mistake: 'newsletter check' lists it"}
    lines = _approved(galley, zone)
    if draft.content != approved_digest(galley.email):
        lines["Changed here"] = (
            f"since it was handed over; 'newsletter verify {draft.number}' shows where"
        )
    return lines


def _approved(galley: Galley, zone: str) -> dict[str, str]:
    try:
        approvals = approvals_of(galley)
    except HandoverError as error:
        return {"Approved by": f"not known: {error}"}
    by = ", ".join(f"{each.by} ({clock(each.at, zone)})" for each in approvals)
    return {"Approved by": by} if by else {}


def _says(to: Destination, draft: Draft, zone: str) -> dict[str, str]:
    if draft.campaign is None:
        return {"Status": f"not known: 'newsletter hand-over {draft.number}' finds out"}
    campaign = to.service.read(draft.campaign)
    if campaign is None:
        return {"Status": f"no longer there; 'newsletter hand-over {draft.number}' makes it again"}
    return _of(campaign, draft, zone)


def _of(campaign: Campaign, draft: Draft, zone: str) -> dict[str, str]:
    """Return what the service says. Some keep the time of a campaign that somebody has made a draft again."""
    is_draft = campaign.status == Status.DRAFT
    unscheduled = ", and was unscheduled there" if is_draft and draft.scheduled else ""
    lines = {"Status": f"{campaign.status}{unscheduled}"}
    if campaign.scheduled:
        at = clock(campaign.scheduled, zone)
        lines |= (
            {"Time left": f"{at}, but a draft is not sent by itself"}
            if is_draft
            else {"Sends at": at}
        )
    if draft.read_back and (changed := changes(draft, campaign)):
        lines["Changed there"] = f"since it was handed over: {'; '.join(changed)}"
    return lines

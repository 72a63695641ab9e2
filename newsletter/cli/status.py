"""``newsletter status``: what was handed over, and what the service says now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.connection import transport
from newsletter.cli.facts import audience_in_words, issue_title, local_time, print_facts
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.errors import HandoverError, ManifestError, NewsletterError, ThemeError

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley
    from newsletter.handover import Destination
    from newsletter.manifest import IssueFolder
    from newsletter.model import Draft
    from newsletter.services.protocol import Campaign


@click.command()
@click.argument("issue", required=False)
def status(issue: str | None) -> None:
    """Report on ISSUE (the newest, if none is named): what was handed over, and what became of it.

    It says where the issue went and by whom, who has approved it, whether it has changed since,
    here or there, and what the service says.
    """
    from newsletter.handover import Record
    from newsletter.manifest import read_issue

    folder = find_issue(issue, Path.cwd())
    draft = Record(folder).read()
    if draft is None:
        say(f"{issue_title(read_issue(folder))}: has not been handed over yet.")
        return

    zone = _time_zone(folder)
    galley = _galley(folder)
    facts = _recorded(draft, zone) | _now(draft, galley, zone)
    print_facts(f"{draft.publication} {draft.number}", facts)
    try:
        _print_answer(draft, folder, galley, zone)
    except NewsletterError:
        say("What the service says now is not known:", err=True)
        raise


def _time_zone(folder: IssueFolder) -> str:
    """Return the publication's time zone; UTC if the issue has a mistake.

    The report must come all the same.
    """
    from newsletter.manifest import read_issue

    try:
        return read_issue(folder).publication.time_zone
    except ManifestError:
        return "UTC"


def _recorded(draft: Draft, zone: str) -> dict[str, str]:
    """Return what the record says."""
    from newsletter.checks.verdict import many
    from newsletter.services import profile_of

    facts = {
        "Subject": draft.subject,
        "Service": profile_of(draft.service).title,
        "Account": draft.account,
    }
    if draft.tags != draft.service:
        facts["Tags"] = f"of {profile_of(draft.tags).title}"
    if draft.audience:
        facts["Audience"] = audience_in_words(draft.audience)

    if draft.done:
        facts["Handed over"] = f"{local_time(draft.done, zone)}, by {draft.by}"
    else:
        begun = f"begun {local_time(draft.begun, zone)}, by {draft.by}"
        facts["Not done"] = f"{begun}: 'newsletter hand-over {draft.number}' continues it"

    if draft.differences:
        places = many(len(draft.differences), "place")
        facts["Differs"] = f"in {places} from what was given"
    if draft.scheduled:
        facts["Scheduled"] = local_time(draft.scheduled, zone)
    if draft.address:
        facts["Address"] = draft.address
    return facts


def _galley(folder: IssueFolder) -> Galley | None:
    """Return the issue as it is now; None if it has a mistake."""
    from newsletter.checks.galley import galley_of

    try:
        return galley_of(folder)
    except (ManifestError, ThemeError):
        return None


def _now(draft: Draft, galley: Galley | None, zone: str) -> dict[str, str]:
    """Return who has approved the issue as it is now, and whether it has changed since."""
    if galley is None:
        return {"Now": "the issue has a mistake: 'newsletter check' lists it"}

    facts = _approvals(galley, zone)
    if _has_changed(draft, galley):
        verify = f"'newsletter verify {draft.number}'"
        facts["Changed here"] = f"since it was handed over; {verify} shows where"
    return facts


def _has_changed(draft: Draft, galley: Galley) -> bool:
    from newsletter.email.message import approved_digest

    return draft.content != approved_digest(galley.email)


def _approvals(galley: Galley, zone: str) -> dict[str, str]:
    from newsletter.handover import approvals_of

    try:
        approvals = approvals_of(galley)
    except HandoverError as error:
        return {"Approved by": f"not known: {error}"}

    people = [f"{approval.by} ({local_time(approval.at, zone)})" for approval in approvals]
    if not people:
        return {}
    return {"Approved by": ", ".join(people)}


def _print_answer(draft: Draft, folder: IssueFolder, galley: Galley | None, zone: str) -> None:
    """Ask the service about the draft, and print its answer, if it can give one.

    Ask for the pictures, too, if they are still those that were handed over.
    """
    from newsletter.handover import connect_to
    from newsletter.services.protocol import Capability

    destination = connect_to(
        draft.service, folder.project, None, transport=transport(), needs_audience=False
    )
    if destination.can(Capability.READ_BACK):
        print_facts("The service says", _answer(destination, draft, zone))
    if galley and galley.email.files and not _has_changed(draft, galley):
        _print_pictures(draft, galley, destination)


def _print_pictures(draft: Draft, galley: Galley, destination: Destination) -> None:
    """Print which pictures, and other files of the email, are not where readers get them."""
    from newsletter.checks.verdict import files_in_words
    from newsletter.handover import unserved_files

    missing = unserved_files(galley, draft.kept, destination)
    if not missing:
        say(f"  On the web   {files_in_words(galley.email.files)}")
    for problem in missing:
        say(f"  On the web   {problem.message}")
    for hint in dict.fromkeys(problem.hint for problem in missing):
        say(f"  To do        {hint}")


def _answer(destination: Destination, draft: Draft, zone: str) -> dict[str, str]:
    hand_over = f"'newsletter hand-over {draft.number}'"
    if draft.campaign is None:
        return {"Status": f"not known: {hand_over} finds out"}

    campaign = destination.service.read(draft.campaign)
    if campaign is None:
        return {"Status": f"no longer there; {hand_over} makes it again"}
    return _campaign_facts(campaign, draft, zone)


def _campaign_facts(campaign: Campaign, draft: Draft, zone: str) -> dict[str, str]:
    """Return what the service says about a campaign.

    Some services keep the time of a campaign that somebody has made a draft again.
    """
    from newsletter.handover import changes
    from newsletter.services.protocol import Status

    is_draft = campaign.status == Status.DRAFT
    facts = {"Status": str(campaign.status)}
    if is_draft and draft.scheduled:
        facts["Status"] += ", and was unscheduled there"

    if campaign.scheduled:
        at = local_time(campaign.scheduled, zone)
        if is_draft:
            facts["Time left"] = f"{at}, but a draft is not sent by itself"
        else:
            facts["Sends at"] = at

    changed = changes(draft, campaign) if draft.read_back else ()
    if changed:
        facts["Changed there"] = f"since it was handed over: {'; '.join(changed)}"
    return facts

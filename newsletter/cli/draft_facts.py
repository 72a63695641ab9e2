"""Facts of a draft, in words: what its record says, and what the service says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsletter.cli.facts import audience_in_words, local_time
from newsletter.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsletter.checks.galley import Galley
    from newsletter.handover import Destination
    from newsletter.model import Draft, File
    from newsletter.problem import Problem
    from newsletter.services.protocol import Campaign


def recorded_facts(draft: Draft, zone: str) -> dict[str, str]:
    """Return what the record says. Times are on the clock of a time zone."""
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


def changed_facts(draft: Draft, galley: Galley | None) -> dict[str, str]:
    """Return whether the email of a ``galley`` is another one than the draft has.

    There is nothing to say of an issue that has a mistake.
    """
    if galley is None or not has_changed(draft, galley):
        return {}
    verify = f"'newsletter verify {draft.number}'"
    return {"Changed here": f"since it was handed over; {verify} shows where"}


def has_changed(draft: Draft, galley: Galley) -> bool:
    """Return whether the email of a galley is another one than the draft has."""
    from newsletter.email.digests import approved_digest

    return draft.content != approved_digest(galley.email)


def facts_there(destination: Destination, draft: Draft, zone: str) -> dict[str, str]:
    """Ask the service about the draft, and return its answer. Raise ServiceError."""
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


def print_files(files: Sequence[File], missing: Sequence[Problem]) -> None:
    """Print that readers get the pictures, and other files of an email, or what is ``missing``."""
    from newsletter.checks.verdict import files_in_words

    if not missing:
        say(f"  On the web   {files_in_words(files)}")
    for problem in missing:
        say(f"  On the web   {problem.message}")
    for hint in dict.fromkeys(problem.hint for problem in missing):
        say(f"  To do        {hint}")

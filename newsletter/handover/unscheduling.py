"""Make a scheduled issue a draft again."""

from __future__ import annotations

from newsletter.errors import HandoverError, NewsletterError, Uncertain, Unsupported
from newsletter.handover.destination import Destination
from newsletter.handover.differences import changes
from newsletter.handover.locking import exclusive_lock
from newsletter.handover.record import Record
from newsletter.handover.service_draft import ServiceDraft, status_in_words
from newsletter.manifest import IssueFolder
from newsletter.model import Draft
from newsletter.services.protocol import Campaign, Capability, Profile, Status


def unschedule(issue: IssueFolder, destination: Destination) -> Draft:
    """Make a scheduled issue a draft again. Return the draft.

    Raise HandoverError if it is being sent already, or if somebody changed it in the service, and
    ServiceError.
    """
    require_schedules(destination.profile)
    with exclusive_lock(issue):
        there = ServiceDraft.recorded(Record(issue), destination)
        campaign = there.read()
        if campaign.status not in (Status.SCHEDULED, Status.DRAFT):
            message = f"It is too late: in {there.title} this issue is {campaign.status}."
            hint = f"Look at it: {campaign.address}"
            raise there.error(message, hint)

        if campaign.status == Status.SCHEDULED or campaign.scheduled:
            campaign = take_back(there)

        draft = there.save_time(None)
        if changes(draft, campaign):
            raise there.changed_error(campaign)
        return draft


def require_schedules(profile: Profile) -> None:
    """Raise Unsupported if the service cannot schedule."""
    if Capability.SCHEDULE not in profile.can:
        message = "It can neither schedule nor unschedule an issue."
        hint = "If it must go out at a certain time, set that where it is sent from."
        raise Unsupported(profile.title, message, hint)


def take_back(there: ServiceDraft) -> Campaign:
    """Have the service make a scheduled campaign a draft again. Return the campaign.

    Raise HandoverError if it does not.
    """
    try:
        there.service.unschedule(there.campaign_id)
    except Uncertain:
        campaign = there.wait_for(Status.DRAFT)
        if campaign.status != Status.DRAFT:
            raise

    campaign = there.wait_for(Status.DRAFT)
    if campaign.status != Status.DRAFT or campaign.scheduled:
        status = status_in_words(campaign)
        message = f"{there.title} was asked not to send it, but says: {status}."
        hint = f"Look at it now: {campaign.address}"
        raise there.error(message, hint)
    return campaign


def stop(there: ServiceDraft, campaign: Campaign) -> HandoverError:
    """Unschedule a draft that was changed in the service. Return the error to raise."""
    try:
        campaign = take_back(there)
    except NewsletterError as error:
        message = (
            f"The draft was changed in {there.title}, is scheduled, and could not be unscheduled."
        )
        hint = f"Look at it now: {campaign.address}"
        stuck = there.error(message, hint)
        return HandoverError([*stuck.problems, *error.problems])
    return there.changed_error(campaign)

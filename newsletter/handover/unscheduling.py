"""Make a scheduled issue a draft again."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter.errors import HandoverError, NewsletterError, Uncertain, Unsupported
from newsletter.handover.destination import Destination
from newsletter.handover.differences import changes
from newsletter.handover.locking import exclusive_lock
from newsletter.handover.reach import Reach
from newsletter.handover.record import Record, records_of
from newsletter.handover.service_draft import ServiceDraft, status_in_words
from newsletter.manifest import IssueFolder
from newsletter.model import Draft
from newsletter.problem import Problem
from newsletter.services.protocol import Campaign, Capability, Profile, Status


def unschedule(issue: IssueFolder, destination: Destination) -> tuple[Draft, ...]:
    """Make a scheduled issue a draft again, in every format that was handed over.

    Every format is tried, even if another one cannot be unscheduled. Only the records are asked
    what there is, so it works whatever is wrong with the issue or the publication. Return the
    drafts, that of the leading format first.

    Raise HandoverError if it is being sent already, or if somebody changed it in the service, and
    ServiceError. Of several formats, it says which may still be sent, and which are drafts.
    """
    require_schedules(destination.profile)
    with exclusive_lock(issue):
        records = records_of(issue) or (Record(issue),)
        drafts: list[Draft] = []
        errors: list[NewsletterError] = []
        for record in records:
            try:
                drafts.append(_unschedule_format(record, destination))
            except NewsletterError as error:
                errors.append(error)

        if len(records) == 1 and errors:
            raise errors[0]
        if len(records) > 1 and not errors:
            errors = _scheduled_again(records, destination)
        if errors:
            reach = Reach.of(records, destination)
            raise _not_all(issue, reach, errors)
    return tuple(drafts)


def _unschedule_format(record: Record, destination: Destination) -> Draft:
    there = ServiceDraft.recorded(record, destination)
    campaign = make_draft(there)
    draft = there.save_time(None)
    if changes(draft, campaign):
        raise there.changed_error(campaign)
    return draft


def _scheduled_again(records: Sequence[Record], destination: Destination) -> list[NewsletterError]:
    """Return an error for each format that somebody scheduled while the others were unscheduled.

    There is one as well if a format could not be read: it may be scheduled.
    """
    errors: list[NewsletterError] = []
    for record in records:
        try:
            _require_not_scheduled(ServiceDraft.recorded(record, destination))
        except NewsletterError as error:
            errors.append(error)
    return errors


def _require_not_scheduled(there: ServiceDraft) -> None:
    campaign = there.read()
    if campaign.status == Status.SCHEDULED:
        message = f"Somebody has just scheduled it again in {there.title}."
        raise there.error(message, f"Look at it: {campaign.address}")


def _not_all(issue: IssueFolder, reach: Reach, errors: list[NewsletterError]) -> HandoverError:
    """Return the error for formats of which some could not be unscheduled, or were changed."""
    cause = "not every format is as it was handed over"
    hint = "The other lines say why."
    if reach.on_their_way:
        cause = "not every format could be unscheduled"
        hint = "Look at them now. The other lines say why, and what to do."

    summary = Problem(issue.path, None, reach.in_words(cause), hint)
    problems = [problem for error in errors for problem in error.problems]
    return HandoverError([summary, *problems])


def require_schedules(profile: Profile) -> None:
    """Raise Unsupported if the service cannot schedule."""
    if Capability.SCHEDULE not in profile.can:
        message = "It can neither schedule nor unschedule an issue."
        hint = "If it must go out at a certain time, set that where it is sent from."
        raise Unsupported(profile.title, message, hint)


def make_draft(there: ServiceDraft) -> Campaign:
    """Have the service make a campaign a draft again if it is scheduled. Return the campaign.

    Raise HandoverError if it is too late, or if the service does not do it.
    """
    campaign = there.read()
    if campaign.status not in (Status.SCHEDULED, Status.DRAFT):
        message = f"It is too late: in {there.title} this issue is {campaign.status}."
        hint = f"Look at it: {campaign.address}"
        raise there.error(message, hint)

    if campaign.status == Status.SCHEDULED or campaign.scheduled:
        return take_back(there)
    return campaign


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

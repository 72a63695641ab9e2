"""Have a service send a draft at a set time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from newsletter.checks.report import Report
from newsletter.errors import Uncertain, Unsupported
from newsletter.handover.approvals import require_approvals
from newsletter.handover.destination import Destination
from newsletter.handover.differences import changes, differences
from newsletter.handover.locking import exclusive_lock
from newsletter.handover.outgoing import marker_of, outgoing_of
from newsletter.handover.record import Record, digests, files_of
from newsletter.handover.send_time import TIME_FORMAT, require_future, utc_in_words
from newsletter.handover.service_draft import ServiceDraft, status_in_words
from newsletter.handover.unscheduling import require_schedules, stop
from newsletter.model import Draft, Issue
from newsletter.services import profile_of
from newsletter.services.protocol import Campaign, Profile, Status


@dataclass(frozen=True)
class Appointment:
    """What is about to be scheduled, for the editor to agree to."""

    issue: Issue
    at: datetime
    """On the publication's clock."""
    destination: Destination
    campaign: Campaign


def schedule(
    report: Report,
    destination: Destination,
    at: datetime,
    *,
    confirm: Callable[[Appointment], None],
) -> Draft:
    """Have the service send an issue at a time, which has its time zone.

    The issue must have been handed over, be unchanged here and there, and be approved. ``confirm``
    is called before anything is changed, and can raise.

    Return the draft with its time. Raise PreflightError, HandoverError and ServiceError.
    """
    report.require_ready()
    require_approvals(report, destination)
    require_schedules(destination.profile)
    _require_possible(at, destination.profile)

    with exclusive_lock(report.folder):
        there = ServiceDraft.recorded(Record(report.folder), destination)
        campaign = there.read()
        _require_chosen_audience(there)
        _require_unsent(there, campaign)
        _require_unchanged_there(there, campaign)
        _require_unchanged_here(there, campaign, report)
        _require_only_campaign(there)

        if campaign.status == Status.SCHEDULED:
            _require_same_time(there, campaign, at)
            return _save(there, at)

        confirm(Appointment(report.galley.issue, at, destination, campaign))
        require_future(at, report.folder.path)
        _set_time(there, at)
        return _save(there, at)


def _require_possible(at: datetime, profile: Profile) -> None:
    """Raise Unsupported if the service cannot send at this minute."""
    step = timedelta(minutes=profile.minutes)
    past = timedelta(minutes=at.minute % profile.minutes)
    if not past and not at.second and not at.microsecond:
        return

    earlier = at - past
    message = f"It sends only every {profile.minutes} minutes, counted from the full hour."
    hint = f"Choose {earlier:%H:%M} or {earlier + step:%H:%M}."
    raise Unsupported(profile.title, message, hint)


def _require_chosen_audience(there: ServiceDraft) -> None:
    """Raise HandoverError if it was handed over for another audience than the chosen one."""
    was, chosen = there.draft.audience, there.destination.audience
    if was is None or chosen is None or was.id == chosen.id:
        return

    message = f"It was handed over for {was.name} (id {was.id}), not for the audience chosen now."
    hint = (
        f"To schedule it as it is, name its audience: --audience {was.id}."
        f" To use the other: newsletter hand-over {there.draft.number} --audience {chosen.id}."
    )
    raise there.record.error(message, hint)


def _require_unsent(there: ServiceDraft, campaign: Campaign) -> None:
    """Raise HandoverError if the campaign is neither a draft nor scheduled."""
    if campaign.status not in (Status.DRAFT, Status.SCHEDULED):
        message = f"In {there.destination.title} this issue is {campaign.status}."
        raise there.record.error(message, f"Look at it: {campaign.address}")


def _require_unchanged_there(there: ServiceDraft, campaign: Campaign) -> None:
    """Raise HandoverError if somebody changed the campaign in the service."""
    if changes(there.draft, campaign):
        raise there.changed_error(campaign)


def _require_unchanged_here(there: ServiceDraft, campaign: Campaign, report: Report) -> None:
    """Raise HandoverError if the issue is not what was handed over."""
    draft, profile = there.draft, there.destination.profile
    outgoing = outgoing_of(report.galley, profile, draft.audience_id, profile_of(draft.tags))

    # A command that broke off may have left a time, which is set again.
    timeless = replace(campaign, scheduled=None)
    current = (
        outgoing.title,
        digests(files_of(outgoing)),
        differences(outgoing, timeless, profile),
    )
    if current != (draft.subject, draft.files, draft.differences):
        message = "This issue has changed since it was handed over."
        hint = f"Hand it over again: newsletter hand-over {draft.number}."
        raise there.record.error(message, hint)


def _require_only_campaign(there: ServiceDraft) -> None:
    """Raise HandoverError if there is a second campaign, which may have been sent already."""
    draft, destination = there.draft, there.destination
    found = destination.service.find(marker_of(draft.publication, draft.number))
    others = [
        f"{campaign.id} ({campaign.status}, {campaign.address})"
        for campaign in found
        if campaign.id != draft.campaign
    ]
    if others:
        named = ", ".join(others)
        message = f"{destination.title} has another campaign of this issue: {named}."
        hint = "Nothing was scheduled. Look at them, and delete all but one there."
        raise there.record.error(message, hint)


def _require_same_time(there: ServiceDraft, campaign: Campaign, at: datetime) -> None:
    """Raise HandoverError if the campaign is scheduled for another time."""
    if campaign.scheduled == at:
        return

    when = "another time"
    if campaign.scheduled:
        when = f"{campaign.scheduled.astimezone(at.tzinfo):{TIME_FORMAT}}"
    message = f"This issue is already scheduled for {when}."
    raise there.record.error(message, f"First: newsletter unschedule {there.draft.number}.")


def _set_time(there: ServiceDraft, at: datetime) -> None:
    """Have the service send the draft at a time, and read back that it will.

    If somebody has changed the draft meanwhile, unschedule it. Raise HandoverError and
    ServiceError.
    """
    service = there.destination.service
    try:
        service.schedule(there.draft.campaign or "", at)
    except Uncertain:
        if there.wait_for(Status.SCHEDULED).scheduled != at:
            raise

    campaign = there.wait_for(Status.SCHEDULED)
    if campaign.status != Status.SCHEDULED or campaign.scheduled != at:
        title, status = there.destination.title, status_in_words(campaign)
        message = f"{title} was asked to send it at {utc_in_words(at)}, but says: {status}."
        raise there.record.error(message, f"Look at it: {campaign.address}")

    if changes(there.draft, campaign):
        raise stop(there, campaign)


def _save(there: ServiceDraft, at: datetime) -> Draft:
    """Record the time. Return the draft with it."""
    scheduled = there.draft.model_copy(update={"scheduled": at.astimezone(UTC)})
    return there.record.save(scheduled)

"""Have a service send a draft at a set time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newsletter.checks.report import Report
from newsletter.errors import Uncertain, Unsupported
from newsletter.handover.approvals import require_approvals
from newsletter.handover.campaigns import in_words
from newsletter.handover.destination import Destination
from newsletter.handover.differences import changes, differences
from newsletter.handover.locking import exclusive_lock
from newsletter.handover.outgoing import outgoing_of
from newsletter.handover.record import Record, digests, files_of
from newsletter.handover.send_time import TIME_FORMAT, require_future, utc_in_words
from newsletter.handover.served import require_served
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
            return there.save_time(at)

        require_served(report.galley, there.draft.kept, destination, "No time was set")
        confirm(Appointment(report.galley.issue, at, destination, campaign))
        require_future(at, report.folder.path)
        _set_time(there, at)
        return there.save_time(at)


def _require_possible(at: datetime, profile: Profile) -> None:
    """Raise Unsupported if the service cannot send at this minute."""
    minutes_past = at.minute % profile.minutes
    if not minutes_past and not at.second and not at.microsecond:
        return

    earlier = at - timedelta(minutes=minutes_past)
    later = earlier + timedelta(minutes=profile.minutes)
    message = f"It sends only every {profile.minutes} minutes, counted from the full hour."
    hint = f"Choose {earlier:%H:%M} or {later:%H:%M}."
    raise Unsupported(profile.title, message, hint)


def _require_chosen_audience(there: ServiceDraft) -> None:
    """Raise HandoverError if it was handed over for another audience than the chosen one."""
    own = there.draft.audience
    chosen = there.destination.audience
    if own is None or chosen is None or own.id == chosen.id:
        return

    message = f"It was handed over for {own.name} (id {own.id}), not for the audience chosen now."
    number = there.draft.number
    hint = (
        f"To schedule it as it is, name its audience: --audience {own.id}."
        f" To use the other: newsletter hand-over {number} --audience {chosen.id}."
    )
    raise there.error(message, hint)


def _require_unsent(there: ServiceDraft, campaign: Campaign) -> None:
    """Raise HandoverError if the campaign is neither a draft nor scheduled."""
    if campaign.status in (Status.DRAFT, Status.SCHEDULED):
        return

    message = f"In {there.title} this issue is {campaign.status}."
    hint = f"Look at it: {campaign.address}"
    raise there.error(message, hint)


def _require_unchanged_there(there: ServiceDraft, campaign: Campaign) -> None:
    """Raise HandoverError if somebody changed the campaign in the service."""
    if changes(there.draft, campaign):
        raise there.changed_error(campaign)


def _require_unchanged_here(there: ServiceDraft, campaign: Campaign, report: Report) -> None:
    """Raise HandoverError if the issue is not what was handed over."""
    draft = there.draft
    profile = there.destination.profile
    tags = profile_of(draft.tags)
    outgoing = outgoing_of(report.galley, profile, draft.audience_id, tags, draft.kept)
    files = files_of(outgoing)

    # A command that broke off may have left a time, which is set again.
    timeless = replace(campaign, scheduled=None)
    is_unchanged = (
        outgoing.title == draft.subject
        and digests(files) == draft.files
        and differences(outgoing, timeless, profile) == draft.differences
    )
    if not is_unchanged:
        message = "This issue has changed since it was handed over."
        hint = f"Hand it over again: newsletter hand-over {draft.number}."
        raise there.error(message, hint)


def _require_only_campaign(there: ServiceDraft) -> None:
    """Raise HandoverError if there is a second campaign, which may have been sent already."""
    others = [
        campaign
        for campaign in there.service.find(there.marker)
        if campaign.id != there.campaign_id
    ]
    if others:
        named = in_words(others)
        message = f"{there.title} has another campaign of this issue: {named}."
        hint = "Nothing was scheduled. Look at them, and delete all but one there."
        raise there.error(message, hint)


def _require_same_time(there: ServiceDraft, campaign: Campaign, at: datetime) -> None:
    """Raise HandoverError if the campaign is scheduled for another time."""
    if campaign.scheduled == at:
        return

    when = "another time"
    if campaign.scheduled:
        local = campaign.scheduled.astimezone(at.tzinfo)
        when = f"{local:{TIME_FORMAT}}"
    message = f"This issue is already scheduled for {when}."
    hint = f"First: newsletter unschedule {there.draft.number}."
    raise there.error(message, hint)


def _set_time(there: ServiceDraft, at: datetime) -> None:
    """Have the service send the draft at a time, and read back that it will.

    If somebody has changed the draft meanwhile, unschedule it. Raise HandoverError and
    ServiceError.
    """
    try:
        there.service.schedule(there.campaign_id, at)
    except Uncertain:
        campaign = there.wait_for(Status.SCHEDULED)
        if campaign.scheduled != at:
            raise

    campaign = there.wait_for(Status.SCHEDULED)
    if campaign.status != Status.SCHEDULED or campaign.scheduled != at:
        asked = utc_in_words(at)
        status = status_in_words(campaign)
        message = f"{there.title} was asked to send it at {asked}, but says: {status}."
        hint = f"Look at it: {campaign.address}"
        raise there.error(message, hint)

    if changes(there.draft, campaign):
        raise stop(there, campaign)

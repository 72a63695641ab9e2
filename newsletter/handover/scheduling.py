"""When a service sends a draft: a time on the publication's clock, given to the service as an instant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep
from zoneinfo import ZoneInfo

from newsletter.checks.report import Report
from newsletter.errors import HandoverError, NewsletterError, Uncertain, Unsupported
from newsletter.handover.approvals import require_approvals
from newsletter.handover.destination import Destination, is_account_of
from newsletter.handover.differences import changes, differences
from newsletter.handover.outgoing import marker_of, outgoing_of
from newsletter.handover.record import (
    digests,
    exclusive_lock,
    files_of,
    handed_over,
    require_draft,
    write_draft,
)
from newsletter.model import Draft, Issue
from newsletter.services import profile_of
from newsletter.services.protocol import Campaign, Capability, Profile, Status
from newsletter.text.printable import printable

FORM = "%Y-%m-%d %H:%M"
_LOOKS = 5
"""How often the service is asked whether it has set a time, a second apart."""


@dataclass(frozen=True)
class Appointment:
    """What is about to be scheduled, for the editor to agree to."""

    issue: Issue
    at: datetime
    """On the publication's clock."""
    destination: Destination
    campaign: Campaign


def parse_send_time(issue: Issue, written: str | None, place: Path) -> datetime:
    """Return the time that an editor writes on the publication's clock, ``2026-11-30 17:00``; None means the issue's
    own day and hour. Raise HandoverError if that time does not exist, or has passed.
    """
    zone = ZoneInfo(issue.publication.time_zone)
    try:
        at = (
            issue.published
            if written is None
            else datetime.strptime(written.strip(), FORM).replace(tzinfo=zone)
        )
        utc = at.astimezone(UTC)
    except (ValueError, OverflowError):  # the latter at the ends of the calendar
        message = f"'{printable(written)}' is not a date and time."
        hint = "Write year-month-day hour:minute, such as 2026-11-30 17:00."
        raise HandoverError.at(place, None, message, hint) from None
    if utc.astimezone(zone).replace(tzinfo=None) != at.replace(tzinfo=None):
        message = f"{at:{FORM}} does not exist in {zone}: the clocks go forward then."
        raise HandoverError.at(place, None, message, "Choose another time.")
    if at.utcoffset() != at.replace(fold=1).utcoffset():
        message = f"{at:{FORM}} comes twice in {zone}: the clocks go back then."
        raise HandoverError.at(place, None, message, "Choose another time.")
    _require_to_come(at, place)
    return at


def _require_to_come(at: datetime, place: Path) -> None:
    """Raise HandoverError if a time has passed: a service that is given one may send immediately."""
    if at <= datetime.now(UTC):
        message = f"{at:{FORM}} in {at.tzinfo} has passed."
        hint = "Give a time in the future: --at and year-month-day hour:minute in quotes."
        raise HandoverError.at(place, None, message, hint)


def schedule(
    report: Report,
    folder: Path,
    destination: Destination,
    at: datetime,
    *,
    confirm: Callable[[Appointment], None],
) -> Draft:
    """Have the service send the issue in ``folder`` at a time, which has its zone. The issue must have been handed
    over, be unchanged here and there, and be approved. ``confirm`` is called before anything is changed, and can raise.

    Return the draft with its time. Raise PreflightError, HandoverError and ServiceError.
    """
    report.require_ready()
    require_approvals(report, folder, destination)
    _require_able(destination, at)
    with exclusive_lock(folder):
        draft, campaign = _standing(folder, destination)
        issue = report.email.issue
        _require_unchanged(report, draft, campaign, destination, folder)
        _require_only(draft, destination, folder)
        if campaign.status == Status.SCHEDULED:
            if campaign.scheduled == at:
                return write_draft(
                    folder, draft.model_copy(update={"scheduled": at.astimezone(UTC)})
                )
            when = campaign.scheduled and f"{campaign.scheduled.astimezone(at.tzinfo):{FORM}}"
            message = f"This issue is already scheduled for {when or 'another time'}."
            raise _problem(folder, message, f"First: newsletter unschedule {issue.number}.")
        confirm(Appointment(issue, at, destination, campaign))
        _require_to_come(at, folder)
        try:
            destination.service.schedule(campaign.id, at)
        except Uncertain:
            if _settled(folder, destination, campaign.id, Status.SCHEDULED).scheduled != at:
                raise
        after = _settled(folder, destination, campaign.id, Status.SCHEDULED)
        if after.status != Status.SCHEDULED or after.scheduled != at:
            asked = f"{at.astimezone(UTC):{FORM}} UTC"
            message = f"{destination.profile.title} was asked to send it at {asked}, but says: {_of(after)}."
            raise _problem(folder, message, f"Look at it: {after.address}")
        if changes(draft, after):
            raise _stopped(folder, draft, destination, after)
        return write_draft(folder, draft.model_copy(update={"scheduled": at.astimezone(UTC)}))


def unschedule(folder: Path, destination: Destination) -> Draft:
    """Make a scheduled issue a draft again. Return the draft. Raise HandoverError if it is being sent already."""
    require_schedules(destination.profile)
    with exclusive_lock(folder):
        draft, campaign = _standing(folder, destination)
        if campaign.status not in (Status.SCHEDULED, Status.DRAFT):
            message = (
                f"It is too late: in {destination.profile.title} this issue is {campaign.status}."
            )
            raise _problem(folder, message, f"Look at it: {campaign.address}")
        if campaign.status == Status.SCHEDULED or campaign.scheduled:
            campaign = _taken_back(folder, destination, campaign)
        draft = write_draft(folder, draft.model_copy(update={"scheduled": None}))
        if changes(draft, campaign):
            raise _changed(folder, draft, destination, campaign)
        return draft


def _taken_back(folder: Path, destination: Destination, campaign: Campaign) -> Campaign:
    """Have the service make a scheduled campaign a draft again. Return the draft."""
    try:
        destination.service.unschedule(campaign.id)
    except Uncertain:
        if _settled(folder, destination, campaign.id, Status.DRAFT).status != Status.DRAFT:
            raise
    after = _settled(folder, destination, campaign.id, Status.DRAFT)
    if after.status != Status.DRAFT or after.scheduled:
        message = f"{destination.profile.title} was asked not to send it, but says: {_of(after)}."
        raise _problem(folder, message, f"Look at it now: {after.address}")
    return after


def _stopped(
    folder: Path, draft: Draft, destination: Destination, campaign: Campaign
) -> HandoverError:
    """Return the error for a changed draft that was scheduled, after trying to unschedule it."""
    try:
        campaign = _taken_back(folder, destination, campaign)
    except NewsletterError as error:
        message = f"The draft was changed in {destination.profile.title}, is scheduled, and could not be unscheduled."
        stuck = _problem(folder, message, f"Look at it now: {campaign.address}")
        return HandoverError([*stuck.problems, *error.problems])
    return _changed(folder, draft, destination, campaign)


def _require_able(destination: Destination, at: datetime) -> None:
    title, minutes = destination.profile.title, destination.profile.minutes
    require_schedules(destination.profile)
    if at.minute % minutes or at.second or at.microsecond:
        earlier = at - timedelta(minutes=at.minute % minutes)
        hint = f"Choose {earlier:%H:%M} or {earlier + timedelta(minutes=minutes):%H:%M}."
        raise Unsupported(
            title, f"It sends only every {minutes} minutes, counted from the full hour.", hint
        )


def require_schedules(profile: Profile) -> None:
    """Raise Unsupported if the service cannot schedule."""
    if Capability.SCHEDULE not in profile.can:
        hint = "If it must go out at a certain time, set that where it is sent from."
        raise Unsupported(profile.title, "It can neither schedule nor unschedule an issue.", hint)


def _standing(folder: Path, destination: Destination) -> tuple[Draft, Campaign]:
    """Return what was handed over, and what the service holds now. Raise HandoverError if either is missing."""
    draft = require_draft(folder)
    marker = marker_of(draft.publication, draft.number)
    if draft.service != destination.name or not is_account_of(destination, draft, marker):
        message = (
            f"It was handed over to {draft.service} (account {draft.account}), not to this account."
        )
        raise _problem(folder, message, "Check the settings of the service.")
    campaign = destination.service.read(draft.campaign or "")
    if campaign is None:
        message = f"{destination.profile.title} no longer has the campaign {draft.campaign}."
        raise _problem(folder, message, f"Hand it over again: newsletter hand-over {draft.number}.")
    return draft, campaign


def _require_unchanged(
    report: Report, draft: Draft, campaign: Campaign, destination: Destination, folder: Path
) -> None:
    number, title = draft.number, destination.profile.title
    hint = f"Hand it over again: newsletter hand-over {number}."
    if draft.audience and destination.audience and draft.audience.id != destination.audience.id:
        message = f"It was handed over for {draft.audience.name} (id {draft.audience.id}), "
        message += "not for the audience chosen now."
        other = (
            f"To use the other: newsletter hand-over {number} --audience {destination.audience.id}."
        )
        raise _problem(
            folder,
            message,
            f"To schedule it as it is, name its audience: --audience {draft.audience.id}. {other}",
        )
    if campaign.status not in (Status.DRAFT, Status.SCHEDULED):
        raise _problem(
            folder,
            f"In {title} this issue is {campaign.status}.",
            f"Look at it: {campaign.address}",
        )
    if changes(draft, campaign):
        raise _changed(folder, draft, destination, campaign)
    audience = draft.audience.id if draft.audience else ""
    outgoing = outgoing_of(
        report.email, folder, destination.profile, audience, profile_of(draft.tags)
    )
    timeless = replace(
        campaign, scheduled=None
    )  # a command that broke off may have left a time, which is set again
    found = differences(outgoing, timeless, destination.profile)
    if (outgoing.title, digests(files_of(outgoing)), found) != (
        draft.subject,
        draft.files,
        draft.differences,
    ):
        raise _problem(folder, "This issue has changed since it was handed over.", hint)


def _require_only(draft: Draft, destination: Destination, folder: Path) -> None:
    """Raise HandoverError if there is a second campaign of the issue, which may have been sent already."""
    marked = destination.service.find(marker_of(draft.publication, draft.number))
    others = [
        f"{each.id} ({each.status}, {each.address})" for each in marked if each.id != draft.campaign
    ]
    if others:
        message = (
            f"{destination.profile.title} has another campaign of this issue: {', '.join(others)}."
        )
        raise _problem(
            folder, message, "Nothing was scheduled. Look at them, and delete all but one there."
        )


def _changed(
    folder: Path, draft: Draft, destination: Destination, campaign: Campaign
) -> HandoverError:
    title = destination.profile.title
    message = f"The draft {draft.campaign} was changed in {title} after it was handed over"
    changed = "; ".join(changes(draft, campaign))
    again = f"newsletter hand-over {draft.number}."
    if campaign.status == Status.SCHEDULED:
        hint = f"Look at it: {campaign.address}. Then: newsletter unschedule {draft.number}, and {again}"
        return _problem(
            folder,
            f"{message}, and it will be sent: it is {_of(campaign)}. Changed: {changed}.",
            hint,
        )
    return _problem(
        folder,
        f"{message}; it is not scheduled. Changed: {changed}.",
        f"Hand it over again: {again}",
    )


def _settled(folder: Path, destination: Destination, campaign: str, expected: Status) -> Campaign:
    """Return the campaign when it has the status ``expected``, or after some patience."""
    for _ in range(_LOOKS):
        held = destination.service.read(campaign)
        if held and held.status == expected:
            return held
        sleep(1)
    if held is None:
        message = f"{destination.profile.title} no longer has the campaign {campaign}."
        raise _problem(folder, message, "Look for it there.")
    return held


def _of(campaign: Campaign) -> str:
    at = f" for {campaign.scheduled.astimezone(UTC):{FORM}} UTC" if campaign.scheduled else ""
    return f"{campaign.status}{at}"


def _problem(folder: Path, message: str, hint: str) -> HandoverError:
    return HandoverError.at(handed_over(folder), None, message, hint)

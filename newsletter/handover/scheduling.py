"""Have a service send the drafts of an issue at a set time: all its formats, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsletter.checks.report import Report
from newsletter.errors import HandoverError, NewsletterError, Uncertain, Unsupported
from newsletter.handover.approvals import require_approvals
from newsletter.handover.destination import Destination
from newsletter.handover.differences import changes
from newsletter.handover.locking import exclusive_lock
from newsletter.handover.published import require_published
from newsletter.handover.reach import Reach
from newsletter.handover.readers import Readers, count_readers, require_separate
from newsletter.handover.send_time import require_future, utc_in_words
from newsletter.handover.served import require_served
from newsletter.handover.service_draft import status_in_words
from newsletter.handover.slots import Slot, require_same_formats
from newsletter.handover.unscheduling import make_draft, require_schedules, stop
from newsletter.model import Draft, Issue
from newsletter.problem import Problem
from newsletter.services.protocol import Profile, Status


@dataclass(frozen=True)
class Appointment:
    """What is about to be scheduled, for the editor to agree to."""

    issue: Issue
    at: datetime
    """On the publication's clock."""
    slots: tuple[Slot, ...]
    """One for each format, the leading one first. Some may be set already."""
    readers: Readers | None
    """The readers of all formats together; None if there is one format only."""

    @property
    def destination(self) -> Destination:
        """Where the leading format is: all formats are in this service and account."""
        return self.slots[0].there.destination


def schedule(
    report: Report,
    destinations: Sequence[Destination],
    at: datetime,
    *,
    confirm: Callable[[Appointment], None],
) -> tuple[Draft, ...]:
    """Have the service send an issue at a time, which has its time zone.

    Each format has its destination, in the order of the publication. All of them must have been
    handed over, be unchanged here and there, and be approved. ``confirm`` is called before anything
    is changed, and can raise.

    All formats get the time, or none keeps it: if one cannot be scheduled, or somebody presses
    Ctrl-C, those before it are made drafts again. So are those that were scheduled for this very
    time already, by a command that broke off or by a person: an issue that goes out to some of its
    readers only is worse than one that is late, and a format that is left scheduled would go out
    even if nobody reads the error.

    Return the drafts with their time. Raise PreflightError, HandoverError and ServiceError. Of
    several formats, the error says first which may be sent, or that none will.
    """
    report.require_ready()
    require_separate(destinations, report.folder.project)
    require_approvals(report, *destinations)
    for destination in destinations:
        require_schedules(destination.profile)
        _require_possible(at, destination.profile)

    with exclusive_lock(report.folder):
        slots = _slots(report, destinations)
        for slot in slots:
            slot.require_no_other_time(at)

        if all(slot.is_set for slot in slots):
            return tuple(slot.there.save_time(at) for slot in slots)

        _require_on_web(slots)
        issue = report.galley.issue
        readers = count_readers(destinations, issue.publication)
        confirm(Appointment(issue, at, slots, readers))
        require_future(at, report.folder.path)
        return _set_all(slots, at)


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


def _slots(report: Report, destinations: Sequence[Destination]) -> tuple[Slot, ...]:
    """Return the draft of each format, all of which can get a time.

    Raise ValueError unless each format of the issue has its destination.
    """
    galleys = report.galley.every_format
    formats = [galley.email.format.name for galley in galleys]
    if formats != [destination.format.name for destination in destinations]:
        raise ValueError("an issue is scheduled in all its formats")

    require_same_formats(report.galley, destinations[0])
    pairs = zip(galleys, destinations, strict=True)
    return tuple(Slot.checked(galley, destination) for galley, destination in pairs)


def _require_on_web(slots: Sequence[Slot]) -> None:
    """Raise HandoverError unless readers get all files and all pages of all formats, of which each
    is asked for once.
    """
    kept = {name: address for slot in slots for name, address in slot.there.draft.kept.items()}
    galleys = [slot.galley for slot in slots]
    destination = slots[0].there.destination
    require_served(galleys, kept, destination, "No time was set")
    require_published(galleys, destination, "No time was set")


def _set_all(slots: Sequence[Slot], at: datetime) -> tuple[Draft, ...]:
    """Set the time of all drafts and record it, or of none. Return the drafts."""
    drafts: list[Draft] = []
    try:
        for slot in slots:
            _set_time(slot, at)
            drafts.append(slot.there.save_time(at))
        if len(slots) > 1:
            for slot in slots:
                _require_still_set(slot)
    except BaseException as error:  # Ctrl-C, and a fault of our own, as well
        if len(slots) == 1:
            raise
        asked = slots[: len(drafts) + 1]
        also_set = [other for other in slots[len(asked) :] if other.is_set]
        problems = _take_back([*asked, *also_set])
        if isinstance(error, NewsletterError | KeyboardInterrupt):
            raise _not_scheduled(slots, slot, error, problems) from None
        raise
    return tuple(drafts)


def _set_time(slot: Slot, at: datetime) -> None:
    """Have the service send the draft at a time, and read back that it will.

    If somebody has changed the draft meanwhile, unschedule it. Raise HandoverError and
    ServiceError.
    """
    there = slot.there
    if not slot.is_set:
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


def _require_still_set(slot: Slot) -> None:
    """Raise HandoverError if somebody unscheduled it while the formats after it got their time.

    ``unschedule`` looks again at the end as well: whichever of the two is the last sees the other.
    """
    there = slot.there
    campaign = there.read()
    if campaign.status == Status.DRAFT:
        message = f"Somebody has just unscheduled it in {there.title}."
        raise there.error(message, f"Look at it: {campaign.address}")


def _take_back(slots: Sequence[Slot]) -> list[Problem]:
    """Make drafts again of all that may have got a time. Return what went wrong with that."""
    problems: list[Problem] = []
    for slot in slots:
        try:
            make_draft(slot.there)
            slot.there.save_time(None)
        except NewsletterError as error:
            problems += error.problems
    return problems


def _not_scheduled(
    slots: Sequence[Slot],
    failed: Slot,
    error: NewsletterError | KeyboardInterrupt,
    problems: Sequence[Problem],
) -> HandoverError:
    """Return the error for formats of which one could not be scheduled."""
    there = failed.there
    reach = Reach.of((slot.there.record for slot in slots), there.destination)
    cause = f"{there.name} could not be scheduled"
    if isinstance(error, NewsletterError):
        problems = [*error.problems, *problems]
    else:
        cause = f"the command was stopped at {there.name}"

    number = there.draft.number
    hint = "The other lines say why. Then run the command again."
    if reach.on_their_way:
        cause += ", and not every format could be made a draft again"
        hint = f"Look at them now. Then: newsletter unschedule {number}."
    elif isinstance(error, Uncertain):  # what was asked may still be on its way
        hint = f"The other lines say why. Look again in some minutes: newsletter status {number}."
    elif not problems:
        hint = "Run the command again to schedule them."
    summary = Problem(failed.galley.folder.path, None, reach.in_words(cause), hint)
    return HandoverError([summary, *problems])

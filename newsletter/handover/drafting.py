"""Handing over: exactly one draft in the service, holding exactly the issue, for exactly the right audience.

The order of things makes it so, whatever breaks and wherever it stops:

1. The record says that something was begun before a service is asked to make anything, and what came of it at once.
2. Whatever is made carries the issue's marker in its name. Before anything is made, all that carries the marker is
   looked up: one is taken on, two are for a person to look at. So is what came to be although no answer came. It is
   looked up once more when the editor has agreed, for that may take an hour, and somebody else may have been quicker.
3. What a service holds is read back, written again if it is not what was given, and compared once more.
4. Only then the record says that it is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from typing import Literal

from newsletter.errors import HandoverError, PreflightError, ServiceError, Uncertain
from newsletter.handover.approvals import require_approvals
from newsletter.handover.destination import Destination, is_account_of
from newsletter.handover.differences import additions, changes, differences, held_in
from newsletter.handover.outgoing import outgoing_of
from newsletter.handover.record import (
    alone,
    begin,
    digests,
    files_of,
    forget_draft,
    handed_over,
    read_draft,
    require_own,
    with_whole_copies,
    write_draft,
)
from newsletter.mailing import Campaign, Capability, Outgoing, Status
from newsletter.message import approved_digest
from newsletter.model import Draft, Report
from newsletter.services import profile_of

_WRITES = 2
"""How often a draft is written that does not hold what it was given."""
_LOOKS = 4
"""How often a draft is looked for of which no answer came: at once, and after 1, 2 and 3 seconds more."""


@dataclass(frozen=True)
class Plan:
    """What is about to be done, for the editor to agree to."""

    does: Literal["create", "update", "send"]
    outgoing: Outgoing
    destination: Destination
    replaced: tuple[str, ...] = ()
    """What a draft that is there holds otherwise than it was last given: it was changed in the service."""


def hand_over(
    report: Report, folder: Path, destination: Destination, *, by: str, confirm: Callable[[Plan], None]
) -> Draft:
    """Make the checked issue in ``folder`` one draft of the service, or bring its draft up to date; what was handed
    over before without a change is left as it is. ``confirm`` is called before anything is changed, and can raise.

    Returns the draft; its ``differences`` are what the service holds otherwise than it was given. Raises PreflightError
    if the checks found errors, HandoverError if an approval is missing or a person must look at something, and
    ServiceError.
    """
    if not report.is_ready:
        raise PreflightError(report)
    require_approvals(report, folder)
    audience = destination.audience.id if destination.audience else ""
    outgoing = outgoing_of(report.email, folder, destination.profile, audience, profile_of(destination.tags))
    with alone(folder):
        handover = _Handover(report, folder, destination, outgoing, by)
        return handover.drafted(confirm) if destination.can(Capability.DRAFT) else handover.sent(confirm)


def _seen(campaign: Campaign | None) -> tuple[object, ...]:
    """What must not change while the editor is asked."""
    return (campaign.id, campaign.status, held_in(campaign)) if campaign else ()


@dataclass(frozen=True)
class _Handover:
    report: Report
    folder: Path
    destination: Destination
    outgoing: Outgoing
    by: str

    def drafted(self, confirm: Callable[[Plan], None]) -> Draft:
        """To a service that keeps a draft until a person sends it."""
        earlier = read_draft(self.folder)
        self._require_same_place(earlier)
        campaign = self._existing(earlier)
        if earlier and campaign and self._is_unchanged(earlier, campaign):
            return with_whole_copies(self.folder, earlier, files_of(self.outgoing))
        if campaign:
            self._require_draft(campaign, earlier)
        confirm(
            Plan("update" if campaign else "create", self.outgoing, self.destination, self._changed(earlier, campaign))
        )
        campaign = self._as_agreed(earlier, campaign)
        begun = begin(self.folder, self.report, self.destination, self.outgoing, self.by, campaign)
        if campaign is None:
            begun = self._created(begun, earlier)
            made = begun.campaign or ""
            self._require_no_other(made)
            campaign = self._there(made, self.destination.service.read(made))
        return self._finished(begun, self._written(campaign))

    def _require_same_place(self, earlier: Draft | None) -> None:
        """The record is this issue's, and an issue is at one service and in one account, or its readers might get it
        twice. Only files in a folder reach nobody.
        """
        if earlier is None:
            return
        require_own(earlier, self.outgoing.email.issue.number, self.folder)
        if earlier.service == "folder":
            return
        if earlier.service == self.destination.name and is_account_of(self.destination, earlier, self.outgoing.marker):
            return
        profile = profile_of(earlier.service)
        was = "handed over" if earlier.state == "done" else "begun to be handed over"
        at = ", ".join(filter(None, (f"account {earlier.account}", earlier.address)))
        what = f"This issue was {was} to {profile.title} already ({at})."
        hint = f"If nobody can have got it: delete what is there, then {handed_over(self.folder).name}/ here."
        if Capability.DRAFT not in profile.can:
            hint = "What is sent cannot be called back. Nothing was done."
        raise HandoverError.at(handed_over(self.folder), None, what, hint)

    def _existing(self, earlier: Draft | None) -> Campaign | None:
        """The issue's campaign as the service holds it now, whoever made it. Raises HandoverError if there are two."""
        service = self.destination.service
        is_here = earlier and earlier.service == self.destination.name
        recorded = service.read(earlier.campaign) if earlier and earlier.campaign and is_here else None
        marked = {campaign.id: campaign for campaign in service.find(self.outgoing.marker)}
        if recorded:
            marked[recorded.id] = recorded
        self._require_one(list(marked.values()))
        if recorded or not marked:
            return recorded
        return service.read(next(iter(marked)))

    def _require_one(self, campaigns: list[Campaign]) -> None:
        if len(campaigns) > 1:
            named = ", ".join(f"{campaign.id} ({campaign.status}, {campaign.address})" for campaign in campaigns)
            what = f"{self.destination.profile.title} has {len(campaigns)} campaigns of this issue: {named}."
            hint = "Look at them, delete all but one there, and run the command again."
            raise HandoverError.at(handed_over(self.folder), None, what, hint)

    def _as_agreed(self, earlier: Draft | None, seen: Campaign | None) -> Campaign | None:
        """The issue's campaign as it is when the editor has agreed. Raises HandoverError if that was about another."""
        campaign = self._existing(earlier)
        if _seen(campaign) != _seen(seen):
            what = f"Somebody else has changed what {self.destination.profile.title} has of this issue at this moment."
            raise HandoverError.at(handed_over(self.folder), None, what, "Nothing was done. Run the command again.")
        return campaign

    def _require_draft(self, campaign: Campaign, earlier: Draft | None) -> None:
        title = self.destination.profile.title
        if campaign.status == Status.SCHEDULED and (earlier is None or earlier.state != "done"):
            what = f"{title} is to send this issue at a set time ({campaign.address}), and no record here tells why."
            hint = "Fetch the record from git, or take the time back there."
        elif campaign.status == Status.SCHEDULED:
            what = f"{title} is to send this issue at a set time ({campaign.address}), and it has changed since."
            hint = f"Take it back first: newsletter unschedule {self.outgoing.email.issue.number}."
        elif campaign.status != Status.DRAFT:
            what = f"In {title} this issue is {campaign.status} ({campaign.address})."
            hint = "It cannot be changed any more. Nothing was done."
        else:
            return
        raise HandoverError.at(handed_over(self.folder), None, what, hint)

    def _is_unchanged(self, earlier: Draft, campaign: Campaign) -> bool:
        return (
            earlier.state == "done"
            and earlier.campaign == campaign.id
            and earlier.files == digests(files_of(self.outgoing))
            and earlier.subject == self.outgoing.subject
            and (earlier.audience.id if earlier.audience else "") == self.outgoing.audience
            and not changes(earlier, campaign)
            and earlier.differences == differences(self.outgoing, campaign, self.destination.profile)
        )

    def _changed(self, earlier: Draft | None, campaign: Campaign | None) -> tuple[str, ...]:
        """What a draft that is there holds otherwise, if that was not given to it from here."""
        if campaign is None or (earlier and (earlier.state == "begun" or not changes(earlier, campaign))):
            return ()
        return differences(self.outgoing, campaign, self.destination.profile)

    def _created(self, begun: Draft, earlier: Draft | None) -> Draft:
        """The record with the id of the draft that the service has made: written down at once, for it may be a while
        until the draft is listed, and somebody may rename it.
        """
        try:
            made = self.destination.service.create(self.outgoing)
        except Uncertain as error:
            made = self._made_all_the_same(error)
        except ServiceError:
            forget_draft(self.folder, earlier)  # nothing was made
            raise
        return write_draft(self.folder, begun.model_copy(update={"campaign": made}))

    def _made_all_the_same(self, error: Uncertain) -> str:
        """The id of a draft of which no answer came; looked for with some patience, for lists may lag. Raises the
        ``error`` if there is none.
        """
        for look in range(_LOOKS):
            sleep(look)
            marked = self.destination.service.find(self.outgoing.marker)
            self._require_one(list(marked))
            if marked:
                return marked[0].id
        raise error

    def _require_no_other(self, made: str) -> None:
        """Somebody elsewhere may have made one at the same moment."""
        service = self.destination.service
        others = [campaign for campaign in service.find(self.outgoing.marker) if campaign.id != made]
        if others:
            own = service.read(made)
            self._require_one([*([own] if own else []), *others])

    def _written(self, held: Campaign) -> Campaign:
        """What the service holds in the end, a draft; written until that is what was given, but not for ever."""
        service, profile = self.destination.service, self.destination.profile
        for _ in range(_WRITES):
            if held.status != Status.DRAFT or not differences(self.outgoing, held, profile):
                break
            service.update(held.id, self.outgoing)
            held = self._there(held.id, service.read(held.id))
        if held.status != Status.DRAFT:
            what = f"{self.destination.profile.title} was given a draft, but says that it is {held.status}."
            raise HandoverError.at(handed_over(self.folder), None, what, f"Look at it now: {held.address}")
        if self.outgoing.audience and held.audiences != (self.outgoing.audience,):
            there = ", ".join(held.audiences or ()) or "none"
            what = f"The draft {held.address} has the wrong audience: {there} instead of {self.outgoing.audience}."
            raise HandoverError.at(
                handed_over(self.folder), None, what, "Do not send it. Look at it, and delete it there."
            )
        return held

    def _there(self, campaign: str, held: Campaign | None) -> Campaign:
        """A campaign that must be there."""
        if held is None:
            what = f"{self.destination.profile.title} does not find the campaign {campaign} any more."
            raise HandoverError.at(handed_over(self.folder), None, what, "Run the command again in a minute.")
        return held

    def _finished(self, begun: Draft, campaign: Campaign) -> Draft:
        done = {
            "state": "done",
            "campaign": campaign.id,
            "address": campaign.address,
            "held": held_in(campaign),
            "differences": differences(self.outgoing, campaign, self.destination.profile),
            "additions": additions(campaign, self.destination.profile.adds),
            "done": datetime.now(UTC),
        }
        return write_draft(self.folder, begun.model_copy(update=done), files_of(self.outgoing))

    def sent(self, confirm: Callable[[Plan], None]) -> Draft:
        """To a service that keeps nothing: what is handed over is on its way to the readers."""
        earlier = read_draft(self.folder)
        self._require_same_place(earlier)
        if earlier and earlier.service == self.destination.name:
            self._require_same(earlier)
            return earlier
        confirm(Plan("send", self.outgoing, self.destination))
        begun = begin(self.folder, self.report, self.destination, self.outgoing, self.by)
        try:
            made = self.destination.service.create(self.outgoing)
        except Uncertain:
            raise
        except ServiceError:
            forget_draft(self.folder, earlier)  # nothing went out, so it can be tried again
            raise
        done = {"state": "done", "campaign": made, "done": datetime.now(UTC)}
        return write_draft(self.folder, begun.model_copy(update=done), files_of(self.outgoing))

    def _require_same(self, earlier: Draft) -> None:
        """What was sent is this very issue, to these readers."""
        place, readers = handed_over(self.folder), earlier.audience.id if earlier.audience else "nobody"
        if earlier.state == "begun":
            when = f"{earlier.begun:%Y-%m-%d %H:%M} UTC"
            what = f"It was begun to send this issue at {when}, and it is not known whether it went out."
            hint = f"Look whether {readers} has it. If not, delete {place.name}/ and run the command again."
            raise HandoverError.at(place, None, what, hint)
        if earlier.audience != self.destination.audience:
            what = f"This issue was sent already, to {readers}."
            raise HandoverError.at(place, None, what, "What is sent cannot be called back. Nothing was done.")
        if earlier.content != approved_digest(self.report.email):
            what = "This issue was sent already, and it has changed since."
            raise HandoverError.at(place, None, what, "What is sent cannot be called back. Nothing was done.")

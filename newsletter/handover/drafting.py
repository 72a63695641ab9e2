"""Handing over: exactly one draft in the service, holding exactly the issue, for exactly the right audience.

The order of things makes it so, whatever breaks and wherever it stops:

1. The record says that something was begun before a service is asked to make anything.
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
from typing import Literal

from newsletter.errors import HandoverError, PreflightError, ServiceError, Uncertain
from newsletter.handover.approvals import require_approvals
from newsletter.handover.destination import Destination
from newsletter.handover.differences import additions, differences, digest_of
from newsletter.handover.outgoing import outgoing_of
from newsletter.handover.record import (
    alone,
    content_of,
    digests,
    files_of,
    forget_draft,
    handed_over,
    read_draft,
    require_own,
    versions,
    write_draft,
)
from newsletter.mailing import Campaign, Capability, Outgoing, Status
from newsletter.model import Draft, Report
from newsletter.services import profile_of

_WRITES = 2
"""How often a draft is written that does not hold what it was given."""


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
        return _Handover(report, folder, destination, outgoing, by).carried_out(confirm)


@dataclass(frozen=True)
class _Handover:
    report: Report
    folder: Path
    destination: Destination
    outgoing: Outgoing
    by: str

    def carried_out(self, confirm: Callable[[Plan], None]) -> Draft:
        earlier = read_draft(self.folder)
        self._require_same_place(earlier)
        if not self.destination.can(Capability.READ_BACK):
            return self._sent(earlier, confirm)
        campaign = self._existing(earlier)
        if earlier and campaign and self._is_unchanged(earlier, campaign):
            return earlier
        if campaign:
            self._require_draft(campaign)
        confirm(
            Plan("update" if campaign else "create", self.outgoing, self.destination, self._changed(earlier, campaign))
        )
        campaign = self._as_agreed(earlier, campaign)
        begun = self._begun(campaign)
        if campaign is None:
            made = self._created()
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
        here = (self.destination.name, self.destination.account)
        if (earlier.service, earlier.account) != here:
            title = profile_of(earlier.service).title
            at = f"account {earlier.account}, {earlier.address or 'draft'}"
            what = f"This issue was handed over to {title} already ({at})."
            hint = f"Delete it there first; then delete {handed_over(self.folder).name}/ in the issue's folder."
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
        if (campaign and (campaign.id, campaign.status)) != (seen and (seen.id, seen.status)):
            what = f"Somebody else has changed what {self.destination.profile.title} has of this issue at this moment."
            raise HandoverError.at(handed_over(self.folder), None, what, "Nothing was done. Run the command again.")
        return campaign

    def _require_draft(self, campaign: Campaign) -> None:
        title = self.destination.profile.title
        if campaign.status == Status.SCHEDULED:
            what = f"{title} is to send this issue at a set time ({campaign.address}), and it has changed since."
            hint = f"Take it back first: newsletter unschedule {self.outgoing.email.issue.number}."
        elif campaign.status != Status.DRAFT:
            what = f"In {title} this issue is {campaign.status} ({campaign.address})."
            hint = "It cannot be changed any more. Nothing was done."
        else:
            return
        raise HandoverError.at(handed_over(self.folder), None, what, hint)

    def _is_unchanged(self, earlier: Draft, campaign: Campaign) -> bool:
        same = (
            earlier.state,
            earlier.files,
            earlier.subject,
            earlier.audience and earlier.audience.id,
            earlier.held,
        ) == (
            "done",
            digests(files_of(self.outgoing)),
            self.outgoing.subject,
            self.outgoing.audience or None,
            digest_of(campaign),
        ) and earlier.differences == differences(self.outgoing, campaign, self.destination.profile.adds)
        return same and earlier.campaign == campaign.id

    def _changed(self, earlier: Draft | None, campaign: Campaign | None) -> tuple[str, ...]:
        """What somebody has changed in the service since the last time."""
        if not (earlier and earlier.state == "done" and campaign) or earlier.held == digest_of(campaign):
            return ()
        return differences(self.outgoing, campaign, self.destination.profile.adds)

    def _begun(self, campaign: Campaign | None) -> Draft:
        """The record at the outset; the files of the last time are replaced only when all is done."""
        issue = self.outgoing.email.issue
        draft = Draft(
            state="begun",
            publication=issue.publication.name,
            number=issue.number,
            subject=self.outgoing.subject,
            service=self.destination.name,
            account=self.destination.account,
            audience=self.destination.audience,
            tags=self.destination.tags,
            campaign=campaign.id if campaign else None,
            address=campaign.address if campaign else None,
            content=content_of(self.report.email),
            files=digests(files_of(self.outgoing)),
            held=None,
            differences=(),
            additions=(),
            versions=versions(),
            by=self.by,
            begun=datetime.now(UTC),
            done=None,
            scheduled=None,
        )
        return write_draft(self.folder, draft)

    def _created(self) -> str:
        """The id of the draft that the service has made, even if the answer that tells of it was lost."""
        service = self.destination.service
        try:
            made = service.create(self.outgoing)
        except Uncertain:
            marked = service.find(self.outgoing.marker)
            self._require_one(list(marked))
            if not marked:
                raise
            return marked[0].id
        others = [campaign for campaign in service.find(self.outgoing.marker) if campaign.id != made]
        if others:
            own = service.read(made)
            self._require_one([*([own] if own else []), *others])
        return made

    def _written(self, held: Campaign) -> Campaign:
        """What the service holds in the end, a draft; written until that is what was given, but not for ever."""
        service, adds = self.destination.service, self.destination.profile.adds
        for _ in range(_WRITES):
            if held.status != Status.DRAFT or not differences(self.outgoing, held, adds):
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
            "held": digest_of(campaign),
            "differences": differences(self.outgoing, campaign, self.destination.profile.adds),
            "additions": additions(campaign, self.destination.profile.adds),
            "done": datetime.now(UTC),
        }
        return write_draft(self.folder, begun.model_copy(update=done), files_of(self.outgoing))

    def _sent(self, earlier: Draft | None, confirm: Callable[[Plan], None]) -> Draft:
        """To a service that keeps nothing: what is handed over is on its way to the readers."""
        if earlier and earlier.service == self.destination.name:
            self._require_same(earlier)
            return earlier
        confirm(Plan("send", self.outgoing, self.destination))
        begun = self._begun(None)
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
        if earlier.content != content_of(self.report.email):
            what = "This issue was sent already, and it has changed since."
            raise HandoverError.at(place, None, what, "What is sent cannot be called back. Nothing was done.")

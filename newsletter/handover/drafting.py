"""Handing over: exactly one draft in the service, holding exactly the issue, for exactly the right audience.

The order of things makes it so, whatever breaks and wherever it stops:

1. Before a service is asked to make anything, the record says what was begun; as soon as it is made, the record has it.
2. Whatever is made carries the issue's marker in its name. Before anything is made, every campaign with the marker is
   looked up: one is reused, two need a person to decide. If no answer came, the marker finds what was made. The search
   is repeated when the editor has agreed, for that may take an hour, and somebody else may have been quicker; and
   again when a draft was made: of two made at the same moment, whoever made the younger one deletes it.
3. What a service holds is read back, written again if it is not what was given, and compared again.
4. Only then does the record say that it is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from newsletter.checks.report import Report
from newsletter.errors import HandoverError, ServiceError, Uncertain
from newsletter.handover.approvals import require_approvals
from newsletter.handover.campaigns import Campaigns
from newsletter.handover.destination import Destination
from newsletter.handover.differences import additions, changes, differences, held_in
from newsletter.handover.errand import Errand, HandoverPlan
from newsletter.handover.outgoing import outgoing_of
from newsletter.handover.record import (
    digests,
    exclusive_lock,
    files_of,
    forget_draft,
    handed_over,
    read_draft,
    with_whole_copies,
    write_draft,
)
from newsletter.handover.sending import send
from newsletter.model import Draft
from newsletter.services import profile_of
from newsletter.services.protocol import Campaign, Capability, Status

_WRITES = 2
"""How often a draft is written again if it does not hold what it was given."""


def hand_over(
    report: Report,
    folder: Path,
    destination: Destination,
    *,
    by: str,
    confirm: Callable[[HandoverPlan], None],
) -> Draft:
    """Make one draft in the service of the checked issue in ``folder``, or update its draft; an issue that has not
    changed since it was handed over is left as it is. ``confirm`` is called before anything is changed, and can raise.

    Return the draft; its ``differences`` are where what the service holds is not what it was given. Raise
    PreflightError if the checks found errors, HandoverError if an approval is missing or a person must look at
    something, and ServiceError.
    """
    report.require_ready()
    require_approvals(report, folder, destination)
    audience = destination.audience.id if destination.audience else ""
    outgoing = outgoing_of(
        report.email, folder, destination.profile, audience, profile_of(destination.tags)
    )
    with exclusive_lock(folder):
        if not destination.can(Capability.DRAFT):
            return send(Errand(report, folder, destination, outgoing, by), confirm)
        return _Drafting(report, folder, destination, outgoing, by).drafted(confirm)


def _seen(campaign: Campaign | None) -> tuple[object, ...]:
    """Return what must not change while the editor is asked."""
    return (campaign.id, campaign.status, held_in(campaign)) if campaign else ()


@dataclass(frozen=True)
class _Drafting(Errand):
    """To a service that keeps a draft until a person sends it."""

    @property
    def _campaigns(self) -> Campaigns:
        return Campaigns(self.destination, self.outgoing.marker, self.folder)

    def drafted(self, confirm: Callable[[HandoverPlan], None]) -> Draft:
        """Return the one draft, holding the issue."""
        earlier = read_draft(self.folder)
        self.require_same_place(earlier)
        campaign = self._campaigns.existing(earlier)
        if earlier and campaign and self._is_unchanged(earlier, campaign):
            return with_whole_copies(self.folder, earlier, files_of(self.outgoing))
        if campaign:
            self._require_draft(campaign, earlier)
        confirm(
            HandoverPlan(
                "update" if campaign else "create",
                self.outgoing,
                self.destination,
                self._changed(earlier, campaign),
            )
        )
        campaign = self._as_agreed(earlier, campaign)
        begun = self.begun(campaign)
        if campaign is None:
            begun, campaign = self._created(begun, earlier)
        return self._finished(begun, self._written(campaign))

    def _as_agreed(self, earlier: Draft | None, seen: Campaign | None) -> Campaign | None:
        """Return the issue's campaign when the editor has agreed. Raise HandoverError if it is not what they saw."""
        campaign = self._campaigns.existing(earlier)
        if _seen(campaign) != _seen(seen):
            message = (
                f"Somebody else has just changed this issue in {self.destination.profile.title}."
            )
            raise HandoverError.at(
                handed_over(self.folder), None, message, "Nothing was done. Run the command again."
            )
        return campaign

    def _require_draft(self, campaign: Campaign, earlier: Draft | None) -> None:
        title = self.destination.profile.title
        if campaign.status == Status.SCHEDULED and (earlier is None or earlier.state != "done"):
            message = f"{title} will send this issue at a set time ({campaign.address}), but there is no record of it."
            hint = "Fetch the record from git, or unschedule the issue there."
        elif campaign.status == Status.SCHEDULED:
            message = f"{title} will send this issue at a set time ({campaign.address}), and the issue has changed since."
            hint = f"Unschedule it first: newsletter unschedule {self.outgoing.email.issue.number}."
        elif campaign.status != Status.DRAFT:
            message = f"In {title} this issue is {campaign.status} ({campaign.address})."
            hint = "It can no longer be changed. Nothing was done."
        else:
            return
        raise HandoverError.at(handed_over(self.folder), None, message, hint)

    def _is_unchanged(self, earlier: Draft, campaign: Campaign) -> bool:
        return (
            earlier.state == "done"
            and earlier.campaign == campaign.id
            and earlier.files == digests(files_of(self.outgoing))
            and earlier.subject == self.outgoing.title
            and (earlier.audience.id if earlier.audience else "") == self.outgoing.audience
            and not changes(earlier, campaign)
            and earlier.differences
            == differences(self.outgoing, campaign, self.destination.profile)
        )

    def _changed(self, earlier: Draft | None, campaign: Campaign | None) -> tuple[str, ...]:
        """Return where an existing draft differs, if somebody changed it in the service."""
        if campaign is None or (
            earlier and (earlier.state == "begun" or not changes(earlier, campaign))
        ):
            return ()
        return differences(self.outgoing, campaign, self.destination.profile)

    def _created(self, begun: Draft, earlier: Draft | None) -> tuple[Draft, Campaign]:
        """Have the service make the only draft. Return it, and the record with its id, which is saved immediately: it
        may be a while until the draft is listed, and somebody may rename it.
        """
        is_ours = True
        try:
            made = self.destination.service.create(self.outgoing)
        except Uncertain as error:
            made, is_ours = self._campaigns.unanswered(error), False
        except ServiceError:
            forget_draft(self.folder, earlier)  # nothing was made
            raise
        begun = write_draft(self.folder, begun.model_copy(update={"campaign": made}))
        campaign = self._campaigns.there(made)
        if is_ours and campaign.status == Status.DRAFT:
            self._give_way(campaign, earlier)
        else:
            self._campaigns.require_no_other(campaign)
        return begun, campaign

    def _give_way(self, own: Campaign, earlier: Draft | None) -> None:
        """Delete our ``own`` draft, and raise HandoverError, if somebody elsewhere made one at the same moment."""
        rival = self._campaigns.rival_of(own)
        if rival is None:
            return
        message = (
            f"Somebody else has just made a draft of this issue: {rival.id} ({rival.address})."
        )
        try:
            self.destination.service.delete(own.id)
        except ServiceError as error:
            hint = f"Delete the one made from here, {own.id} ({own.address}), and run the command again."
            kept = HandoverError.at(handed_over(self.folder), None, message, hint)
            raise HandoverError([*kept.problems, *error.problems]) from None
        forget_draft(self.folder, earlier)
        hint = "Run the command again to see theirs; it makes no second one."
        raise HandoverError.at(
            handed_over(self.folder), None, f"{message} The one made from here was deleted.", hint
        )

    def _written(self, held: Campaign) -> Campaign:
        """Write the draft until it holds what was given, but not for ever. Return what the service holds in the end."""
        service, profile = self.destination.service, self.destination.profile
        for _ in range(_WRITES):
            if held.status != Status.DRAFT or not differences(self.outgoing, held, profile):
                break
            service.update(held.id, self.outgoing)
            held = self._campaigns.there(held.id)
        if held.status != Status.DRAFT:
            message = f"{self.destination.profile.title} was given a draft, but says that it is {held.status}."
            raise HandoverError.at(
                handed_over(self.folder), None, message, f"Look at it now: {held.address}"
            )
        if self.outgoing.audience and held.audiences != (self.outgoing.audience,):
            there = ", ".join(held.audiences or ()) or "none"
            message = f"The draft {held.address} has the wrong audience: {there} instead of {self.outgoing.audience}."
            raise HandoverError.at(
                handed_over(self.folder),
                None,
                message,
                "Do not send it. Look at it, and delete it there.",
            )
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

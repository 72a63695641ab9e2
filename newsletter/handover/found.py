"""What there is of a format already, here and in the service, before anything is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from newsletter.handover.differences import changes, fields_of
from newsletter.handover.handover import Handover
from newsletter.handover.plan import HandoverStep
from newsletter.handover.record import digests
from newsletter.handover.refusals import require_editable, require_same_place
from newsletter.model import Draft
from newsletter.services.protocol import Campaign


@dataclass(frozen=True)
class Found:
    """One format on its way, and what there is of it already."""

    handover: Handover
    earlier: Draft | None
    """What the record says of the last time."""
    existing: Campaign | None
    """The campaign in the service, whoever made it."""

    @classmethod
    def look_up(cls, handover: Handover) -> Found:
        """Return what there is.

        Raise HandoverError if it is at another place, or if there are two campaigns.
        """
        earlier = handover.record.read()
        require_same_place(handover, earlier)
        existing = handover.campaigns.existing(earlier)
        return cls(handover, earlier, existing)

    def with_kept(self, addresses: Mapping[str, str]) -> Found:
        """Return the same with other addresses, by name, for the files that the service keeps."""
        return replace(self, handover=self.handover.with_kept(addresses))

    @cached_property
    def is_done(self) -> bool:
        """Whether this very email was handed over, and is there as it was."""
        earlier, existing, handover = self.earlier, self.existing, self.handover
        if earlier is None or existing is None:
            return False

        outgoing = handover.outgoing
        return (
            earlier.state == "done"
            and handover.is_complete
            and earlier.campaign == existing.id
            and earlier.files == digests(handover.files)
            and earlier.subject == outgoing.title
            and earlier.audience_id == outgoing.audience
            and not changes(earlier, existing)
            and earlier.differences == handover.differences(existing)
        )

    def require_editable(self) -> None:
        """Raise HandoverError if there is a campaign, and it is not a draft any more."""
        if self.existing:
            require_editable(self.handover, self.earlier, self.existing)

    def step(self) -> HandoverStep:
        """Return what is about to be done, with what somebody changed there and will lose."""
        outgoing, destination = self.handover.outgoing, self.handover.destination
        if self.is_done:
            return HandoverStep("leave", outgoing, destination)
        if self.existing is None:
            return HandoverStep("create", outgoing, destination)
        return HandoverStep("update", outgoing, destination, self._overwrites(self.existing))

    def _overwrites(self, existing: Campaign) -> tuple[str, ...]:
        was_begun = self.earlier is not None and self.earlier.state == "begun"
        is_untouched = self.earlier is not None and not changes(self.earlier, existing)
        if was_begun or is_untouched:
            return ()
        return self.handover.differences(existing)

    def as_agreed(self) -> Campaign | None:
        """Return the campaign when the editor has agreed.

        Raise HandoverError if it is not the existing one that they saw.
        """
        current = self.handover.campaigns.existing(self.earlier)
        if _snapshot(current) == _snapshot(self.existing):
            return current

        message = f"Somebody else has just changed this issue in {self.handover.title}."
        undone = "It was left as it is there" if self.handover.format else "Nothing was done"
        raise self.handover.error(message, f"{undone}. Run the command again.")


def _snapshot(campaign: Campaign | None) -> tuple[object, ...]:
    """Return what must not change while the editor is asked."""
    if campaign is None:
        return ()
    return campaign.id, campaign.status, fields_of(campaign)

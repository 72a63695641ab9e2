"""Which campaign of an issue a service has: one at most, whoever makes it, however many try at the same moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

from newsletter.errors import HandoverError, Uncertain
from newsletter.handover.destination import Destination
from newsletter.handover.record import handed_over
from newsletter.model import Draft
from newsletter.services.protocol import Campaign

_LOOKS = 4
"""How often the service is asked for what will appear or go: immediately, and after 1, 2 and 3 seconds more."""
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Campaigns:
    """All campaigns of the issue in ``folder`` at a destination: those with its marker."""

    destination: Destination
    marker: str
    folder: Path

    def existing(self, earlier: Draft | None) -> Campaign | None:
        """Return the issue's campaign as it is now, whoever made it; None if there is none. Raise HandoverError if
        there are two.
        """
        service = self.destination.service
        is_here = earlier and earlier.service == self.destination.name
        recorded = (
            service.read(earlier.campaign) if earlier and earlier.campaign and is_here else None
        )
        marked = {campaign.id: campaign for campaign in service.find(self.marker)}
        if recorded:
            marked[recorded.id] = recorded
        self._require_one(list(marked.values()))
        if recorded or not marked:
            return recorded
        return service.read(next(iter(marked)))

    def unanswered(self, error: Uncertain) -> str:
        """Return the id of a campaign whose making was never confirmed. Look several times, for lists may lag. Raise
        the ``error`` if there is none, and HandoverError if there are two.
        """
        for look in range(_LOOKS):
            sleep(look)
            marked = self.destination.service.find(self.marker)
            self._require_one(marked)
            if marked:
                return marked[0].id
        raise error

    def there(self, campaign: str) -> Campaign:
        """Return a campaign that must be there. Raise HandoverError if it is not."""
        held = self.destination.service.read(campaign)
        if held is None:
            message = f"{self.destination.profile.title} no longer finds the campaign {campaign}."
            raise HandoverError.at(
                handed_over(self.folder), None, message, "Run the command again in a minute."
            )
        return held

    def require_no_other(self, own: Campaign) -> None:
        """Raise HandoverError if there is another one besides our ``own``."""
        others = self._others(own)
        self._require_one([own, *others])

    def rival_of(self, own: Campaign) -> Campaign | None:
        """Return the campaign that somebody elsewhere made at the same moment as our ``own`` and that stays: an older
        one. A younger one is deleted by whoever made it, who sees ours; one that does not go stays as well.
        """
        others = self._others(own)
        for look in range(1, _LOOKS):
            older = [other for other in others if _age(other) < _age(own)]
            if older or not others:
                return older[0] if older else None
            sleep(look)
            others = self._still_there(others)
        return others[0] if others else None

    def _others(self, own: Campaign) -> list[Campaign]:
        return [
            campaign
            for campaign in self.destination.service.find(self.marker)
            if campaign.id != own.id
        ]

    def _still_there(self, campaigns: Sequence[Campaign]) -> list[Campaign]:
        """Ask for them one by one, for lists may lag."""
        held = (self.destination.service.read(campaign.id) for campaign in campaigns)
        return [campaign for campaign in held if campaign]

    def _require_one(self, campaigns: Sequence[Campaign]) -> None:
        if len(campaigns) > 1:
            named = ", ".join(
                f"{campaign.id} ({campaign.status}, {campaign.address})" for campaign in campaigns
            )
            message = f"{self.destination.profile.title} has {len(campaigns)} campaigns of this issue: {named}."
            hint = "Look at them, delete all but one there, and run the command again."
            raise HandoverError.at(handed_over(self.folder), None, message, hint)


def _age(campaign: Campaign) -> tuple[datetime, str]:
    """Return the key that sorts campaigns, the oldest first; the same for everybody who asks."""
    return campaign.created or _LAST, campaign.id

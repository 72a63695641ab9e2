"""The campaign of an issue at a service: one at most, however many people try at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import sleep

from newsletter.errors import Uncertain
from newsletter.handover.destination import Destination
from newsletter.handover.record import Record
from newsletter.model import Draft
from newsletter.services.protocol import Campaign

_LOOKS = 4
"""How often the service is asked for what will appear or go: now, then after 1, 2 and 3 seconds."""
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Campaigns:
    """All campaigns of an issue at a destination: those with the issue's ``marker``."""

    destination: Destination
    marker: str
    record: Record
    """That of the issue."""

    def existing(self, earlier: Draft | None) -> Campaign | None:
        """Return the issue's campaign as it is now, whoever made it; None if there is none.

        ``earlier`` is what the record says. Raise HandoverError if there are two campaigns.
        """
        service = self.destination.service
        recorded = None
        if earlier and earlier.campaign and earlier.service == self.destination.name:
            recorded = service.read(earlier.campaign)

        found = {campaign.id: campaign for campaign in self._find()}
        if recorded:
            found[recorded.id] = recorded
        self._require_one(list(found.values()))

        if recorded or not found:
            return recorded
        (found_id,) = found
        return service.read(found_id)

    def unanswered(self, error: Uncertain) -> str:
        """Return the id of a campaign whose making was never confirmed.

        Look several times, for lists may lag. Raise the ``error`` if there is none, and
        HandoverError if there are two.
        """
        for seconds in range(_LOOKS):
            sleep(seconds)
            found = self._find()
            self._require_one(found)
            if found:
                return found[0].id
        raise error

    def read(self, campaign: str) -> Campaign:
        """Return the campaign of this id, which must be there. Raise HandoverError if it is not."""
        current = self.destination.service.read(campaign)
        if current is None:
            message = f"{self.destination.title} no longer finds the campaign {campaign}."
            hint = "Run the command again in a minute."
            raise self.record.error(message, hint)
        return current

    def require_no_other(self, own: Campaign) -> None:
        """Raise HandoverError if there is another one besides our ``own``."""
        campaigns = [own, *self._others(own)]
        self._require_one(campaigns)

    def rival_of(self, own: Campaign) -> Campaign | None:
        """Return the campaign that somebody elsewhere made at the same moment, if that one stays.

        An older one stays. A younger one is deleted by whoever made it, who sees our ``own``; if it
        is not gone after some seconds, it stays as well.
        """
        others = self._others(own)
        for seconds in range(1, _LOOKS):
            if not others:
                return None

            for other in others:
                if _age(other) < _age(own):
                    return other

            sleep(seconds)
            others = self._still_there(others)
        return others[0] if others else None

    def _find(self) -> Sequence[Campaign]:
        return self.destination.service.find(self.marker)

    def _others(self, own: Campaign) -> list[Campaign]:
        campaigns = self._find()
        return [campaign for campaign in campaigns if campaign.id != own.id]

    def _still_there(self, campaigns: Sequence[Campaign]) -> list[Campaign]:
        """Return those that the service still has. They are read one by one, for lists may lag."""
        current: list[Campaign] = []
        for campaign in campaigns:
            still_there = self.destination.service.read(campaign.id)
            if still_there:
                current.append(still_there)
        return current

    def _require_one(self, campaigns: Sequence[Campaign]) -> None:
        if len(campaigns) < 2:
            return

        title = self.destination.title
        count = len(campaigns)
        named = in_words(campaigns)
        message = f"{title} has {count} campaigns of this issue: {named}."
        hint = "Look at them, delete all but one there, and run the command again."
        raise self.record.error(message, hint)


def in_words(campaigns: Sequence[Campaign]) -> str:
    """Return the campaigns for a message: id, status and address of each."""
    return ", ".join(
        f"{campaign.id} ({campaign.status}, {campaign.address})" for campaign in campaigns
    )


def _age(campaign: Campaign) -> tuple[datetime, str]:
    """Return the key that sorts campaigns, the oldest first; the same for everybody who asks."""
    created = campaign.created or _LAST
    return created, campaign.id

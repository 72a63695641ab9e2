"""Which formats of an issue may reach readers: said when a command broke off between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newsletter.errors import NewsletterError
from newsletter.handover.destination import Destination
from newsletter.handover.record import Record
from newsletter.handover.service_draft import ServiceDraft, status_in_words
from newsletter.services.protocol import Campaign, Status

_LEADING = "the leading format"


@dataclass(frozen=True)
class Reach:
    """Which formats may reach readers, and which will not, as the service says now."""

    on_their_way: tuple[str, ...]
    """In words: ``full (scheduled for 2026-11-30 17:00 UTC)``."""
    drafts: tuple[str, ...]
    """What is not sent by itself, or is no longer there."""

    @classmethod
    def of(cls, records: Iterable[Record], destination: Destination) -> Reach:
        """Return what the service says of formats that were handed over.

        What it does not say may be on its way.
        """
        on_their_way: list[str] = []
        drafts: list[str] = []
        for record in records:
            name = record.further_format or _LEADING
            try:
                there = ServiceDraft.recorded(record, destination)
                name = there.name
                campaign = there.service.read(there.campaign_id)
            except NewsletterError:
                on_their_way.append(f"{name} (not known)")
                continue

            if campaign is None:
                drafts.append(f"{name} (no longer there)")
            elif campaign.status == Status.DRAFT:
                drafts.append(name)
            else:
                on_their_way.append(_in_words(name, campaign))
        return cls(tuple(on_their_way), tuple(drafts))

    def in_words(self, cause: str) -> str:
        """Return what may reach readers, loudest first, and the ``cause`` why it must be said."""
        if not self.on_their_way:
            return f"Nothing will be sent: {cause}. Drafts now: {', '.join(self.drafts)}."

        words = f"Readers may get {', '.join(self.on_their_way)}: {cause}."
        if self.drafts:
            words += f" Drafts now: {', '.join(self.drafts)}."
        return words


def _in_words(name: str, campaign: Campaign) -> str:
    status = str(campaign.status)
    if campaign.status == Status.SCHEDULED:
        status = status_in_words(campaign)
    return f"{name} ({status}, {campaign.address})"

"""The draft of an issue that was handed over, as the service has it now."""

from __future__ import annotations

from dataclasses import dataclass
from time import sleep

from newsletter.errors import HandoverError
from newsletter.handover.destination import Destination
from newsletter.handover.differences import changes
from newsletter.handover.outgoing import marker_of
from newsletter.handover.record import Record
from newsletter.handover.send_time import utc_in_words
from newsletter.model import Draft
from newsletter.services.protocol import Campaign, Status

_LOOKS = 5
"""How often the service is asked whether it has set a time, a second apart."""


@dataclass(frozen=True)
class ServiceDraft:
    """What was handed over, and where."""

    record: Record
    destination: Destination
    draft: Draft

    @classmethod
    def recorded(cls, record: Record, destination: Destination) -> ServiceDraft:
        """Return what the record says was handed over.

        Raise HandoverError if nothing was, or not to this account.
        """
        draft = record.require()
        marker = marker_of(draft.publication, draft.number)
        is_same_service = draft.service == destination.name
        if is_same_service and destination.is_account_of(draft, marker):
            return cls(record, destination, draft)

        there = f"{draft.service} (account {draft.account})"
        message = f"It was handed over to {there}, not to this account."
        raise record.error(message, "Check the settings of the service.")

    def read(self) -> Campaign:
        """Return the campaign as it is now. Raise HandoverError if it is not there."""
        campaign = self.destination.service.read(self.draft.campaign or "")
        if campaign is None:
            title = self.destination.title
            message = f"{title} no longer has the campaign {self.draft.campaign}."
            hint = f"Hand it over again: newsletter hand-over {self.draft.number}."
            raise self.record.error(message, hint)
        return campaign

    def wait_for(self, status: Status) -> Campaign:
        """Return the campaign when it has the ``status``, or as it is after some seconds.

        Raise HandoverError if it is not there.
        """
        for _ in range(_LOOKS):
            campaign = self.destination.service.read(self.draft.campaign or "")
            if campaign and campaign.status == status:
                return campaign
            sleep(1)

        if campaign is None:
            title = self.destination.title
            message = f"{title} no longer has the campaign {self.draft.campaign}."
            raise self.record.error(message, "Look for it there.")
        return campaign

    def changed_error(self, campaign: Campaign) -> HandoverError:
        """Return the error for a campaign that somebody changed in the service."""
        draft, title = self.draft, self.destination.title
        changed = "; ".join(changes(draft, campaign))
        message = f"The draft {draft.campaign} was changed in {title} after it was handed over"
        again = f"newsletter hand-over {draft.number}."
        if campaign.status != Status.SCHEDULED:
            message += f"; it is not scheduled. Changed: {changed}."
            return self.record.error(message, f"Hand it over again: {again}")

        status = status_in_words(campaign)
        message += f", and it will be sent: it is {status}. Changed: {changed}."
        first = f"Look at it: {campaign.address}."
        hint = f"{first} Then: newsletter unschedule {draft.number}, and {again}"
        return self.record.error(message, hint)


def status_in_words(campaign: Campaign) -> str:
    """Return the status of a campaign, with the time for which it is scheduled."""
    if campaign.scheduled is None:
        return str(campaign.status)
    return f"{campaign.status} for {utc_in_words(campaign.scheduled)}"

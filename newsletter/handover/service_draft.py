"""The draft of an issue that was handed over, as the service has it now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from time import sleep

from newsletter.errors import HandoverError
from newsletter.handover.destination import Destination
from newsletter.handover.differences import changes
from newsletter.handover.outgoing import marker_of
from newsletter.handover.record import Record
from newsletter.handover.send_time import utc_in_words
from newsletter.model import Draft
from newsletter.services.protocol import Campaign, Service, Status

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
        there = cls(record, destination, draft)
        is_same_service = draft.service == destination.name
        if is_same_service and destination.is_account_of(draft, there.marker):
            return there

        place = f"{draft.service} (account {draft.account})"
        message = f"It was handed over to {place}, not to this account."
        hint = "Check the settings of the service."
        raise there.error(message, hint)

    @property
    def service(self) -> Service:
        """The service that it was handed over to."""
        return self.destination.service

    @property
    def title(self) -> str:
        """The service's name, as it writes it."""
        return self.destination.title

    @property
    def campaign_id(self) -> str:
        """The id of its campaign."""
        return self.draft.campaign or ""

    @property
    def name(self) -> str:
        """The name of its format for a message."""
        return self.record.further_format or self.draft.format or "the leading format"

    @property
    def marker(self) -> str:
        """What marks the campaigns of the issue in the service, in this format."""
        return marker_of(self.draft.publication, self.draft.number, self.record.further_format)

    def read(self) -> Campaign:
        """Return the campaign as it is now. Raise HandoverError if it is not there."""
        campaign = self.service.read(self.campaign_id)
        if campaign is None:
            number = self.draft.number
            hint = f"Hand it over again: newsletter hand-over {number}."
            raise self._gone(hint)
        return campaign

    def wait_for(self, status: Status) -> Campaign:
        """Return the campaign when it has the ``status``, or as it is after some seconds.

        Raise HandoverError if it is not there.
        """
        for _ in range(_LOOKS):
            campaign = self.service.read(self.campaign_id)
            if campaign and campaign.status == status:
                return campaign
            sleep(1)

        if campaign is None:
            raise self._gone("Look for it there.")
        return campaign

    def save_time(self, at: datetime | None) -> Draft:
        """Record the time at which it will be sent; None if it will not. Return the draft."""
        scheduled = at and at.astimezone(UTC)
        draft = self.draft.model_copy(update={"scheduled": scheduled})
        return self.record.save(draft)

    def error(self, message: str, hint: str) -> HandoverError:
        """Return an error whose place is the folder ``handed-over/``."""
        return self.record.error(message, hint)

    def changed_error(self, campaign: Campaign) -> HandoverError:
        """Return the error for a campaign that somebody changed in the service."""
        number = self.draft.number
        changed = "; ".join(changes(self.draft, campaign))
        message = f"The draft {campaign.id} was changed in {self.title} after it was handed over"
        again = f"newsletter hand-over {number}."

        if campaign.status != Status.SCHEDULED:
            message += f"; it is not scheduled. Changed: {changed}."
            hint = f"Hand it over again: {again}"
            return self.error(message, hint)

        status = status_in_words(campaign)
        message += f", and it will be sent: it is {status}. Changed: {changed}."
        look = f"Look at it: {campaign.address}."
        hint = f"{look} Then: newsletter unschedule {number}, and {again}"
        return self.error(message, hint)

    def _gone(self, hint: str) -> HandoverError:
        message = f"{self.title} no longer has the campaign {self.campaign_id}."
        return self.error(message, hint)


def status_in_words(campaign: Campaign) -> str:
    """Return the status of a campaign, with the time for which it is scheduled."""
    if campaign.scheduled is None:
        return str(campaign.status)
    return f"{campaign.status} for {utc_in_words(campaign.scheduled)}"

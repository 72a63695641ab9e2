"""What must be so of a format before it can get a time: asked of all formats before the editor is.

Each check raises HandoverError, which says what a person has to look at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from newsletter.handover.campaigns import Campaigns, in_words
from newsletter.handover.destination import Destination
from newsletter.handover.differences import changes, differences
from newsletter.handover.outgoing import marker_of, outgoing_of
from newsletter.handover.record import Record, digests, files_of, records_of
from newsletter.handover.refusals import require_same_order
from newsletter.handover.send_time import TIME_FORMAT
from newsletter.handover.service_draft import ServiceDraft
from newsletter.services import profile_of
from newsletter.services.protocol import Campaign, Status

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley


@dataclass(frozen=True)
class Slot:
    """A draft that can get a time."""

    galley: Galley
    """The issue in its format."""
    there: ServiceDraft
    campaign: Campaign
    """As it was when it was checked."""

    @classmethod
    def checked(cls, galley: Galley, destination: Destination) -> Slot:
        """Return the draft of a format.

        Raise HandoverError unless it was handed over there for these readers, is unchanged here and
        there, was not sent, and is the only one.
        """
        record = Record(galley.folder, galley.email.further_format)
        there = ServiceDraft.recorded(record, destination)
        slot = cls(galley, there, there.read())
        slot._require_chosen_audience()
        slot._require_unsent()
        slot._require_unchanged_there()
        slot._require_unchanged_here()
        slot._require_only_campaign()
        return slot

    @property
    def is_set(self) -> bool:
        """Whether it was scheduled already."""
        return self.campaign.status == Status.SCHEDULED

    def require_no_other_time(self, at: datetime) -> None:
        """Raise HandoverError if it is scheduled for another time than this one."""
        scheduled = self.campaign.scheduled
        if not self.is_set or scheduled == at:
            return

        when = "another time"
        if scheduled:
            local = scheduled.astimezone(at.tzinfo)
            when = f"{local:{TIME_FORMAT}}"
        message = f"This issue is already scheduled for {when}."
        hint = f"First: newsletter unschedule {self.there.draft.number}."
        raise self.there.error(message, hint)

    def _require_chosen_audience(self) -> None:
        """Raise HandoverError if it was handed over for another audience than the chosen one."""
        own = self.there.draft.audience
        chosen = self.there.destination.audience
        if own is None or chosen is None or own.id == chosen.id:
            return

        handed_over = f"It was handed over for {own.name} (id {own.id})"
        message = f"{handed_over}, not for the audience chosen now."
        number = self.there.draft.number
        hint = (
            f"To schedule it as it is, name its audience: --audience {own.id}."
            f" To use the other: newsletter hand-over {number} --audience {chosen.id}."
        )
        if self.galley.issue.publication.formats:
            message = f"{handed_over}, and publication.yaml now has the audience {chosen.id}."
            hint = f"Hand it over again: newsletter hand-over {number}."
        raise self.there.error(message, hint)

    def _require_unsent(self) -> None:
        """Raise HandoverError if the campaign is neither a draft nor scheduled."""
        if self.campaign.status in (Status.DRAFT, Status.SCHEDULED):
            return

        message = f"In {self.there.title} this issue is {self.campaign.status}."
        hint = f"Look at it: {self.campaign.address}"
        if self.galley.issue.publication.formats:
            hint += " Send the formats that are left from there."
        raise self.there.error(message, hint)

    def _require_unchanged_there(self) -> None:
        """Raise HandoverError if somebody changed the campaign in the service."""
        if changes(self.there.draft, self.campaign):
            raise self.there.changed_error(self.campaign)

    def _require_unchanged_here(self) -> None:
        """Raise HandoverError if the issue is not what was handed over."""
        draft = self.there.draft
        profile = self.there.destination.profile
        tags = profile_of(draft.tags)
        outgoing = outgoing_of(self.galley, profile, draft.audience_id, tags, draft.kept)
        files = files_of(outgoing)

        # A command that broke off may have left a time, which is set again.
        timeless = replace(self.campaign, scheduled=None)
        is_unchanged = (
            outgoing.title == draft.subject
            and digests(files) == draft.files
            and differences(outgoing, timeless, profile) == draft.differences
        )
        if not is_unchanged:
            message = "This issue has changed since it was handed over."
            hint = f"Hand it over again: newsletter hand-over {draft.number}."
            raise self.there.error(message, hint)

    def _require_only_campaign(self) -> None:
        """Raise HandoverError if there is a second campaign, which may have been sent already."""
        others = [
            campaign
            for campaign in self.there.service.find(self.there.marker)
            if campaign.id != self.there.campaign_id
        ]
        if others:
            named = in_words(others)
            message = f"{self.there.title} has another campaign of this issue: {named}."
            hint = "Nothing was scheduled. Look at them, and delete all but one there."
            raise self.there.error(message, hint)


def require_same_formats(galley: Galley, destination: Destination) -> None:
    """Raise HandoverError unless the formats are those that were handed over, the same one first.

    Whoever finds the draft of a format that is one no longer might send it, and its readers would
    get the issue twice.
    """
    for each in galley.every_format:
        require_same_order(each)

    current = {each.email.further_format for each in galley.every_format}
    for record in records_of(galley.folder):
        draft = record.read()
        if draft is None or record.further_format in current:
            continue

        marker = marker_of(draft.publication, draft.number, record.further_format)
        campaign = Campaigns(destination, marker, record).existing(draft)
        if campaign:
            message = (
                f"'{record.further_format}' is no longer a format of the publication, and"
                f" {destination.title} has this issue in it: {in_words([campaign])}."
            )
            hint = (
                "Its readers might get the issue twice. If nobody can have received it: delete it"
                " there, then this folder here."
            )
            raise record.error(message, hint)

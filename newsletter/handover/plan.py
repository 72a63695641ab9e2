"""What is to be handed over, where and by whom, and what the editor sees of it first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from newsletter.checks.report import Report
from newsletter.email.message import approved_digest
from newsletter.errors import HandoverError
from newsletter.handover.campaigns import Campaigns
from newsletter.handover.destination import Destination
from newsletter.handover.differences import differences
from newsletter.handover.fingerprints import fingerprints_of
from newsletter.handover.outgoing import outgoing_of
from newsletter.handover.publishing import Copied, publish, require_place
from newsletter.handover.record import Record, digests, files_of, versions
from newsletter.handover.served import require_served
from newsletter.handover.storing import Store
from newsletter.model import Draft, File, Issue
from newsletter.services import profile_of
from newsletter.services.protocol import Campaign, Capability, Outgoing, Service


@dataclass(frozen=True)
class HandoverPlan:
    """What is about to be done, for the editor to agree to."""

    does: Literal["create", "update", "send"]
    outgoing: Outgoing
    destination: Destination
    overwrites: tuple[str, ...] = ()
    """Where the existing draft differs because somebody changed it in the service, a line each."""
    uploads: tuple[File, ...] = ()
    """The files that the service is to keep, and does not have yet."""


Confirm = Callable[[HandoverPlan], None]
"""Shows the editor what is about to be done, and raises if they do not agree."""


@dataclass(frozen=True)
class Handover:
    """A checked issue on its way to a service."""

    report: Report
    destination: Destination
    outgoing: Outgoing
    by: str
    """The person who hands it over."""
    copied: Copied | None
    """Is called with the files that were copied to where the publication serves them."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """Where readers get the files that the service itself keeps, by name."""

    @classmethod
    def prepare(
        cls, report: Report, destination: Destination, by: str, copied: Copied | None
    ) -> Handover:
        """Return the issue as the service will get it, with all files at their own addresses.

        Raise HandoverError if the service would not send it as it is, or if there is no place to
        copy its files to.
        """
        require_place(report.galley)
        return cls(report, destination, _outgoing(report, destination, {}), by, copied)

    @property
    def issue(self) -> Issue:
        """The issue that was checked."""
        return self.report.galley.issue

    @property
    def service(self) -> Service:
        """The service that gets it."""
        return self.destination.service

    @property
    def title(self) -> str:
        """The service's name, as it writes it."""
        return self.destination.title

    @property
    def record(self) -> Record:
        """The record of the issue."""
        return Record(self.report.folder)

    @property
    def campaigns(self) -> Campaigns:
        """The campaigns of the issue at the service."""
        marker = self.outgoing.marker
        return Campaigns(self.destination, marker, self.record)

    @property
    def store(self) -> Store:
        """The service's own store for the files of the email."""
        return Store(self.report.email, self.destination.profile, self.service)

    @property
    def uploads(self) -> tuple[File, ...]:
        """The files that the service is to keep, and does not have yet."""
        return tuple(file for file in self.store.files if file.name not in self.kept)

    def with_kept_files(self) -> Handover:
        """Return the same with the addresses of the files that the service has.

        Raise ServiceError.
        """
        return self._with(self.store.addresses())

    def with_uploads(self) -> Handover:
        """Upload what the service does not have. Return the same with the addresses of all files.

        Raise ServiceError.
        """
        return self._with(self.store.fill(self.kept))

    def bring_pictures(self) -> None:
        """Copy the files to where the publication serves them, and make sure that all are served.

        Raise HandoverError if one is not.
        """
        galley = self.report.galley
        publish(galley, self.copied)
        require_served(galley, self.kept, self.destination, self._undone)

    @property
    def _undone(self) -> str:
        """What is not done if it stops before anything is made."""
        if self.destination.profile.needs_upload:
            return "The email was not written"
        if self.destination.can(Capability.DRAFT):
            return "No draft was made or updated"
        return "Nothing was sent"

    def _with(self, kept: Mapping[str, str]) -> Handover:
        if kept == self.kept:
            return self
        outgoing = _outgoing(self.report, self.destination, kept)
        return replace(self, outgoing=outgoing, kept=kept)

    @property
    def files(self) -> dict[str, bytes]:
        """The files that are kept when all is done."""
        return files_of(self.outgoing)

    def differences(self, campaign: Campaign) -> tuple[str, ...]:
        """Return where a campaign differs from what the service was sent, a line each."""
        return differences(self.outgoing, campaign, self.destination.profile)

    def error(self, message: str, hint: str) -> HandoverError:
        """Return an error whose place is the folder ``handed-over/``."""
        return self.record.error(message, hint)

    def begin(self, campaign: Campaign | None = None) -> Draft:
        """Record what is about to be done, to an existing ``campaign`` or to a new one.

        Return the record. The files of the last time are replaced only when all is done.
        """
        draft = Draft(
            state="begun",
            publication=self.issue.publication.name,
            number=self.issue.number,
            subject=self.outgoing.title,
            service=self.destination.name,
            account=self.destination.account,
            audience=self.destination.audience,
            tags=self.destination.tags,
            campaign=campaign.id if campaign else None,
            address=campaign.address if campaign else None,
            content=approved_digest(self.report.email),
            fingerprints=fingerprints_of(self.issue),
            files=digests(self.files),
            kept=dict(self.kept),
            read_back=None,
            differences=(),
            additions=(),
            versions=versions(),
            by=self.by,
            begun=datetime.now(UTC),
            done=None,
            scheduled=None,
        )
        return self.record.save(draft)


def _outgoing(report: Report, destination: Destination, kept: Mapping[str, str]) -> Outgoing:
    return outgoing_of(
        report.galley,
        destination.profile,
        destination.audience_id,
        profile_of(destination.tags),
        kept,
    )

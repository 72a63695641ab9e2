"""One format of a checked issue on its way to a service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsletter.email.digests import approved_digest
from newsletter.errors import HandoverError
from newsletter.handover.campaigns import Campaigns
from newsletter.handover.destination import Destination
from newsletter.handover.differences import differences
from newsletter.handover.fingerprints import fingerprints_of
from newsletter.handover.outgoing import outgoing_of
from newsletter.handover.record import Record, digests, files_of, versions
from newsletter.handover.storing import files_to_keep
from newsletter.model import Draft, Email, Issue
from newsletter.services import profile_of
from newsletter.services.protocol import Campaign, Outgoing, Service

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley
    from newsletter.checks.report import Report


@dataclass(frozen=True)
class Handover:
    """One format of a checked issue on its way to a service."""

    galley: Galley
    destination: Destination
    outgoing: Outgoing
    by: str
    """The person who hands it over."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """Where readers get the files that the service itself keeps, by name."""

    @classmethod
    def prepare(cls, report: Report, destination: Destination, by: str) -> Handover:
        """Return the issue as the service will get it, with all files at their own addresses.

        It is in the format of the destination. Raise HandoverError if the service would not send it
        as it is.
        """
        galley = _galley_in(report, destination.format.name)
        return cls(galley, destination, _outgoing(galley, destination, {}), by)

    @property
    def email(self) -> Email:
        """The email that was checked."""
        return self.galley.email

    @property
    def issue(self) -> Issue:
        """The issue that was checked."""
        return self.galley.issue

    @property
    def format(self) -> str | None:
        """The name of the format; None if the publication has none."""
        return self.email.format.name if self.issue.publication.formats else None

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
        """The record of the issue in this format."""
        return Record(self.galley.folder, self.email.further_format)

    @property
    def campaigns(self) -> Campaigns:
        """The campaigns of the issue in this format at the service."""
        marker = self.outgoing.marker
        return Campaigns(self.destination, marker, self.record)

    @property
    def is_complete(self) -> bool:
        """Whether the service has all files that it is to keep."""
        files = files_to_keep(self.email, self.destination.profile)
        return all(file.name in self.kept for file in files)

    def with_kept(self, addresses: Mapping[str, str]) -> Handover:
        """Return the same with other addresses, by name, for the files that the service keeps."""
        names = [file.name for file in self.email.files]
        kept = {name: addresses[name] for name in names if name in addresses}
        if kept == self.kept:
            return self
        outgoing = _outgoing(self.galley, self.destination, kept)
        return replace(self, outgoing=outgoing, kept=kept)

    @property
    def files(self) -> dict[str, bytes]:
        """The files that are kept when all is done."""
        return files_of(self.outgoing)

    def differences(self, campaign: Campaign) -> tuple[str, ...]:
        """Return where a campaign differs from what the service was sent, a line each."""
        return differences(self.outgoing, campaign, self.destination.profile)

    def error(self, message: str, hint: str) -> HandoverError:
        """Return an error whose place is the folder ``handed-over/``, or the format's in it."""
        return self.record.error(message, hint)

    def begin(self, campaign: Campaign | None = None) -> Draft:
        """Record what is about to be done, to an existing ``campaign`` or to a new one.

        Return the record. The files of the last time are replaced only when all is done.
        """
        draft = Draft(
            state="begun",
            publication=self.issue.publication.name,
            number=self.issue.number,
            format=self.format,
            subject=self.outgoing.title,
            service=self.destination.name,
            account=self.destination.account,
            audience=self.destination.audience,
            tags=self.destination.tags,
            campaign=campaign.id if campaign else None,
            address=campaign.address if campaign else None,
            content=approved_digest(self.email),
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


def _galley_in(report: Report, format: str) -> Galley:
    """Return the galley of a report in a format. Raise ValueError if there is none."""
    for galley in report.galley.every_format:
        if galley.email.format.name == format:
            return galley
    raise ValueError(f"the issue that was checked has no format '{format}'")


def _outgoing(galley: Galley, destination: Destination, kept: Mapping[str, str]) -> Outgoing:
    return outgoing_of(
        galley,
        destination.profile,
        destination.audience_id,
        profile_of(destination.tags),
        kept,
    )

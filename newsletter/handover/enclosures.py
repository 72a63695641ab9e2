"""The files that an issue's emails show or link to: brought once for all formats.

Those that the service keeps are uploaded into its store (``storing.py``), or all are copied to
where the publication serves them (``publishing.py``). Then each is asked for, as a reader's program
does (``served.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsletter.handover.destination import Destination
from newsletter.handover.published import require_published
from newsletter.handover.publishing import Copied, publish, require_place
from newsletter.handover.served import require_served
from newsletter.handover.storing import Store
from newsletter.model import File
from newsletter.services.protocol import Capability

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley


@dataclass(frozen=True)
class Enclosures:
    """All files of the formats that are handed over together, on their way to readers."""

    galleys: tuple[Galley, ...]
    """The issue in each of these formats."""
    together: Galley
    """The first of them, with the files of all."""
    destination: Destination
    copied: Copied | None
    """Is called with the files that were copied to where the publication serves them."""

    @classmethod
    def of(
        cls, galleys: Sequence[Galley], destination: Destination, copied: Copied | None
    ) -> Enclosures:
        """Return the files of these galleys.

        Raise HandoverError if there is no place to copy them to.
        """
        together = _with_files_of_all(galleys)
        require_place(together)
        return cls(tuple(galleys), together, destination, copied)

    @property
    def files(self) -> tuple[File, ...]:
        """All files, each once."""
        return self.together.email.files

    @property
    def _store(self) -> Store:
        """The service's own store."""
        return Store(self.together.email, self.destination.profile, self.destination.service)

    def addresses(self) -> dict[str, str]:
        """Return where readers get those that the service keeps already, by name.

        Raise ServiceError.
        """
        return self._store.addresses()

    def missing(self, kept: Mapping[str, str]) -> tuple[File, ...]:
        """Return the files that the service is to keep, and that are not among those ``kept``."""
        return tuple(file for file in self._store.files if file.name not in kept)

    def upload(self, kept: Mapping[str, str]) -> dict[str, str]:
        """Upload what is not ``kept`` yet. Return where readers get each file, by name.

        Raise ServiceError.
        """
        return self._store.fill(kept)

    def require_published(self) -> None:
        """Raise HandoverError unless each page of the archive that the emails lead to is there."""
        require_published(self.galleys, self.destination, self.undone)

    def bring(self, kept: Mapping[str, str]) -> None:
        """Copy the files to where the publication serves them, and make sure that all are served.

        Raise HandoverError if one is not.
        """
        publish(self.together, self.copied)
        require_served(self.galleys, kept, self.destination, self.undone)

    @property
    def undone(self) -> str:
        """What is not done if it stops before anything is made."""
        if self.destination.profile.needs_upload:
            return "The email was not written"
        if self.destination.can(Capability.DRAFT):
            return "No draft was made or updated"
        return "Nothing was sent"


def _with_files_of_all(galleys: Sequence[Galley]) -> Galley:
    """Return the first galley with the files of all, each once."""
    files = {file.name: file for galley in galleys for file in galley.email.files}
    email = galleys[0].email.model_copy(update={"files": tuple(files.values())})
    return replace(galleys[0], email=email)

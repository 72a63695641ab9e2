"""Bring the files that an email shows into the service's own store, each once.

A file's name has a part of its content in it. So a service is asked for the names before anything
is uploaded; a command that broke off goes on where it stopped; and if two people upload a file at
the same moment, there are two that are alike, of which the older one counts. A picture that was
changed has another name: it is uploaded anew, and the old one stays, for what was sent shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsletter.errors import Refused, ServiceError, Uncertain
from newsletter.model import Email, File
from newsletter.services.kept_files import require_for_readers
from newsletter.services.protocol import Profile, Service


def files_to_keep(email: Email, profile: Profile) -> tuple[File, ...]:
    """Return the files of an email that a service itself is to keep.

    There are none if the publication says where else they are to be brought.
    """
    if email.issue.publication.pictures_to:
        return ()
    return tuple(file for file in email.files if file.bare_type in profile.keeps)


@dataclass(frozen=True)
class Store:
    """What a service keeps of the files of an email."""

    email: Email
    profile: Profile
    service: Service

    @property
    def files(self) -> tuple[File, ...]:
        """The files that the service itself is to keep."""
        return files_to_keep(self.email, self.profile)

    def addresses(self) -> dict[str, str]:
        """Return where readers get those of the files that are kept already, by name.

        Raise ServiceError, and Refused if readers cannot open an address.
        """
        if not self.files:
            return {}

        kept = self.service.kept_files([file.name for file in self.files])
        for address in kept.values():
            require_for_readers(address, self.profile.title)
        return dict(kept)

    def fill(self, kept: Mapping[str, str]) -> dict[str, str]:
        """Upload the files that are not ``kept`` yet, and return where readers get each, by name.

        Raise ServiceError; what was uploaded until then is found when the command is run again.
        """
        addresses = dict(kept)
        for file in self.files:
            if file.name not in addresses:
                addresses[file.name] = self._address_of_new(file)
        return addresses

    def _address_of_new(self, file: File) -> str:
        try:
            address = self._uploaded(file)
        except ServiceError as error:
            raise _of_file(error, file) from None
        require_for_readers(address, self.profile.title)
        return address

    def _uploaded(self, file: File) -> str:
        """Upload a file and return its address, even if the answer was lost.

        If the service does not have it then, upload it once more: a second copy would do no harm.
        """
        try:
            return self.service.keep_file(file)
        except Uncertain:
            kept = self.service.kept_files([file.name])
        if file.name in kept:
            return kept[file.name]
        return self.service.keep_file(file)


def _of_file(error: ServiceError, file: File) -> ServiceError:
    """Return the error with the name of the file that was not stored."""
    (problem,) = error.problems
    name = file.source or file.name
    message = f"{name} was not uploaded, and nothing was done after that. {problem.message}"

    hint = problem.hint
    if isinstance(error, Refused) and not hint:
        hint = "Check which files it accepts, and how large they may be."
    return type(error)(error.service, message, hint, error.status)

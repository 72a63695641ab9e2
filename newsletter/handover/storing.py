"""Bring the files that an email shows into the service's own store, each once.

A file's name has a part of its content in it. So a service is asked for the names before anything
is uploaded; a command that broke off goes on where it stopped; and if two people upload a file at
the same moment, there are two that are alike, of which the older one counts. A picture that was
changed has another name: it is uploaded anew, and the old one stays, for what was sent shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsletter.errors import Refused, ServiceError, Uncertain
from newsletter.handover.destination import Destination
from newsletter.model import Email, File
from newsletter.services.kept_files import require_for_readers
from newsletter.services.protocol import Profile


def files_to_keep(email: Email, profile: Profile) -> tuple[File, ...]:
    """Return the files of an email that the service itself is to keep.

    There are none if the publication says where they are copied to.
    """
    if email.issue.publication.pictures_to:
        return ()
    return tuple(file for file in email.files if file.media_type in profile.keeps)


def kept_addresses(files: Sequence[File], destination: Destination) -> dict[str, str]:
    """Return where readers get those of the files that the service keeps already, by name.

    Raise ServiceError, and Refused if readers cannot open an address.
    """
    if not files:
        return {}

    kept = destination.service.kept_files([file.name for file in files])
    for address in kept.values():
        require_for_readers(address, destination.title)
    return dict(kept)


def store(
    files: Sequence[File], kept: Mapping[str, str], destination: Destination
) -> dict[str, str]:
    """Have the service keep the files that are not ``kept`` yet.

    Return where readers get each of them, by name. Raise ServiceError; what was uploaded until then
    is found when the command is run again.
    """
    addresses = dict(kept)
    for file in files:
        if file.name not in addresses:
            addresses[file.name] = _store_one(file, destination)
    return addresses


def _store_one(file: File, destination: Destination) -> str:
    try:
        address = _uploaded(file, destination)
    except ServiceError as error:
        raise _of_file(error, file) from None
    require_for_readers(address, destination.title)
    return address


def _uploaded(file: File, destination: Destination) -> str:
    """Upload a file and return its address, even if the answer was lost.

    If the service does not have it then, upload it once more: a second copy would do no harm.
    """
    service = destination.service
    try:
        return service.keep_file(file)
    except Uncertain:
        kept = service.kept_files([file.name])
    if file.name in kept:
        return kept[file.name]
    return service.keep_file(file)


def _of_file(error: ServiceError, file: File) -> ServiceError:
    """Return the error with the name of the file that was not stored."""
    (problem,) = error.problems
    name = file.source or file.name
    message = f"It does not have {name} yet, so no draft was made. {problem.message}"

    hint = problem.hint
    if isinstance(error, Refused) and not hint:
        hint = "Check which files it accepts, and how large they may be."
    return type(error)(error.service, message, hint, error.status)

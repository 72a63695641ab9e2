"""Whether readers will get the pictures of an email: asked before it can reach anybody."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from time import sleep
from typing import TYPE_CHECKING

from newsletter.checks.ignores import sort_out
from newsletter.email.readdressing import with_addresses
from newsletter.errors import HandoverError
from newsletter.model import File, Publication
from newsletter.problem import Problem

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley
    from newsletter.handover.destination import Destination

_RULE = "picture-not-served"
"""The rule that asks the same; what is ignored there is ignored here."""
_MORE = f"'newsletter explain {_RULE}' says more."
_PAUSES = (1, 3)
"""Seconds before what is not there is asked for again: it may have been brought there just now."""


def require_served(
    galleys: Sequence[Galley], kept: Mapping[str, str], destination: Destination, undone: str
) -> None:
    """Raise HandoverError unless each file of the emails is where readers get it, to the byte.

    ``galleys`` are formats of one issue; a file of several is asked for once. ``kept`` has the
    addresses of those that the destination itself keeps, by name. A picture from elsewhere must be
    there, and be a picture. The error names each that is not, and says what is ``undone``, such as
    "No draft was made". What a person still has to upload is not asked for.
    """
    if is_uploaded_later(galleys[0].issue.publication, destination):
        return

    served: set[str] = set()
    for galley in galleys:
        problems = unserved_files(galley, kept, destination, served)
        for seconds in _PAUSES:
            if not problems:
                break
            sleep(seconds)
            problems = unserved_files(galley, kept, destination, served)
        if problems:
            raise HandoverError([_summary(galley, undone), *problems])
        served.update(file.name for file in galley.email.files)


def _summary(galley: Galley, undone: str) -> Problem:
    """Return what was not done, and that other problems say why."""
    message = f"{undone}: readers may not get every picture or calendar file."
    hint = "The other lines say which, and what to do."
    return Problem(galley.folder.handed_over, None, message, f"{hint} {_MORE}")


def is_uploaded_later(publication: Publication, destination: Destination) -> bool:
    """Return whether a person uploads the pictures after an issue was handed over."""
    is_copied = publication.pictures_to is not None
    return destination.profile.needs_upload and not is_copied


def unserved_files(
    galley: Galley,
    kept: Mapping[str, str],
    destination: Destination,
    served: Container[str] = (),
) -> list[Problem]:
    """Return what readers would not get, without what the publication or the issue ignores.

    The files named ``served`` are known to be there, and not asked for.
    """
    # TLS and threads, only where they are used
    from newsletter.checks.serving import (
        fetched,
        is_offline,
        not_known,
        place_of_address,
        unserved,
    )

    def hint_for(file: File) -> str:
        if file.name in kept:
            return f"{destination.title} may need a minute: try again."
        return _to_do(galley, file)

    every_file = with_addresses(galley.email, kept).files
    files = [file for file in every_file if file.name not in served]
    found = fetched(galley, files, destination.transport)
    if is_offline(found):
        hint = "Try again when you are online. If you are online now, check this address."
        return [place_of_address(galley).error(not_known(files, found), hint).problem]

    recompressed = kept if destination.profile.may_recompress else {}
    findings = unserved(galley, files, found, hint_for, recompressed)
    reported, _ = sort_out(galley, (replace(finding, check=_RULE) for finding in findings))
    return [finding.problem for finding in reported if finding.severity == "error"]


def _to_do(galley: Galley, file: File) -> str:
    """Return what to do if a file is not at the publication's own address."""
    publication = galley.issue.publication
    if publication.pictures_to:
        return (
            f"Check that '{publication.pictures}' serves what is in '{publication.pictures_to}',"
            " and hand the issue over again."
        )

    number = galley.issue.number
    written = f"from build/{number}/pictures/ ('newsletter build {number}' writes it)"
    if file.is_picture:
        return f"Upload the picture {written}, and try again."
    return (
        f"Upload the calendar file {written}, or write 'calendars: false' in publication.yaml."
        " Then try again."
    )

"""Whether the files of an email are on the web, as they were made, for readers to get."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsletter.checks.across_formats import found_in
from newsletter.checks.verdict import files_in_words
from newsletter.checks.web import Fetched, Outcome, fetch
from newsletter.model import File, Finding, Place, Severity
from newsletter.text.printable import LONGEST_ADDRESS, printable

if TYPE_CHECKING:
    import httpx

    from newsletter.checks.galley import Galley

_BEGINNING = 1
"""Bytes that are read of a picture from elsewhere: enough to know that it is there."""
_UNTYPED = ("application/octet-stream", "binary/octet-stream")
"""How servers send what they do not know the type of. Many programs look into it, and see."""
MEANINGS: dict[Outcome, tuple[Severity, str]] = {
    "missing": ("error", "is not there (the server says {})"),
    "refused": ("error", "is not served (the server says {})"),
    "no host": ("error", "is on a host that does not exist"),
    "faulty encryption": ("error", "is on a host with faulty encryption ({})"),
    "endless": ("error", "is redirected without end"),
    "failed": ("error", "cannot be fetched ({})"),
    "slow": ("warning", "is on a server that does not answer in time"),
    "closed": ("info", "is not given to this program (the server says {})"),
    "unreachable": ("info", "is on a host that cannot be reached"),
    "unknown issuer": ("info", "is on a host whose certificate is from an issuer not known here"),
    "late": ("info", "could not be asked for within {} seconds"),
}
"""How serious it is if a picture from elsewhere is answered so, and what it means of anything that
is asked for."""
_ELSEWHERE = "Find its new address, or leave the picture out."


def fetched(
    galley: Galley, files: Collection[File], transport: httpx.BaseTransport | None = None
) -> dict[str, Fetched]:
    """Return what is on the web at the address of each file, and of each picture from elsewhere.

    ``files`` are the issue's own, at the addresses from which readers get them. Without a
    ``transport``, they are asked for over the network.
    """
    sizes = {file.address: len(file.content) + 1 for file in files}
    for each in galley.every_format:
        for image in each.images_elsewhere:
            sizes.setdefault(image.address, _BEGINNING)
    if not sizes:
        return {}
    return dict(fetch(sizes, transport=transport))


def is_offline(found: Mapping[str, Fetched]) -> bool:
    """Return whether there is no network: something was asked for, and no host was reached."""
    if not found:
        return False
    answers = [fetched.answer for fetched in found.values()]
    return not any(answer.has_network for answer in answers)


def not_known(files: Collection[File], found: Mapping[str, Fetched]) -> str:
    """Return a sentence for when no host was reached: what is not known, and which host."""
    elsewhere = len(found) - len(files)
    asked = files_in_words(files, elsewhere=elsewhere)
    hosts = dict.fromkeys(urlsplit(address).netloc for address in found)
    either = printable(" or ".join(hosts))
    return f"It is not known whether readers get {asked}: there is no connection to {either}."


def place_of_address(galley: Galley) -> Place:
    """Return where the publication says at which address its pictures are."""
    return galley.manuscript.place(galley.issue.publication, "pictures")


def unserved(
    galley: Galley,
    files: Collection[File],
    found: Mapping[str, Fetched],
    hint_for: Callable[[File], str],
    recompressed: Container[str] = (),
) -> Iterator[Finding]:
    """Yield a finding for each file, and each picture from elsewhere, that readers would not get.

    The issue's own must be there to the byte, but for pictures whose names are in ``recompressed``:
    whoever serves them may have saved them again. ``hint_for`` says what to do if one is not. What
    is from elsewhere must be a picture; only what is wrong for certain is an error.
    """
    yield from _own(galley, files, found, hint_for, recompressed)
    yield from found_in(galley.every_format, partial(_from_elsewhere, found))


def _own(
    galley: Galley,
    files: Collection[File],
    found: Mapping[str, Fetched],
    hint_for: Callable[[File], str],
    recompressed: Container[str],
) -> Iterator[Finding]:
    place = place_of_address(galley)
    for file in files:
        served = found[file.address]
        fault = _fault(file, served, may_differ=file.name in recompressed)
        if not fault:
            continue

        severity = _severity(file, served)
        thing = "picture" if file.is_picture else "file"
        yield place.finding(severity, _sentence(thing, file.address, fault), hint_for(file))


def _severity(file: File, found: Fetched) -> Severity:
    """Return how serious it is if a file is not served as it should be."""
    is_only_of_wrong_type = found.content == file.content
    may_be_opened = found.media_type in _UNTYPED or not file.is_picture
    return "warning" if is_only_of_wrong_type and may_be_opened else "error"


def _fault(file: File, found: Fetched, *, may_differ: bool) -> str:
    """Return what is wrong with a file as it is served; empty if it is as it was made."""
    if found.answer.outcome != "found":
        _, meaning = MEANINGS[found.answer.outcome]
        return meaning.format(found.answer.detail)

    if not _fits(file, found.media_type):
        return f"is served as {printable(found.media_type) or 'nothing'}, not as {file.bare_type}"

    if found.content == file.content or (may_differ and file.is_picture):
        return ""
    return "is there, but it is not the file that was made"


def _fits(file: File, media_type: str) -> bool:
    """Return whether a program that shows a file takes it, if it is served as this type."""
    if file.is_picture:
        return _is_picture(media_type)  # programs look into it, to learn of which kind it is
    return media_type in (file.bare_type, *_UNTYPED)


def _is_picture(media_type: str) -> bool:
    return media_type.startswith("image/")


def _from_elsewhere(found: Mapping[str, Fetched], galley: Galley) -> Iterator[Finding]:
    for image in galley.images_elsewhere:
        answer, media_type, *_ = found[image.address]
        severity: Severity = "warning" if media_type in _UNTYPED else "error"
        if answer.outcome != "found":
            severity, meaning = MEANINGS[answer.outcome]
            fault = meaning.format(answer.detail)
        elif not _is_picture(media_type):
            fault = f"is no picture: it is served as {printable(media_type) or 'nothing'}"
        else:
            continue

        place = galley.where(image.element, image.address)
        yield place.finding(severity, _sentence("picture", image.address, fault), _ELSEWHERE)


def _sentence(thing: str, address: str, fault: str) -> str:
    shortened = printable(address, LONGEST_ADDRESS)
    return f"The {thing} '{shortened}' {fault}."

"""What was handed over, kept with the issue: email.html, email.txt and record.json in ``handed-over/``."""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

from newsletter._version import __version__
from newsletter.cache import cache_folder
from newsletter.checks.report import Report
from newsletter.email.message import approved_digest
from newsletter.errors import HandoverError, NewsletterError
from newsletter.files import MOST_KEPT, read_regular, write_atomically
from newsletter.handover.destination import Destination
from newsletter.handover.pieces import pieces_of
from newsletter.model import Draft
from newsletter.services.protocol import Campaign, Outgoing

RECORD = "record.json"
_NUMBER = re.compile(r"[0-9]+[a-z]?")
_LIBRARIES = ("jinja2", "markdown-it-py", "mjml-python", "premailer")


def handed_over(folder: Path) -> Path:
    """Return the folder where the issue in ``folder`` keeps what was handed over."""
    return folder / "handed-over"


def read_draft(folder: Path) -> Draft | None:
    """Return the record of the issue in ``folder``; None if it was never handed over. Raise HandoverError if it is
    damaged, or was copied along with the folder of another issue.
    """
    path, name = handed_over(folder) / RECORD, folder.resolve().name
    try:
        draft = Draft.model_validate_json(read_regular(path, MOST_KEPT))
    except FileNotFoundError:
        return None
    except (OSError, ValidationError):
        hint = "Restore it from git. Delete it only if the issue is not at any service yet."
        raise HandoverError.at(path, None, "This record cannot be read.", hint) from None
    if _NUMBER.fullmatch(name):
        require_own(draft, name, folder)
    return draft


def require_own(draft: Draft, number: str, folder: Path) -> None:
    """Raise HandoverError if the record is another issue's, whose draft must not be replaced by this one."""
    if draft.number != number:
        message = f"This record is of issue {draft.number}, not {number}."
        hint = f"If it was copied with the folder, delete {handed_over(folder).name}/ here."
        raise HandoverError.at(handed_over(folder) / RECORD, None, message, hint)


def require_draft(folder: Path) -> Draft:
    """Return the record of what was handed over. Raise HandoverError if nothing was, or it was not finished."""
    draft = read_draft(folder)
    if draft is None or draft.state != "done":
        never, half = (
            "This issue has not been handed over yet.",
            "Handing this issue over was not finished.",
        )
        message = never if draft is None else half
        hint = f"First: newsletter hand-over {folder.resolve().name}."
        raise HandoverError.at(handed_over(folder) / RECORD, None, message, hint)
    return draft


def write_draft(folder: Path, draft: Draft, files: Mapping[str, bytes] | None = None) -> Draft:
    """Save and return the record, with the ``files`` that were handed over; all is written, or nothing. Raise
    NewsletterError if it cannot be written.
    """
    record = draft.model_dump_json(indent=2).encode() + b"\n"
    try:
        write_atomically(handed_over(folder), {**(files or {}), RECORD: record})
    except OSError as error:
        message = f"The record of what was handed over cannot be written ({error.strerror})."
        raise NewsletterError.at(
            handed_over(folder), None, message, "Check the disk, and run the command again."
        ) from error
    return draft


def begin(
    folder: Path,
    report: Report,
    destination: Destination,
    outgoing: Outgoing,
    by: str,
    campaign: Campaign | None = None,
) -> Draft:
    """Save and return the record of what is about to be done, to an existing ``campaign`` or to a new one. The files of
    the last time are replaced only when all is done. Raise NewsletterError.
    """
    issue = outgoing.email.issue
    draft = Draft(
        state="begun",
        publication=issue.publication.name,
        number=issue.number,
        subject=outgoing.title,
        service=destination.name,
        account=destination.account,
        audience=destination.audience,
        tags=destination.tags,
        campaign=campaign.id if campaign else None,
        address=campaign.address if campaign else None,
        content=approved_digest(report.email),
        pieces=pieces_of(issue),
        files=digests(files_of(outgoing)),
        held=None,
        differences=(),
        additions=(),
        versions=versions(),
        by=by,
        begun=datetime.now(UTC),
        done=None,
        scheduled=None,
    )
    return write_draft(folder, draft)


def with_whole_copies(folder: Path, draft: Draft, files: Mapping[str, bytes]) -> Draft:
    """Return the record, after writing its ``files`` again if a copy is damaged or missing."""
    paths = {handed_over(folder) / name: content for name, content in files.items()}
    whole = all(path.is_file() and path.read_bytes() == content for path, content in paths.items())
    return draft if whole else write_draft(folder, draft, files)


def forget_draft(folder: Path, earlier: Draft | None) -> None:
    """Undo the record of what was begun and came to nothing: restore the ``earlier`` one, if any."""
    if earlier:
        write_draft(folder, earlier)
    else:
        (handed_over(folder) / RECORD).unlink(missing_ok=True)


def files_of(outgoing: Outgoing) -> dict[str, bytes]:
    """Return the files that are kept: the parts of the email as the service gets them."""
    return {"email.html": outgoing.html.encode(), "email.txt": outgoing.text.encode()}


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """Return the versions of the programs that make an email."""
    libraries = {name: version(name) for name in _LIBRARIES}
    return {"newsletter": __version__, "python": platform.python_version(), **libraries}


@contextmanager
def exclusive_lock(folder: Path) -> Iterator[None]:
    """Keep all other processes of this person from handing over the issue in ``folder`` while this lasts. Raise
    HandoverError if one is at it, and NewsletterError where that cannot be made sure.
    """
    from filelock import FileLock, Timeout

    key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    lock = FileLock(cache_folder() / f"{key}.lock")
    try:
        cache_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        lock.acquire(blocking=False)
    except Timeout:
        message = "Another terminal is working on this issue, or is waiting for an answer."
        hint = "Finish or close it, and run the command again."
        raise HandoverError.at(folder / "issue.yaml", None, message, hint) from None
    except OSError as error:
        message = f"The command cannot make sure that nothing else is handing this issue over ({error.strerror})."
        hint = "Check the disk and its permissions, or name another place in NEWSLETTER_CACHE."
        raise NewsletterError.at(cache_folder(), None, message, hint) from error
    try:
        yield
    finally:
        lock.release()

"""What was handed over, in the issue's ``handed-over/``: email.html, email.txt, record.json."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from newsletter._version import __version__
from newsletter.errors import HandoverError, NewsletterError
from newsletter.files import MOST_KEPT, read_regular, write_atomically
from newsletter.handover.versioned import from_versioned_json, to_versioned_json
from newsletter.manifest.project import IssueFolder, is_number
from newsletter.model import Draft
from newsletter.services import names, profile_of
from newsletter.services.protocol import Outgoing
from newsletter.text.printable import printable

RECORD = "record.json"
_FORMAT, _NEWEST = 2, 3
"""The versions of the format of record.json. An older program would take an issue whose files the
service keeps (format 2) for a changed one, and one format of an issue (3) for all of it."""
_HTML, _TEXT = "email.html", "email.txt"
_PARTS = {_HTML, _TEXT}
_LIBRARIES = ("jinja2", "markdown-it-py", "mjml-python", "premailer")


@dataclass(frozen=True)
class Record:
    """The record of an issue: what was handed over, where, and what became of it."""

    issue: IssueFolder
    further_format: str = ""
    """The name of the format; empty for the leading one, or the only one."""

    @property
    def folder(self) -> Path:
        """The folder ``handed-over/`` of the issue; for further formats ``handed-over/full/``."""
        return self.issue.handed_over / self.further_format

    @property
    def file(self) -> Path:
        """The file ``record.json``."""
        return self.folder / RECORD

    def read(self) -> Draft | None:
        """Return the draft as it was recorded; None if the issue was never handed over.

        Raise HandoverError if the record is damaged, was written by a newer version of this
        program, or was copied along with the folder of another issue or format.
        """
        try:
            content = read_regular(self.file, MOST_KEPT)
            document = from_versioned_json(content, self.file, _NEWEST)
            draft = Draft.model_validate(document)
        except FileNotFoundError:
            return None
        except (OSError, ValueError):  # pydantic's ValidationError is a ValueError
            raise self._unreadable() from None

        self._require_known_service(draft)
        if is_number(self.issue.name):
            self.require_own(draft, self.issue.name)
        self._require_own_format(draft)
        return draft

    def _require_known_service(self, draft: Draft) -> None:
        """Raise HandoverError if the draft's service is not installed, or never gave it that id.

        The id becomes part of a web address or of a path.
        """
        if draft.service not in names():
            service = printable(draft.service)
            message = f"It was handed over to '{service}', and there is no mailing service of this"
            message += " name here."
            hint = "Install the plug-in that it comes with, or restore the record from git."
            raise HandoverError.at(self.file, None, message, hint)

        if draft.campaign is None:
            return
        profile = profile_of(draft.service)
        if not profile.is_campaign_id(draft.campaign, draft.number):
            raise self._unreadable()

    def _unreadable(self) -> HandoverError:
        message = "This record cannot be read."
        hint = "Restore it from git. Delete it only if the issue is not at any service yet."
        return HandoverError.at(self.file, None, message, hint)

    def require_own(self, draft: Draft, number: str) -> None:
        """Raise HandoverError if the draft is another issue's, which this one must not replace."""
        if draft.number == number:
            return

        message = f"This record is of issue {draft.number}, not {number}."
        hint = f"If it was copied with the folder, delete {self.folder.name}/ here."
        raise HandoverError.at(self.file, None, message, hint)

    def _require_own_format(self, draft: Draft) -> None:
        """Raise HandoverError if a record below that of the leading format is of another format."""
        if self.further_format in ("", draft.format):
            return

        message = f"This record is not of the format '{self.further_format}'."
        hint = f"If it was copied with the folder, delete {self.further_format}/ here."
        raise HandoverError.at(self.file, None, message, hint)

    def require(self) -> Draft:
        """Return the draft. Raise HandoverError if nothing was handed over, or not to the end."""
        draft = self.read()
        if draft and draft.state == "done":
            return draft

        if draft is None:
            message = "This issue has not been handed over yet."
        else:
            message = "Handing this issue over was not finished."
        hint = f"First: newsletter hand-over {self.issue.name}."
        raise HandoverError.at(self.file, None, message, hint)

    def save(self, draft: Draft, files: Mapping[str, bytes] | None = None) -> Draft:
        """Write the draft, with the ``files`` that were handed over: all of it, or nothing.

        Return the draft. Raise NewsletterError if it cannot be written.
        """
        content = {**(files or {}), RECORD: _to_json(draft)}
        try:
            write_atomically(self.folder, content)
            if files:
                self._remove_other_parts(files)
        except OSError as error:
            message = f"The record of what was handed over cannot be written ({error.strerror})."
            hint = "Check the disk, and run the command again."
            raise NewsletterError.at(self.folder, None, message, hint) from error
        return draft

    def _remove_other_parts(self, files: Mapping[str, bytes]) -> None:
        """Remove the parts that the email had before and has no longer."""
        for name in _PARTS - files.keys():
            (self.folder / name).unlink(missing_ok=True)

    def save_missing_copies(self, draft: Draft, files: Mapping[str, bytes]) -> None:
        """Write the ``files`` of the draft again if the copy of one is damaged or missing."""
        for name, content in files.items():
            copy = self.folder / name
            if not copy.is_file() or copy.read_bytes() != content:
                self.save(draft, files)
                return

    def restore(self, earlier: Draft | None) -> None:
        """Undo the record of what was begun and came to nothing: the ``earlier`` one is back."""
        if earlier:
            self.save(earlier)
        else:
            self.file.unlink(missing_ok=True)

    def error(self, message: str, hint: str) -> HandoverError:
        """Return an error whose place is the folder ``handed-over/``."""
        return HandoverError.at(self.folder, None, message, hint)


def records_of(issue: IssueFolder) -> tuple[Record, ...]:
    """Return the records of an issue that are there, one for each format that was handed over.

    That of the leading format comes first, then the others by name.
    """
    further = sorted(path.parent.name for path in issue.handed_over.glob(f"*/{RECORD}"))
    records = [Record(issue, name) for name in ("", *further)]
    return tuple(record for record in records if record.file.exists())


def _to_json(draft: Draft) -> bytes:
    """Return a draft as record.json has it, the same as ever if it is of no format."""
    fields = draft.model_dump(mode="json", by_alias=True)
    if draft.audience and draft.audience.within is None:
        del fields["audience"]["within"]

    if draft.format is None:
        del fields["of_format"]
        return to_versioned_json(fields, _FORMAT)
    return to_versioned_json(fields, _NEWEST)


def files_of(outgoing: Outgoing) -> dict[str, bytes]:
    """Return the files that are kept: the parts of the email as the service gets them."""
    parts = {_HTML: outgoing.html, _TEXT: outgoing.text}
    return {name: part.encode() for name, part in parts.items() if part}


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file."""
    return {name: digest(content) for name, content in files.items()}


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """Return the versions of the programs that make an email."""
    libraries = {name: version(name) for name in _LIBRARIES}
    return {
        "newsletter": __version__,
        "python": platform.python_version(),
        **libraries,
    }

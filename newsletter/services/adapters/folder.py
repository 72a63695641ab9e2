"""A folder on this computer: the files of an issue, to upload by hand to any mailing service."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.email.message import to_message
from newsletter.errors import Unavailable, Unsupported
from newsletter.files import MOST_KEPT, read_regular, relative_to_cwd, write_atomically
from newsletter.model import Audience, Email, File
from newsletter.services.audience_ids import counts_no_overlap
from newsletter.services.kept_files import keeps_no_files
from newsletter.services.protocol import (
    Campaign,
    Capability,
    Outgoing,
    Profile,
    Status,
    file_mark,
)
from newsletter.services.settings import Settings
from newsletter.text.slug import slug

if TYPE_CHECKING:
    import httpx

_TITLE = "Folder"
_HTML, _TEXT, _MESSAGE = "email.html", "email.txt", "email.eml"
_PARTS = (_HTML, _TEXT, _MESSAGE)
_TEXT_ALONE = (_TEXT, _MESSAGE)
_PICTURES = "pictures"
_PICTURE = re.compile(rf"{_PICTURES}/[0-9]+[a-z]?/[\w.-]+")
"""The name of a picture, or another file, below the folder: ``pictures/652/lab-3f9a61c2.jpg``."""
_ID = re.compile(r"(build/[0-9]+[a-z]?/handed-over)(?:/[a-z][a-z0-9-]*)?")
"""The folder of an issue's files; those of each further format are in a folder within it."""
_ZIP_BEGINS, _ZIP_ENDS = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
"""The times that a zip can hold."""
_UNIX = 3
_READABLE = 0o100644 << 16
"""How a zip marks a file that everybody may read."""


def _connect(settings: Settings, _: httpx.BaseTransport | None) -> Folder:
    return Folder(settings.folder)


def _id_of(number: str, further_format: str = "") -> str:
    """Return the folder of the files, below the newsletter's: that is the id."""
    folder = f"build/{number}/handed-over"
    if not further_format:
        return folder
    return f"{folder}/{further_format}"


def _is_id_of(campaign: str, number: str) -> bool:
    """Return whether an id is that of one of an issue's formats."""
    found = _ID.fullmatch(campaign)
    return found is not None and found[1] == _id_of(number)


PROFILE = Profile(
    title=_TITLE,
    can=frozenset(
        {
            Capability.DRAFT,
            Capability.UPDATE,
            Capability.READ_BACK,
            Capability.PLAIN_TEXT,
            Capability.PREHEADER,
            Capability.TEXT_ALONE,
        }
    ),
    connect=_connect,
    needs_upload=True,
    is_campaign_id=_is_id_of,
    notes=("The merge tags in the files are those of the service named with --tags.",),
)


class Folder:
    """The folders of the files of a newsletter's issues; see ``services.protocol.Service``."""

    def __init__(self, newsletter: Path) -> None:
        self._newsletter = newsletter

    def account(self) -> str:
        """Return "this computer": there is no account to log in to."""
        return "this computer"

    def missing_setup(self) -> Sequence[str]:
        """Return nothing: nothing is needed."""
        return ()

    def audiences(self) -> Sequence[Audience]:
        """Raise Unsupported."""
        hint = "Choose them where the files are uploaded."
        raise Unsupported(_TITLE, "It does not know any readers.", hint)

    def overlap(self, one: str, other: str) -> int:
        """Raise Unsupported."""
        raise counts_no_overlap(_TITLE)

    def find(self, marker: str) -> Sequence[Campaign]:
        """Return nothing: an issue's files have one place, and need not be found."""
        return ()

    def create(self, outgoing: Outgoing) -> str:
        """Write the files and return their folder, below the newsletter's, as the id."""
        email = outgoing.email
        campaign = _id_of(email.issue.number, email.further_format)
        self.update(campaign, outgoing)
        return campaign

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Write all files, or none."""
        folder = self._newsletter / campaign
        try:
            write_atomically(folder, _files(outgoing), as_one=True)
            if not outgoing.html:
                (folder / _HTML).unlink(missing_ok=True)  # of a format that had one
        except OSError as error:
            place = relative_to_cwd(folder)
            message = f"The files cannot be written to {place} ({error.strerror})."
            hint = "Nothing was changed. Check the disk and its permissions."
            raise Unavailable(_TITLE, message, hint) from error

    def read(self, campaign: str) -> Campaign | None:
        """Return what is in the files; None if one of them is missing."""
        if not _ID.fullmatch(campaign):
            return None  # a record can be edited by hand, and names no place elsewhere

        contents = _contents(self._newsletter / campaign)
        if not contents:
            return None
        return _campaign(campaign, contents)

    def delete(self, campaign: str) -> None:
        """Raise Unsupported: files are replaced, never deleted."""
        raise Unsupported(_TITLE, "It deletes nothing.", "Delete the files by hand.")

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Raise Unsupported: files go nowhere."""
        raise _sends_nothing("Send tests with smtp.")

    def schedule(self, campaign: str, at: datetime) -> None:
        """Raise Unsupported: files go nowhere."""
        raise _sends_nothing("Set the time where the files are uploaded.")

    def unschedule(self, campaign: str) -> None:
        """Raise Unsupported: files go nowhere."""
        raise _sends_nothing("Unschedule it where the files were uploaded.")

    def kept_files(self, names: Sequence[str]) -> Mapping[str, str]:
        """Raise Unsupported."""
        raise keeps_no_files(_TITLE)

    def keep_file(self, file: File) -> str:
        """Raise Unsupported."""
        raise keeps_no_files(_TITLE)


def _sends_nothing(hint: str) -> Unsupported:
    return Unsupported(_TITLE, "It does not send anything.", hint)


def _files(outgoing: Outgoing) -> dict[str, bytes]:
    """Return the files of an issue by name: HTML if it has any, text, message, pictures, and a zip
    of them all.

    The pictures are where they must be on the web below the address that the publication has for
    them: what is in ``pictures/`` here belongs there.
    """
    issue = outgoing.email.issue
    parts = {_HTML: outgoing.html.encode()} if outgoing.html else {}
    parts[_TEXT] = outgoing.text.encode()
    parts[_MESSAGE] = to_message(outgoing.email)
    for file in outgoing.email.files:
        parts[f"{_PICTURES}/{issue.number}/{file.name}"] = file.content
    return {**parts, _zip_name(outgoing.email): _zipped(parts, issue.published)}


def _contents(folder: Path) -> dict[str, bytes]:
    """Return the files of an issue by name; none if one is missing."""
    names = _zipped_names(folder)
    try:
        return {name: read_regular(folder / name, MOST_KEPT) for name in names}
    except OSError:
        return {}


def _campaign(campaign: str, contents: Mapping[str, bytes]) -> Campaign:
    """Return what is in the files."""
    headers = _headers(contents[_MESSAGE])
    sender_name, sender_address = parseaddr(headers.get("From", ""))
    _, reply_to = parseaddr(headers.get("Reply-To", sender_address))
    files = [file_mark(name, contents[name]) for name in contents if name not in _PARTS]

    return Campaign(
        id=campaign,
        name=None,
        status=Status.DRAFT,
        address=campaign,
        audiences=(),
        subject=headers.get("Subject", ""),
        sender_name=sender_name,
        sender_address=sender_address,
        reply_to=reply_to,
        html=contents.get(_HTML, b"").decode(errors="replace"),
        text=contents[_TEXT].decode(errors="replace"),
        files=tuple(files) or None,
    )


def _zip_name(email: Email) -> str:
    """Return the name of the zip: that of a further format says which one it is."""
    issue = email.issue
    name = slug(issue.publication.name) or "newsletter"
    words = filter(None, (name, issue.number, email.further_format))
    return f"{'-'.join(words)}.zip"


def _zipped(files: Mapping[str, bytes], at: datetime) -> bytes:
    """Return a zip of ``files``: the same bytes on every computer.

    So nothing is compressed, and all files have the issue's time.
    """
    from io import BytesIO
    from zipfile import ZipFile, ZipInfo

    stamp = _zip_time(at)
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, file in files.items():
            entry = ZipInfo(name, stamp)
            entry.create_system = _UNIX  # wherever it is made
            entry.external_attr = _READABLE
            archive.writestr(entry, file)
    return content.getvalue()


def _zip_time(at: datetime) -> tuple[int, int, int, int, int, int]:
    """Return a time as a zip has it, or the nearest that it can have."""
    stamp = (at.year, at.month, at.day, at.hour, at.minute, at.second)
    stamp = max(stamp, _ZIP_BEGINS)
    return min(stamp, _ZIP_ENDS)


def _zipped_names(folder: Path) -> list[str]:
    """Return the names of the files of which the folder has a whole zip; none without one."""
    for path in folder.glob("*.zip"):
        names = _names_in(path)
        if names:
            return names
    return []


def _names_in(path: Path) -> list[str]:
    """Return the names of the files in a zip, the parts of the email first.

    Return none if it cannot be opened, or is not one of those that are made here: one of its files
    is missing or compressed.
    """
    from zipfile import ZIP_STORED, ZipFile

    if not path.is_file():
        return []
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            is_stored = all(entry.compress_type == ZIP_STORED for entry in entries)
            is_whole = is_stored and _are_ours(names) and archive.testzip() is None
    except Exception:  # noqa: BLE001 - there are many ways in which a zip can be damaged
        return []
    return names if is_whole else []


def _are_ours(names: Sequence[str]) -> bool:
    """Return whether these are the parts of an email, in order, and then its pictures."""
    own = _PARTS if _HTML in names else _TEXT_ALONE
    parts, others = tuple(names[: len(own)]), names[len(own) :]
    are_pictures = all(map(_PICTURE.fullmatch, others))
    return parts == own and are_pictures


def _headers(message: bytes) -> dict[str, str]:
    """Return the headers of a message, decoded; none if they cannot be read."""
    from email import policy
    from email.parser import BytesHeaderParser

    try:
        parsed = BytesHeaderParser(policy=policy.default).parsebytes(message)
        return {name: str(value) for name, value in parsed.items()}
    except Exception:  # noqa: BLE001 - anything may be written there: thousands of brackets, say
        return {}

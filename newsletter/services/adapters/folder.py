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
from newsletter.model import Audience, Issue
from newsletter.services.protocol import Campaign, Capability, Outgoing, Profile, Status
from newsletter.services.settings import Settings
from newsletter.text.slug import slug

if TYPE_CHECKING:
    import httpx

_TITLE = "Folder"
_HTML, _TEXT, _MESSAGE = "email.html", "email.txt", "email.eml"
_ZIP_BEGINS, _ZIP_ENDS = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
"""The times that a zip can hold."""
_HEADERS_END = 100_000
"""How many bytes of a message are searched for headers."""
_LONGEST_HEADER = 2_000
_ID = re.compile(r"build/[0-9]+[a-z]?/handed-over")
_READABLE = 0o100644 << 16
"""How a zip marks a file that everybody may read."""


class Folder:
    """``build/<number>/handed-over/`` of a newsletter; see ``services.protocol.Service``."""

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
        raise _unsupported(
            "It does not know any readers.", "Choose them where the files are uploaded."
        )

    def find(self, marker: str) -> Sequence[Campaign]:
        """Return nothing: an issue's files have one place, and need not be found."""
        return ()

    def create(self, outgoing: Outgoing) -> str:
        """Write the files and return their folder, below the newsletter's, as the id."""
        campaign = _place_of(outgoing.email.issue.number)
        self.update(campaign, outgoing)
        return campaign

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Write all files, or none."""
        parts = {
            _HTML: outgoing.html.encode(),
            _TEXT: outgoing.text.encode(),
            _MESSAGE: to_message(outgoing.email),
        }
        issue = outgoing.email.issue
        try:
            files = {**parts, _zip_name(issue): _zipped(parts, issue.published)}
            write_atomically(self._newsletter / campaign, files, as_one=True)
        except OSError as error:
            message = f"The files cannot be written to {relative_to_cwd(self._newsletter / campaign)} ({error.strerror})."
            raise Unavailable(
                _TITLE, message, "Nothing was changed. Check the disk and its permissions."
            ) from error

    def read(self, campaign: str) -> Campaign | None:
        """Return what is in the files; None if one of them is missing."""
        if not _ID.fullmatch(
            campaign
        ):  # a record can be edited by hand, and names no place elsewhere
            return None
        folder = self._newsletter / campaign
        try:
            html, text, message = (
                read_regular(folder / name, MOST_KEPT) for name in (_HTML, _TEXT, _MESSAGE)
            )
        except OSError:
            return None
        if not any(map(_is_whole, folder.glob("*.zip"))):
            return None
        headers = _headers(message)
        name, sender = parseaddr(headers.get("From", ""))
        return Campaign(
            id=campaign,
            name=None,
            status=Status.DRAFT,
            address=campaign,
            audiences=(),
            subject=headers.get("Subject", ""),
            sender_name=name,
            sender_address=sender,
            reply_to=parseaddr(headers.get("Reply-To", sender))[1],
            html=html.decode(errors="replace"),
            text=text.decode(errors="replace"),
        )

    def delete(self, campaign: str) -> None:
        """Raise Unsupported: files are replaced, never deleted."""
        raise _unsupported("It deletes nothing.", "Delete the files by hand.")

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Raise Unsupported: files go nowhere."""
        raise _unsupported("It does not send anything.", "Send tests with smtp.")

    def schedule(self, campaign: str, at: datetime) -> None:
        """Raise Unsupported: files go nowhere."""
        raise _unsupported(
            "It does not send anything.", "Set the time where the files are uploaded."
        )

    def unschedule(self, campaign: str) -> None:
        """Raise Unsupported: files go nowhere."""
        raise _unsupported(
            "It does not send anything.", "Unschedule it where the files were uploaded."
        )


def _place_of(number: str) -> str:
    """Return the folder of an issue's files, below the newsletter's."""
    return f"build/{number}/handed-over"


def _unsupported(message: str, hint: str) -> Unsupported:
    return Unsupported(_TITLE, message, hint)


def _zip_name(issue: Issue) -> str:
    return f"{slug(issue.publication.name) or 'newsletter'}-{issue.number}.zip"


def _zipped(files: Mapping[str, bytes], at: datetime) -> bytes:
    """Return a zip of ``files``: the same bytes on every computer, so nothing is compressed and all files have the
    issue's time.
    """
    from io import BytesIO
    from zipfile import ZipFile, ZipInfo

    year, month, day, hour, minute, second, *_ = at.timetuple()
    stamp = min(max((year, month, day, hour, minute, second), _ZIP_BEGINS), _ZIP_ENDS)
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            entry = ZipInfo(name, stamp)
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = _READABLE
            archive.writestr(entry, content)
    return packed.getvalue()


def _is_whole(path: Path) -> bool:
    """Return whether a zip can be opened and has all files, none of them compressed."""
    from zipfile import ZIP_STORED, ZipFile

    if not path.is_file():
        return False
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
            is_ours = [entry.filename for entry in entries] == [_HTML, _TEXT, _MESSAGE]
            is_plain = all(entry.compress_type == ZIP_STORED for entry in entries)
            return is_ours and is_plain and archive.testzip() is None
    except Exception:  # noqa: BLE001 - there are many ways in which a zip can be damaged
        return False


def _headers(message: bytes) -> dict[str, str]:
    """Return the headers of a message, decoded; none if they cannot be read."""
    from email import policy
    from email.parser import BytesHeaderParser

    try:
        parsed = BytesHeaderParser(policy=policy.default).parsebytes(message)
        return {name: str(value) for name, value in parsed.items()}
    except Exception:  # noqa: BLE001 - whatever somebody has written there, such as thousands of brackets
        return {}


def _connect(settings: Settings, _: httpx.BaseTransport | None) -> Folder:
    return Folder(settings.folder)


PROFILE = Profile(
    title=_TITLE,
    can=frozenset(
        {
            Capability.DRAFT,
            Capability.UPDATE,
            Capability.READ_BACK,
            Capability.PLAIN_TEXT,
            Capability.PREHEADER,
        }
    ),
    connect=_connect,
    is_campaign_id=lambda campaign, number: campaign == _place_of(number),
    notes=("The merge tags in the files are those of the service named with --tags.",),
)

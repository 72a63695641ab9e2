"""The parts of a message: its text, what is attached, and the messages within it."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from pathlib import PurePosixPath

_MOST_PARTS = 500
_DEEPEST = 50
_LOGO = 5 * 1024
"""Bytes of a picture that is no more than a logo in a signature."""
_LONGEST_NAME = 120
_CONTROLS = re.compile(r"[\x00-\x1f\x7f<>:\"|?*]")
_OF_THE_MAIL = {
    "winmail.dat": "Outlook has packed what was attached in a form of its own. Ask for it again.",
    "smime.p7s": "it is the mail's signature",
    "signature.asc": "it is the mail's signature",
}
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")


@dataclass(frozen=True)
class Attached:
    """A file that came with a mail."""

    name: str
    media_type: str
    charset: str
    content: bytes
    content_id: str = ""
    """By which a text shows it, as ``cid:…``."""
    is_flowed: bool = False
    """Whether its lines go on where they end with a space (RFC 3676)."""
    deletes_spaces: bool = False
    """Whether that space does not count."""

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture."""
        return self.media_type.startswith("image/")

    @property
    def is_logo(self) -> bool:
        """Whether it is too small for more than a logo."""
        return self.is_picture and len(self.content) < _LOGO


@dataclass
class Parts:
    """What is in a message."""

    texts: list[Attached] = field(default_factory=list)
    """What it says, as HTML if there is any."""
    files: list[Attached] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Sentences."""

    def shows(self, file: Attached) -> bool:
        """Return whether the text shows a file in it."""
        address = f"cid:{file.content_id}".encode()
        return file.content_id != "" and any(address in text.content for text in self.texts)


def parts_of(message: EmailMessage) -> Parts:
    """Return the parts of a message, of which there may be any number, as deep as they like."""
    parts = Parts()
    for number, part in enumerate(_leaves(message)):
        if number == _MOST_PARTS:
            parts.left_out.append(f"This mail has more than {_MOST_PARTS} parts.")
            break
        _add(part, parts)
    return parts


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that have no parts, or are messages, in their order."""
    waiting = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        if part.get_content_maintype() != "multipart" or depth > _DEEPEST:
            yield part
            continue
        inner = [one for one in part.get_payload() if isinstance(one, Message)]
        if part.get_content_subtype() == "alternative":
            inner = _best(inner)
        waiting += [(one, depth + 1) for one in reversed(inner)]


def _best(alternatives: list[Message]) -> list[Message]:
    """Return the richest of the ways in which a text is written, which is the last that we know."""
    for part in reversed(alternatives):
        kind = part.get_content_type()
        if kind == "text/html" or kind.startswith("multipart/"):
            return [part]
    return alternatives[:1]


def _add(part: Message, parts: Parts) -> None:
    if part.get_content_type() == "message/rfc822":
        parts.messages += _messages_in(part)
        return

    file = _file(part)
    reason = _OF_THE_MAIL.get(file.name.lower())
    if file.media_type in _TNEF:
        reason = _OF_THE_MAIL["winmail.dat"]
    is_text = file.media_type in ("text/html", "text/plain")
    is_attached = part.get_content_disposition() == "attachment" or part.get_filename()
    if reason:
        parts.left_out.append(f"The attachment {file.name}: {reason}")
    elif is_text and not is_attached:
        parts.texts.append(file)
    elif file.content:
        parts.files.append(file)


def _messages_in(part: Message) -> list[EmailMessage]:
    payload = part.get_payload()
    if isinstance(payload, list):
        return [one for one in payload if isinstance(one, EmailMessage)]
    content = part.get_payload(decode=True)  # encoded, which RFC 2046 does not allow
    if not isinstance(content, bytes):
        return []
    return [message_from_bytes(content, _class=EmailMessage, policy=default)]


def _file(part: Message) -> Attached:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    media_type = part.get_content_type()
    name = _safe(part.get_filename() or "")
    by_name = mimetypes.guess_type(name)[0] or media_type
    if media_type == "application/octet-stream" or by_name.startswith("image/"):
        media_type = by_name
    if not name:
        name = "attachment" + (mimetypes.guess_extension(media_type) or "")
    charset = str(part.get_param("charset") or "")
    content_id = str(part.get("Content-ID", "")).strip().strip("<>")
    is_flowed = str(part.get_param("format")).lower() == "flowed"
    deletes_spaces = str(part.get_param("delsp")).lower() == "yes"
    return Attached(name, media_type, charset, content, content_id, is_flowed, deletes_spaces)


def _safe(name: str) -> str:
    """Return the name of a file without folders, and without what no file's name has."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return _CONTROLS.sub("", last)[-_LONGEST_NAME:].strip(". ")

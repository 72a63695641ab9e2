"""The bytes of a mail as a message: of .eml by the standard library, of Outlook's .msg by another.

Both become an EmailMessage, so that there is one way from then on.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import TYPE_CHECKING

from newsletter.errors import UnreadableError
from newsletter.importers.original import unreadable

if TYPE_CHECKING:
    from newsletter.importers.original import Original

MOST_BYTES = 100 * 1024 * 1024
"""Of a mail with all its attachments: most servers take 25 MB."""
OUTLOOK = ".msg"
_BORDER = b"\n--"
_MOST_BORDERS = 5000
"""Lines that may be between parts: the standard library takes a millisecond for each part."""
_LONG_HEADER = re.compile(rb"^content-[a-z-]+:[^\n]{20000}", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEADER = 2000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Outlook begin, and old ones of Word."""
_RE = re.compile(
    r"\s*(?:(?:re|aw|sv|fwd?|fw|wg|tr|vs|antw)\s*(?:\[\d+\])?\s*:|\[external\])\s*", re.IGNORECASE
)
_FORWARD = re.compile(r"\s*(?:fwd?|fw|wg|tr)\s*:", re.IGNORECASE)


def opened(original: Original) -> EmailMessage:
    """Return the message that a file is. Raise UnreadableError."""
    if len(original.content) > MOST_BYTES:
        message = f"This mail is larger than {MOST_BYTES // 1024 // 1024} MB."
        raise unreadable(original, message, "Save its attachments, and add those.")
    if original.content.startswith(_OLE):
        return _from_outlook(original)
    if original.content.count(_BORDER) > _MOST_BORDERS or _LONG_HEADER.search(original.content):
        raise _damaged(original)
    try:
        return message_from_bytes(original.content, _class=EmailMessage, policy=policy.default)
    except (RecursionError, ValueError):
        raise _damaged(original) from None


def _from_outlook(original: Original) -> EmailMessage:
    from aspose.email_foss.cfb import CFBReader
    from aspose.email_foss.msg import MapiMessage, MsgDocument, MsgReader

    try:
        with MsgReader(CFBReader(original.content)) as reader:
            message = MapiMessage.from_msg_document(MsgDocument.from_reader(reader))
        converted: EmailMessage = message.to_email_message()
    except Exception:  # noqa: BLE001  of damaged files, the library lets any error through
        raise _damaged(original) from None
    return converted


def _damaged(original: Original) -> UnreadableError:
    message = "This mail is damaged, or is not one."
    return unreadable(original, message, "Save its attachments or its text, and add those.")


def sender_of(message: EmailMessage) -> str:
    """Return the name of who has sent a message, or else the address; empty if it says neither."""
    name, address = parseaddr(header(message, "From"))
    return " ".join(name.split()) or address


def subject_of(message: EmailMessage) -> str:
    """Return the subject without "Re:" and "Fwd:"."""
    subject = " ".join(header(message, "Subject").split())
    while match := _RE.match(subject):
        subject = subject[match.end() :]
    return subject


def is_forwarded(message: EmailMessage) -> bool:
    """Return whether the subject says that a message was sent on."""
    return _FORWARD.match(header(message, "Subject")) is not None


def header(message: EmailMessage, name: str) -> str:
    """Return the value of a header; empty if there is none, or if it cannot be read."""
    written = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    if len(str(written)) > _LONGEST_HEADER:
        return ""
    try:
        return str(message.get(name, ""))
    except (ValueError, TypeError, LookupError, IndexError, AttributeError):
        return ""  # faults that the standard library has with some malformed headers

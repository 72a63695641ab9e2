"""Turn an Email into the bytes of a standard message (RFC 5322, MIME), as a .eml file has them.

Python's older email interface writes it. The newer one encodes a List-Unsubscribe address that is longer than a line
(cpython issue 85725), and makes encoded-words of more than the 75 characters that RFC 2047 allows.

There is no List-Unsubscribe-Post. It promises that the address alone says who unsubscribes (RFC 8058, 3.1), but the
publication's address is the same for every reader; a mailing service that gives each reader an address adds both.
"""

from __future__ import annotations

import hashlib
import re
from email import base64mime, quoprimime
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING

from newsletter.email.merge_tags import own_values
from newsletter.model import Email, Publication
from newsletter.model.fields import mailbox
from newsletter.text.slug import slug

if TYPE_CHECKING:
    from datetime import datetime

_LONGEST_LINE = 78
"""Characters of a header's line where it can be broken (RFC 5322, 2.1.1)."""
_LONGEST_ENCODED = 75
"""The same for a line with encoded-words (RFC 2047, 2: 76)."""
_LONGEST_WORD = 60
_LONGEST_QUOTED = 74
"""Characters of a line in quoted-printable: 76 (RFC 2045, 6.7), minus the two that its first character may need."""
_MANGLED = re.compile(r"^(?:F(?=rom )|\.)", re.MULTILINE)
"""The first character of lines that mail servers are known to change on their way (RFC 2049, 3)."""
_POLICY = compat32.clone(linesep="\r\n", max_line_length=0)
"""Lines end as SMTP needs; headers are folded where they are made, and not again."""


def to_message(email: Email, to: str | None = None, at: datetime | None = None) -> bytes:
    """Return the message: plain text first, HTML last. Its date, id and boundary follow from the issue and the content,
    so the same email gives the same bytes. ``To`` is the sender's own address: a placeholder that no reader receives.

    For a message that is sent, ``to`` is the recipient's checked mail address, and ``at`` the time with its zone; its
    id is then the recipient's own.
    """
    digest = content_digest(email)[:20]
    message = MIMEMultipart("alternative", f"=_{digest}", policy=_POLICY)
    del (
        message["Content-Type"],
        message["MIME-Version"],
    )  # put behind the headers that a reader looks for
    publication = email.issue.publication
    name, address = mailbox(publication.sender)
    host = address.rpartition("@")[2]
    message["From"] = _mailbox("From", name, address)
    message["To"] = to or _mailbox("To", publication.name, address)
    if publication.reply_to:
        message["Reply-To"] = _mailbox("Reply-To", *mailbox(publication.reply_to))
    message["Subject"] = _text("Subject", email.subject)
    message["Date"] = format_datetime(at or email.issue.published)
    message["Message-ID"] = f"<{message_id(email, to)}>"
    message["List-Id"] = _list_id(publication, host)
    message["List-Unsubscribe"] = _folded("List-Unsubscribe", f"<{publication.unsubscribe}>")
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = f'multipart/alternative;\n boundary="=_{digest}"'
    message.attach(_part("plain", email.text))
    message.attach(_part("html", email.html))
    return message.as_bytes(policy=_POLICY)


def message_id(email: Email, to: str | None = None) -> str:
    """Return the text between the brackets of Message-ID: the same for the same content to the same recipient."""
    digest = content_digest(email)
    if to:
        digest = hashlib.sha256(f"{digest}\0{to}".encode()).hexdigest()
    host = mailbox(email.issue.publication.sender)[1].rpartition("@")[2]
    return f"{email.issue.number}.{digest[:20]}@{host}"


def content_digest(email: Email) -> str:
    """Return the SHA-256, in hexadecimal digits, of what a reader gets: different for any other content."""
    return hashlib.sha256("\0".join((email.subject, email.text, email.html)).encode()).hexdigest()


def approved_digest(email: Email) -> str:
    """Return the SHA-256, in hexadecimal digits, of all that an approval is about: what readers get of an email with
    neutral merge tags, the values of these tags, the sender, and the address for replies.
    """
    publication = email.issue.publication
    sender = (publication.sender, publication.reply_to or "")
    parts = (
        email.subject,
        email.preheader,
        email.text,
        email.html,
        *own_values(email.issue).values(),
        *sender,
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _part(subtype: str, content: str) -> MIMENonMultipart:
    """Return a part of the message in the shorter of the two encodings that every server passes on unchanged."""
    written = content.encode()
    ways = {"quoted-printable": _quoted(written), "base64": base64mime.body_encode(written)}
    shorter = min(ways, key=lambda way: len(ways[way]))

    part = MIMENonMultipart("text", subtype, charset="utf-8", policy=_POLICY)
    del part["MIME-Version"]  # the message has it
    part["Content-Transfer-Encoding"] = shorter
    part.set_payload(ways[shorter])
    return part


def _quoted(written: bytes) -> str:
    """Return text in quoted-printable, in which no line begins with "From " or a full stop."""
    lines = quoprimime.body_encode(written.decode("latin-1"), _LONGEST_QUOTED)
    return _MANGLED.sub(lambda first: f"={ord(first[0]):02X}", lines)


def _text(name: str, text: str) -> str:
    """Return the value of a header of free text: as it is, or in encoded-words if a header cannot have it so."""
    charset = "us-ascii" if _is_plain(text) else "utf-8"
    return Header(text, charset, maxlinelen=_LONGEST_ENCODED, header_name=name).encode()


def _is_plain(text: str) -> bool:
    """Return whether text can be written as it is: ASCII, single spaces, nothing that looks like an encoded-word."""
    plain = bool(re.fullmatch(r"[!-~]+( [!-~]+)*", text)) and "=?" not in text
    return plain and max(map(len, text.split(" "))) <= _LONGEST_WORD


def _mailbox(header: str, name: str, address: str) -> str:
    """Return ``name <address>``, the name quoted or encoded if necessary."""
    if name in ("", address):
        return address
    if _is_plain(name):
        return _folded(header, formataddr((name, address)))
    return f"{_text(header, name)}\n <{address}>"


def _folded(header: str, value: str) -> str:
    """Return a value in lines that are short enough, as far as it has spaces to break at (RFC 5322, 2.2.3)."""
    lines = [f"{header}:"]
    for word in value.split(" "):
        if len(f"{lines[-1]} {word}") > _LONGEST_LINE:
            lines.append("")
        lines[-1] += f" {word}"
    return "\n".join(lines).removeprefix(f"{header}:").removeprefix(" ")


def _list_id(publication: Publication, host: str) -> str:
    """Return the List-Id (RFC 2919): a description, if it is short plain ASCII, and a label in the sender's domain."""
    label = f"<{slug(publication.name) or 'newsletter'}.{host}>"
    is_short = re.fullmatch(r"[A-Za-z0-9 ]{1,60}", publication.name)
    return _folded("List-Id", f"{publication.name} {label}" if is_short else label)

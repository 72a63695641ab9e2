"""Turn an Email into the bytes of a standard message (RFC 5322, MIME), as a .eml file has them.

The headers are encoded by Python's older email interface. The newer one encodes a List-Unsubscribe
address that is longer than a line (cpython issue 85725), and makes encoded-words of more than the
75 characters that RFC 2047 allows.

There is no List-Unsubscribe-Post. It promises that the address alone says who unsubscribes (RFC
8058, 3.1), but the publication's address is the same for every reader; a mailing service that gives
each reader an address adds both.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from email.header import Header
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING

from newsletter.email.digests import content_digest, digest_of
from newsletter.email.pictures_inside import picture_part, with_pictures_inside
from newsletter.model import Email, Publication
from newsletter.model.fields import mailbox
from newsletter.text.flowed import flowed
from newsletter.text.slug import slug

if TYPE_CHECKING:
    from datetime import datetime

_HTML = 'text/html; charset="utf-8"'
_LONGEST_LINE = 78
"""Characters of a header's line where it can be broken (RFC 5322, 2.1.1)."""
_LONGEST_ENCODED = 75
"""The same for a line with encoded-words (RFC 2047, 2: 76)."""
_LONGEST_WORD = 60
_LONGEST_QUOTED = 74
"""Characters of a line in quoted-printable: 76 (RFC 2045, 6.7), minus the two that its first
character may need."""
_ASCII_WORDS = re.compile(r"[!-~]+( [!-~]+)*")
_NOT_PRINTABLE = re.compile(r"[^\t\n -~]+")
_CHANGED_ON_THE_WAY = ("From ", ".")
"""How lines begin that mail servers are known to change (RFC 2049, 3)."""
_NEW_HEADER = re.compile(r"\n(?! )|\r")
"""A line break in a header that no space follows: what comes after it would be another header."""


def to_message(
    email: Email,
    to: str | None = None,
    at: datetime | None = None,
    *,
    has_pictures_inside: bool = False,
) -> bytes:
    """Return the message: plain text first, HTML last, if there is any. Its date, id and
    boundaries follow from the issue and the content, so the same email gives the same bytes. ``To``
    is the sender's own address: a placeholder that no reader receives.

    For a message that is sent, ``to`` is the recipient's checked mail address, and ``at`` the time
    with its zone; its id is then the recipient's own. It may have its own pictures inside, which
    otherwise come from the web.
    """
    headers = _headers(email, to, at) | {"MIME-Version": "1.0"}
    body = _text_part(email)
    if email.html:
        body = _text_and_html(email, body, has_pictures_inside)

    message = _header_lines(headers) + body
    return message.replace("\n", "\r\n").encode("ascii")


def _text_and_html(email: Email, text: str, has_pictures_inside: bool) -> str:
    """Return the part with the text, and that of the HTML, as one of which a reader sees either."""
    digest = content_digest(email)
    html = _part(_HTML, email.html)
    if has_pictures_inside:
        html = _html_with_pictures(email, f"=_{digest[20:40]}")
    return _parts("alternative", f"=_{digest[:20]}", [text, html])


def _html_with_pictures(email: Email, boundary: str) -> str:
    """Return the HTML part and, if it shows pictures of its own, those with it as one part."""
    html, pictures = with_pictures_inside(email)
    if not pictures:
        return _part(_HTML, html)

    parts = [_part(_HTML, html)]
    parts += [picture_part(email, picture) for picture in pictures]
    return _parts("related", boundary, parts, '; type="text/html"')


def _parts(kind: str, boundary: str, parts: Sequence[str], parameter: str = "") -> str:
    """Return parts of a message as one, of a kind of multipart (RFC 2046, 5.1), with its header."""
    headers = {"Content-Type": f'multipart/{kind}{parameter};\n boundary="{boundary}"'}
    lines = [_header_lines(headers)]
    for part in parts:
        lines += [f"--{boundary}", part]
    return "\n".join([*lines, f"--{boundary}--", ""])


def _headers(email: Email, to: str | None, at: datetime | None) -> dict[str, str]:
    """Return the headers that a reader looks for, each in lines that are short enough."""
    publication = email.issue.publication
    name, address = mailbox(publication.sender)
    host = address.rpartition("@")[2]

    headers = {
        "From": _mailbox("From", name, address),
        "To": to or _mailbox("To", publication.name, address),
    }
    if publication.reply_to:
        headers["Reply-To"] = _mailbox("Reply-To", *mailbox(publication.reply_to))
    return headers | {
        "Subject": _text("Subject", email.subject),
        "Date": format_datetime(at or email.issue.published),
        "Message-ID": f"<{message_id(email, to)}>",
        "List-Id": _list_id(publication, host),
        "List-Unsubscribe": _folded("List-Unsubscribe", f"<{publication.unsubscribe}>"),
    }


def _header_lines(headers: Mapping[str, str]) -> str:
    """Return headers as they begin a message or a part of one. Raise ValueError for a line break
    that would begin another header.
    """
    for name, value in headers.items():
        if _NEW_HEADER.search(value):
            raise ValueError(f"a line break in {name} would begin another header")
    return "".join(f"{name}: {value}\n" for name, value in headers.items())


def message_id(email: Email, to: str | None = None) -> str:
    """Return the text between the brackets of Message-ID: the same for the same content in the same
    format to the same recipient.
    """
    digest = content_digest(email)
    if email.further_format:
        digest = digest_of(digest, email.further_format)
    if to:
        digest = digest_of(digest, to)
    _, address = mailbox(email.issue.publication.sender)
    _, _, host = address.rpartition("@")
    return f"{email.issue.number}.{digest[:20]}@{host}"


def _text_part(email: Email) -> str:
    """Return the plain text, as format=flowed if its paragraphs are known (RFC 3676)."""
    media_type = 'text/plain; charset="utf-8"'
    if not email.paragraphs:
        return _part(media_type, email.text)

    text, delete_spaces = flowed(email.paragraphs, email.issue.publication.text_width)
    media_type += "; format=flowed"
    if delete_spaces:
        media_type += "; delsp=yes"
    return _part(media_type, text)


def _part(media_type: str, content: str) -> str:
    """Return a part of the message in the shorter of the two encodings that every server passes on
    unchanged.
    """
    content = content.replace("\r\n", "\n")  # as all of the message, until it is written
    encoding, written = "quoted-printable", _quoted(content)
    octets = content.encode()
    # Base64 is longer than its content by a third and its line ends, so most texts need not be
    # tried in it.
    if len(written) * 3 > len(octets) * 4:
        in_base64 = base64.encodebytes(octets).decode("ascii")
        if len(in_base64) < len(written):
            encoding, written = "base64", in_base64

    headers = {
        "Content-Type": media_type,
        "Content-Transfer-Encoding": encoding,
    }
    return f"{_header_lines(headers)}\n{written}"


def _quoted(content: str) -> str:
    """Return text in quoted-printable, in which no line begins with "From " or a full stop."""
    ascii_only = _NOT_PRINTABLE.sub(_code_of, content.replace("=", "=3D"))
    lines: list[str] = []
    for line in ascii_only.split("\n"):
        lines += _short_lines(_without_space_at_its_end(line))

    for place, line in enumerate(lines):
        if line.startswith(_CHANGED_ON_THE_WAY):
            lines[place] = _hex_codes(line[0]) + line[1:]
    return "\n".join(lines)


def _code_of(match: re.Match[str]) -> str:
    return _hex_codes(match[0])


def _hex_codes(text: str) -> str:
    """Return each byte of a text as "=" and two hexadecimal digits."""
    return "=" + text.encode().hex("=").upper()


def _without_space_at_its_end(line: str) -> str:
    """Return a line whose last character is visible: servers may take a space there away."""
    if not line.endswith((" ", "\t")):
        return line
    return line[:-1] + _hex_codes(line[-1])


def _short_lines(line: str) -> list[str]:
    """Return a line in quoted-printable in parts that are short enough, all but the last with "="
    at their end.
    """
    parts: list[str] = []
    start = 0
    while len(line) - start > _LONGEST_QUOTED:
        end = start + _LONGEST_QUOTED - 1
        code = line.find("=", end - 2, end)
        if code >= 0:  # it stays whole
            end = code
        parts.append(f"{line[start:end]}=")
        start = end
    parts.append(line[start:])
    return parts


def _text(name: str, text: str) -> str:
    """Return the value of a header of free text: as it is, or in encoded-words if a header cannot
    have it so.
    """
    charset = "utf-8"
    if _is_plain(text):
        charset = "us-ascii"
    return Header(text, charset, maxlinelen=_LONGEST_ENCODED, header_name=name).encode()


def _is_plain(text: str) -> bool:
    """Return whether text can be written as it is: ASCII, single spaces, nothing that looks like an
    encoded-word.
    """
    if not _ASCII_WORDS.fullmatch(text) or "=?" in text:
        return False
    longest = max(map(len, text.split(" ")))
    return longest <= _LONGEST_WORD


def _mailbox(header: str, name: str, address: str) -> str:
    """Return ``name <address>``, the name quoted or encoded if necessary."""
    if name in ("", address):
        return address
    if _is_plain(name):
        return _folded(header, formataddr((name, address)))
    return f"{_text(header, name)}\n <{address}>"


def _folded(header: str, value: str) -> str:
    """Return a value in lines that are short enough, as far as it has spaces to break at (RFC 5322,
    2.2.3).
    """
    lines = [f"{header}:"]
    for word in value.split(" "):
        if len(f"{lines[-1]} {word}") > _LONGEST_LINE:
            lines.append("")
        lines[-1] += f" {word}"
    return "\n".join(lines).removeprefix(f"{header}:").removeprefix(" ")


def _list_id(publication: Publication, host: str) -> str:
    """Return the List-Id (RFC 2919): a description, if it is short plain ASCII, and a label in the
    sender's domain.
    """
    name = slug(publication.name) or "newsletter"
    value = f"<{name}.{host}>"
    is_short = re.fullmatch(r"[A-Za-z0-9 ]{1,60}", publication.name)
    if is_short:
        value = f"{publication.name} {value}"
    return _folded("List-Id", value)

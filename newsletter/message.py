"""An Email to the bytes of a standard message (RFC 5322, MIME), as a .eml file holds them."""

from __future__ import annotations

import hashlib
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Any
from urllib.parse import urlsplit

from newsletter.addresses import slug
from newsletter.fields import mailbox
from newsletter.model import Email, Publication


class _ListHeadersWhole(EmailPolicy):
    """Python's own policy encodes an address that is longer than a line (cpython issue 85725), and an encoded
    List-Unsubscribe is none. The List- headers stay on one line, which may have 998 octets (RFC 5322, 2.1.1).
    """

    def fold(self, name: str, value: Any) -> str:
        return f"{name}: {value}\r\n" if _is_list_header(name) else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii") if _is_list_header(name) else super().fold_binary(name, value)


_POLICY = _ListHeadersWhole(linesep=SMTP.linesep, cte_type="7bit", max_line_length=SMTP.max_line_length)


def _is_list_header(name: str) -> bool:
    return name.lower().startswith("list-")


def to_message(email: Email) -> bytes:
    """The message: plain text first, HTML last. Its date, id and boundary follow from the issue and the content, so
    the same email gives the same bytes. ``To`` is the sender's own address: a placeholder that no reader receives.
    """
    publication = email.issue.publication
    name, address = mailbox(publication.sender)
    digest = hashlib.sha256("\0".join((email.subject, email.text, email.html)).encode()).hexdigest()[:20]
    host = address.rpartition("@")[2]
    message = EmailMessage(_POLICY)
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(f"{publication.name} readers", addr_spec=address)
    if publication.reply_to:
        reply_name, reply_address = mailbox(publication.reply_to)
        message["Reply-To"] = Address(reply_name, addr_spec=reply_address)
    message["Subject"] = email.subject
    message["Date"] = email.issue.published
    message["Message-ID"] = f"<{email.issue.number}.{digest}@{host}>"
    message["List-Id"] = _list_id(publication, host)
    message["List-Unsubscribe"] = f"<{_ascii_address(publication.unsubscribe)}>"
    if publication.unsubscribe.startswith("https:"):
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(email.text)
    message.add_alternative(email.html, subtype="html")
    message.set_boundary(f"=_{digest}")
    return message.as_bytes()


def _list_id(publication: Publication, host: str) -> str:
    """RFC 2919: a description, where it is plain ASCII, and a label under a domain of ours."""
    label = f"<{slug(publication.name) or 'newsletter'}.{host}>"
    return f"{publication.name} {label}" if re.fullmatch(r"[A-Za-z0-9 ]+", publication.name) else label


def _ascii_address(address: str) -> str:
    """The address as a header can hold it: RFC 3986 has ASCII only, so the rest is percent-encoded, the host in IDNA."""
    from urllib.parse import quote

    host = urlsplit(address).netloc
    if not host.isascii():
        address = address.replace(host, host.encode("idna").decode("ascii"), 1)
    return quote(address, safe=":/?#[]@!$&'()*+,;=%-._~")

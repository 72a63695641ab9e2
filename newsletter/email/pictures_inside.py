"""Pictures that come inside a message (RFC 2387, RFC 2392), not from the web: for a test, which is
sent before they are served.
"""

from __future__ import annotations

import base64

from newsletter.email.readdressing import with_addresses
from newsletter.model import Email, File
from newsletter.model.fields import mailbox


def with_pictures_inside(email: Email) -> tuple[str, tuple[File, ...]]:
    """Return the HTML of an email with its own pictures named as parts of the message, and those
    pictures, each once.
    """
    host = _host(email)
    pictures = [file for file in email.files if file.is_picture]
    names = {file.name: f"cid:{_content_id(file, host)}" for file in pictures}
    html = with_addresses(email, names).html
    return html, tuple(file for file in pictures if names[file.name] in html)


def picture_part(email: Email, file: File) -> str:
    """Return a picture as a part of the message of an email."""
    headers = (
        f'Content-Type: {file.media_type}; name="{file.name}"\n'
        "Content-Transfer-Encoding: base64\n"
        f"Content-ID: <{_content_id(file, _host(email))}>\n"
        f'Content-Disposition: inline; filename="{file.name}"\n'
    )
    content = base64.encodebytes(file.content).decode("ascii")
    return f"{headers}\n{content}"


def _host(email: Email) -> str:
    """Return the part of the sender's address after its "@"."""
    _, address = mailbox(email.issue.publication.sender)
    return address.rpartition("@")[2]


def _content_id(file: File, host: str) -> str:
    """Return what names the picture in any message: a part of its name is from its content."""
    return f"{file.name}@{host}"

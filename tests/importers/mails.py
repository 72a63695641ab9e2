"""Mails for tests, made by the standard library."""

from __future__ import annotations

from email.message import EmailMessage

PIECE = "A trial of a new test has begun in Leeds.\n\nIt will take two years."


def mail(text: str = PIECE, html: str | None = None, **headers: str) -> EmailMessage:
    """Return a message with a text."""
    message = EmailMessage()
    for name, value in {
        "From": "Ann Sender <ann@example.org>",
        "Subject": "Fwd: A piece",
        **headers,
    }.items():
        message[name] = value
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message

"""What an editor reads when a mail server refuses, or the connection to it breaks."""

from __future__ import annotations

from newsletter.errors import NotAuthorised, Refused, ServiceError, Unavailable
from newsletter.services.mail_server import (
    HOST,
    PASSWORD,
    PORT,
    SECURITY,
    TITLE,
    USER,
    MailServer,
)

_ABOUT_CREDENTIALS = (530, 534, 535, 538)
"""Codes that are about credentials (RFC 4954, 6)."""


def error_of_reply(server: MailServer, code: int, words: bytes | str, problem: str) -> ServiceError:
    """Return the error for a reply that is not a success (RFC 5321, 4.2.1).

    ``problem`` says what it was a reply to: "It did not let us log in".
    """
    if isinstance(words, bytes):
        words = words.decode(errors="replace")
    reason = server.redact(words)
    details = f"{code}: {reason}" if reason else f"{code}"
    message = f"{problem} ({details})."

    if code in _ABOUT_CREDENTIALS:
        return NotAuthorised(TITLE, message, f"Check {USER} and {PASSWORD}.", code)
    if code // 100 == 5:
        return Refused(TITLE, message, "", code)
    if code // 100 == 4:
        return Unavailable(TITLE, message, "Run the command again in a few minutes.", code)

    message = f"{problem}; its answer cannot be understood."
    hint = f"Check that {HOST} and {PORT} are those of a mail server."
    return Unavailable(TITLE, message, hint)


def error_of_connection(server: MailServer, error: OSError | ValueError) -> ServiceError:
    """Return the error for a connection that was not made, or broke before it got a message."""
    import smtplib
    import ssl

    host, port = server.host, server.port
    if isinstance(error, smtplib.SMTPResponseException):
        problem = f"{host} ended the conversation"
        return error_of_reply(server, error.smtp_code, error.smtp_error, problem)

    if isinstance(error, ssl.SSLCertVerificationError):
        reason = error.verify_message.rstrip(".")
        message = f"{host} does not prove who it is ({reason}). Nothing was sent."
        return Unavailable(TITLE, message, f"Check {HOST}; somebody may be listening in.")

    reason = words_of(error, server)
    message = f"{host} does not answer as it should on port {port} ({reason})."
    hint = f"Check that this computer is online, and check {HOST}, {PORT} and {SECURITY}."
    return Unavailable(TITLE, message, hint)


def words_of(error: OSError | ValueError, server: MailServer) -> str:
    """Return what the system says about an error, as a message can show it."""
    words = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return server.redact(words)

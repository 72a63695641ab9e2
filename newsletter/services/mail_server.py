"""A mail server as the settings describe it, checked before anything is sent to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsletter.errors import NotAuthorised, Refused
from newsletter.services.http.address import is_this_computer
from newsletter.services.redaction import redact
from newsletter.services.settings import Settings
from newsletter.text.printable import printable

TITLE = "SMTP"
HOST, PORT, SECURITY = "SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY"
USER, PASSWORD = "SMTP_USER", "SMTP_PASSWORD"
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""The ways to secure a connection, and the port where each is usual (RFC 8314, 7.3)."""


@dataclass(frozen=True)
class MailServer:
    """Where a mail server is, and the credentials that it needs."""

    host: str
    port: int
    security: str
    """How the connection is secured: starttls, tls or none."""
    user: str
    """Empty where it needs no credentials."""
    password: str = field(repr=False)

    def __str__(self) -> str:
        login = f"{self.user}@" if self.user else ""
        return f"{login}{self.host} ({self.security})"

    def redact(self, words: str) -> str:
        """Return words of the server as a message can show them, even if they repeat the login."""
        if not self.password:
            return redact(words, ())
        login = f"\0{self.user}\0{self.password}"  # as AUTH PLAIN sends it
        return redact(words, (self.password, login))


def mail_server_of(settings: Settings) -> MailServer:
    """Return the server that the settings describe. Raise Refused or NotAuthorised."""
    host = settings[HOST]
    security = settings[SECURITY].lower()
    _require_secure(host, security)

    port = settings.get(PORT, str(_PORTS[security]))
    _require_port(port)

    user = settings.get(USER, "")
    password = settings.get(PASSWORD, "")
    _require_sendable(user, password)

    return MailServer(host, int(port), security, user, password)


def _require_secure(host: str, security: str) -> None:
    """Raise Refused for an unknown way to secure a connection, and for one that is not secured."""
    if security not in _PORTS:
        message = f"{SECURITY} is '{printable(security)}'."
        raise Refused(TITLE, message, f"Write one of {', '.join(_PORTS)}.")

    if security == "none" and not is_this_computer(host):
        message = f"{SECURITY} is 'none', and {printable(host)} is not this computer:"
        message += " anybody on the way could read the mail."
        raise Refused(TITLE, message, "Write starttls or tls.")


def _require_port(port: str) -> None:
    is_port = port.isdecimal() and 0 < int(port) < 65536
    if not is_port:
        message = f"{PORT} is '{printable(port)}', which is not a port."
        raise Refused(TITLE, message, "Write a number, such as 587.")


def _require_sendable(user: str, password: str) -> None:
    """Raise NotAuthorised for half a login, and for one that smtplib has no way to send."""
    if bool(user) != bool(password):
        missing, present = (PASSWORD, USER) if user else (USER, PASSWORD)
        message = f"{missing} is not set, but {present} is."
        raise NotAuthorised(TITLE, message, "Set both, or neither.")

    if not (user + password).isascii():
        message = f"{USER} or {PASSWORD} has a letter beyond ASCII."
        raise NotAuthorised(TITLE, message, "Choose another password.")

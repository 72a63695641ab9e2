"""A mail server as the settings describe it, checked before anything is sent to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address

from newsletter.errors import NotAuthorised, Refused
from newsletter.services.redaction import redact
from newsletter.services.settings import Settings
from newsletter.text.printable import printable

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
        return f"{self.user and f'{self.user}@'}{self.host} ({self.security})"

    def without_secrets(self, words: str) -> str:
        """Return words of the server as a message can show them, even if it repeats what was sent to it."""
        login = f"\0{self.user}\0{self.password}"  # as AUTH PLAIN sends it
        return redact(words, (self.password, login) if self.password else ())


def mail_server_of(settings: Settings, title: str) -> MailServer:
    """Return the server that the settings describe. Raise Refused or NotAuthorised in the name of ``title``."""
    security = settings[SECURITY].lower()
    host, port = settings[HOST], settings.get(PORT, str(_PORTS.get(security)))
    if security not in _PORTS:
        raise Refused(
            title, f"{SECURITY} is '{printable(security)}'.", f"Write one of {', '.join(_PORTS)}."
        )
    if security == "none" and not _is_here(host):
        message = f"{SECURITY} is 'none', and {printable(host)} is not this computer: anybody on the way could read the mail."
        raise Refused(title, message, "Write starttls or tls.")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Refused(
            title,
            f"{PORT} is '{printable(port)}', which is not a port.",
            "Write a number, such as 587.",
        )

    user, password = settings.get(USER, ""), settings.get(PASSWORD, "")
    if bool(user) != bool(password):
        message = f"{PASSWORD if user else USER} is not set, but {USER if user else PASSWORD} is."
        raise NotAuthorised(title, message, "Set both, or neither.")
    if not (user + password).isascii():  # smtplib has no way to send that
        raise NotAuthorised(
            title, f"{USER} or {PASSWORD} has a letter beyond ASCII.", "Choose another password."
        )
    return MailServer(host, int(port), security, user, password)


def _is_here(host: str) -> bool:
    """Return whether a host is this computer."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False

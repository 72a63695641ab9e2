"""A conversation with a mail server over SMTP (RFC 5321): secured, logged in, ended in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from newsletter.errors import Refused, Uncertain
from newsletter.services.mail_failures import error_of_connection, error_of_reply, words_of
from newsletter.services.mail_server import PASSWORD, PORT, SECURITY, TITLE, USER, MailServer

if TYPE_CHECKING:
    import smtplib
    import ssl

_TIMEOUT = 60.0
"""Seconds for each reply."""


class MailSession:
    """What is said to a server in one connection; see ``open_session``."""

    def __init__(self, server: MailServer, smtp: smtplib.SMTP) -> None:
        self._server = server
        self._smtp = smtp

    def open_envelope(self, sender: str, people: Sequence[str]) -> None:
        """Name the sender and the recipients of a message.

        Raise ServiceError if the server does not accept one of them.
        """
        answer = self._smtp.mail(sender)
        self._require_success(answer, f"It accepts no mail from {sender}")
        for person in people:
            answer = self._smtp.rcpt(person)
            self._require_success(answer, f"It accepts no mail for {person}")

    def send(self, sender: str, person: str, message: bytes) -> None:
        """Send a message to one person, whatever envelope is open.

        Raise Uncertain if the server does not say whether it has taken it.
        """
        try:
            self._require_success(self._smtp.rset(), "It did not let us start again")
            self.open_envelope(sender, [person])
            self._hand_in(person, message)
        except OSError as error:
            raise error_of_connection(self._server, error) from None

    def encrypt(self) -> None:
        """Encrypt the connection (RFC 3207). Raise Refused if the server cannot."""
        if not self._smtp.has_extn("starttls"):
            host, port = self._server.host, self._server.port
            message = f"{host} offers no encryption (STARTTLS) on port {port}. Nothing was sent."
            hint = f"Check {PORT} and {SECURITY}; somebody may be listening in."
            raise Refused(TITLE, message, hint)

        self._smtp.starttls(context=_trust())
        self._smtp.ehlo_or_helo_if_needed()

    def log_in(self) -> None:
        """Log in. Raise NotAuthorised or Refused."""
        import smtplib

        server = self._server
        try:
            self._smtp.login(server.user, server.password)
        except smtplib.SMTPAuthenticationError as error:
            problem = "It did not let us log in"
            raise error_of_reply(server, error.smtp_code, error.smtp_error, problem) from None
        except (smtplib.SMTPNotSupportedError, ValueError):  # ValueError: its challenge is invalid
            message = f"{server.host} has no way to log in that is supported here."
            hint = f"If it needs no log-in, leave {USER} and {PASSWORD} out."
            raise Refused(TITLE, message, hint) from None

    def _hand_in(self, person: str, message: bytes) -> None:
        import smtplib

        problem = f"It did not take the message for {person}"
        hint = f"Check whether {person} has the message before you send it again."
        try:
            code, words = self._smtp.data(message)
        except smtplib.SMTPDataError as error:  # before the first byte of it
            reply = (error.smtp_code, error.smtp_error)
            raise error_of_reply(self._server, *reply, problem) from None
        except OSError as error:
            reason = words_of(error, self._server)
            broken = f"The connection broke after the message for {person} was sent ({reason})."
            raise Uncertain(TITLE, broken, hint) from None

        if not 200 <= code < 600:
            unclear = f"Its answer to the message for {person} cannot be understood."
            raise Uncertain(TITLE, unclear, hint)
        self._require_success((code, words), problem)

    def _require_success(self, reply: tuple[int, bytes], problem: str) -> None:
        code, words = reply
        if code // 100 != 2:
            raise error_of_reply(self._server, code, words, problem)


@contextmanager
def open_session(server: MailServer) -> Iterator[MailSession]:
    """Open a connection, secure it, log in, and close it in order.

    Raise Unavailable if it breaks.
    """
    smtp = _connect(server)
    session = MailSession(server, smtp)
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            session.encrypt()
        if server.user:
            session.log_in()
        yield session
    except OSError as error:
        raise error_of_connection(server, error) from None
    except KeyboardInterrupt:
        smtp.close()  # within a message, QUIT would be part of it
        raise
    finally:
        with suppress(OSError):
            smtp.quit()


def _connect(server: MailServer) -> smtplib.SMTP:
    import smtplib

    host, port = server.host, server.port
    try:
        if server.security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT, context=_trust())
        return smtplib.SMTP(host, port, timeout=_TIMEOUT)
    except (OSError, ValueError) as error:  # ValueError: no host can have this name
        raise error_of_connection(server, error) from None


def _trust() -> ssl.SSLContext:
    """Return the rule that certificates are the host's, from an authority trusted here."""
    import ssl

    return ssl.create_default_context()

"""SMTP (RFC 5321), which any mail server speaks: it takes a message, sends it on immediately, and keeps nothing.

It is for test sends, and for the one address of a list server (Mailman, Sympa, Google Groups) that forwards mail to its
readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from newsletter.email.message import message_id, to_message
from newsletter.errors import (
    NotAuthorised,
    Refused,
    ServiceError,
    Unavailable,
    Uncertain,
    Unsupported,
)
from newsletter.model import Audience
from newsletter.model.fields import mailbox, one_line
from newsletter.services.mail_server import (
    HOST,
    PASSWORD,
    PORT,
    SECURITY,
    USER,
    MailServer,
    mail_server_of,
)
from newsletter.services.protocol import Campaign, Capability, Outgoing, Profile
from newsletter.services.sending import send_one_by_one
from newsletter.services.settings import Setting, Settings
from newsletter.text.printable import printable

if TYPE_CHECKING:
    import smtplib
    import ssl

    import httpx

_TITLE = "SMTP"
_LIST = "SMTP_LIST"
_PATIENCE = 60.0
"""Seconds for each answer."""
_WANTS_LOGIN = (530, 534, 535, 538)
"""Answers that are about credentials (RFC 4954, 6)."""


class Smtp:
    """A mail server, and the address of a list server; see ``services.protocol.Service``."""

    def __init__(self, server: MailServer, list_address: str) -> None:
        self._server = server
        self._list = list_address

    def account(self) -> str:
        """Return the login, the server, and how the connection is secured."""
        with self._session():
            return str(self._server)

    def missing_setup(self) -> Sequence[str]:
        """Return nothing: it cannot be known in advance."""
        return ()

    def audiences(self) -> Sequence[Audience]:
        """Return the list server's address, whoever is behind it."""
        return [Audience(self._list, self._list)] if self._list else []

    def find(self, marker: str) -> Sequence[Campaign]:
        """Raise Unsupported."""
        raise _unsupported()

    def create(self, outgoing: Outgoing) -> str:
        """Send one message to the list server, immediately, and return its Message-ID as the id."""
        if not self._list or outgoing.audience != self._list:
            message = f"'{printable(outgoing.audience)}' is not the address in {_LIST}, '{printable(self._list)}'."
            raise Refused(
                _TITLE, message, "Check the settings, and 'audience:' in publication.yaml."
            )
        self._deliver(outgoing, [self._list])
        return message_id(outgoing.email, self._list)

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Raise Unsupported: what is sent is sent."""
        raise _unsupported()

    def read(self, campaign: str) -> Campaign | None:
        """Raise Unsupported."""
        raise _unsupported()

    def delete(self, campaign: str) -> None:
        """Raise Unsupported: what is sent is sent."""
        raise _unsupported()

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send a separate message to each; to nobody if the server does not accept one of them."""
        addresses = [_address(person) for person in people]
        if self._list.casefold() in map(str.casefold, addresses):
            message = f"{self._list} is the list server, which sends to all readers."
            raise Refused(_TITLE, message, "Name people, one by one.")
        self._deliver(outgoing, addresses)

    def schedule(self, campaign: str, at: datetime) -> None:
        """Raise Unsupported: what is sent is sent."""
        raise _unsupported()

    def unschedule(self, campaign: str) -> None:
        """Raise Unsupported: what is sent is sent."""
        raise _unsupported()

    def _deliver(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send to ``people``, which are checked addresses. Name all to the server before it gets the first message."""
        _, sender = outgoing.sender
        at = datetime.now(outgoing.email.issue.published.tzinfo)

        def send(person: str) -> None:
            try:
                self._require_good(smtp.rset(), "It did not let us start again")
                self._open_envelope(smtp, sender, [person])
                self._hand_in(smtp, person, to_message(outgoing.email, person, at))
            except OSError as error:
                raise self._broken(error) from None

        with self._session() as smtp:
            self._open_envelope(smtp, sender, people)
            send_one_by_one(people, send)

    def _open_envelope(self, smtp: smtplib.SMTP, sender: str, people: Sequence[str]) -> None:
        self._require_good(smtp.mail(sender), f"It accepts no mail from {sender}")
        for person in people:
            self._require_good(smtp.rcpt(person), f"It accepts no mail for {person}")

    def _hand_in(self, smtp: smtplib.SMTP, person: str, message: bytes) -> None:
        """Give the server the message. Raise Uncertain if it does not say whether it has taken it."""
        import smtplib

        about = f"It did not take the message for {person}"
        hint = f"Check whether {person} has the message before you send it again."
        try:
            code, words = smtp.data(message)
        except smtplib.SMTPDataError as error:  # before the first byte of it
            raise self._no(error.smtp_code, error.smtp_error, about) from None
        except OSError as error:
            wrong = f"The connection broke after the message for {person} was sent ({self._words(error)})."
            raise Uncertain(_TITLE, wrong, hint) from None
        if not 200 <= code < 600:
            raise Uncertain(
                _TITLE, f"Its answer to the message for {person} cannot be understood.", hint
            )
        self._require_good((code, words), about)

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        """Open a connection, secure it, log in, and close it in order. Raise Unavailable if it breaks."""
        smtp = self._connected()
        try:
            smtp.ehlo_or_helo_if_needed()
            if self._server.security == "starttls":
                self._encrypt(smtp)
            if self._server.user:
                self._log_in(smtp)
            yield smtp
        except OSError as error:
            raise self._broken(error) from None
        except KeyboardInterrupt:
            smtp.close()  # within a message, QUIT would be part of it
            raise
        finally:
            with suppress(OSError):
                smtp.quit()

    def _connected(self) -> smtplib.SMTP:
        import smtplib

        server = self._server
        try:
            if server.security == "tls":
                return smtplib.SMTP_SSL(
                    server.host, server.port, timeout=_PATIENCE, context=_trust()
                )
            return smtplib.SMTP(server.host, server.port, timeout=_PATIENCE)
        except (OSError, ValueError) as error:  # ValueError: no host can have this name
            raise self._broken(error) from None

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        if not smtp.has_extn("starttls"):
            message = f"{self._server.host} offers no encryption (STARTTLS) on port {self._server.port}. Nothing was sent."
            raise Refused(
                _TITLE, message, f"Check {PORT} and {SECURITY}; somebody may be listening in."
            )
        smtp.starttls(context=_trust())
        smtp.ehlo_or_helo_if_needed()

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        import smtplib

        try:
            smtp.login(self._server.user, self._server.password)
        except smtplib.SMTPAuthenticationError as error:
            raise self._no(error.smtp_code, error.smtp_error, "It did not let us log in") from None
        except (
            smtplib.SMTPNotSupportedError,
            ValueError,
        ):  # ValueError: a challenge that is not valid
            message = f"{self._server.host} has no way to log in that is supported here."
            raise Refused(
                _TITLE, message, f"If it needs no log-in, leave {USER} and {PASSWORD} out."
            ) from None

    def _require_good(self, answer: tuple[int, bytes], about: str) -> None:
        if answer[0] // 100 != 2:
            raise self._no(*answer, about)

    def _no(self, code: int, words: bytes | str, about: str) -> ServiceError:
        """Return the error for an answer that is not a success."""
        reason = self._server.redact(
            words if isinstance(words, str) else words.decode(errors="replace")
        )
        message = f"{about} ({code}{reason and ': '}{reason})."
        if code in _WANTS_LOGIN:
            return NotAuthorised(_TITLE, message, f"Check {USER} and {PASSWORD}.", code)
        if code // 100 == 5:
            return Refused(_TITLE, message, "", code)
        if code // 100 == 4:
            return Unavailable(_TITLE, message, "Run the command again in a few minutes.", code)
        message = f"{about}; its answer cannot be understood."
        return Unavailable(
            _TITLE, message, f"Check that {HOST} and {PORT} are those of a mail server."
        )

    def _broken(self, error: OSError | ValueError) -> ServiceError:
        """Return the error for a connection that was not made, or broke before the server got a message."""
        import smtplib
        import ssl

        host = self._server.host
        if isinstance(error, smtplib.SMTPResponseException):
            return self._no(error.smtp_code, error.smtp_error, f"{host} ended the conversation")
        if isinstance(error, ssl.SSLCertVerificationError):
            message = f"{host} does not prove who it is ({error.verify_message.rstrip('.')}). Nothing was sent."
            return Unavailable(_TITLE, message, f"Check {HOST}; somebody may be listening in.")
        message = f"{host} does not answer as it should on port {self._server.port} ({self._words(error)})."
        hint = f"Check that this computer is online, and check {HOST}, {PORT} and {SECURITY}."
        return Unavailable(_TITLE, message, hint)

    def _words(self, error: OSError | ValueError) -> str:
        return self._server.redact(
            getattr(error, "strerror", None) or str(error) or type(error).__name__
        )


def _trust() -> ssl.SSLContext:
    """Return the rule that certificates must be the host's, from an authority that this computer trusts."""
    import ssl

    return ssl.create_default_context()


def _unsupported() -> Unsupported:
    return Unsupported(
        _TITLE, "It sends immediately and keeps nothing.", "Look at what has arrived."
    )


def _address(written: str) -> str:
    """Return a mail address, checked: it cannot be two, nor add a line of its own to the message."""
    try:
        return mailbox(one_line(written))[1]
    except PydanticCustomError as error:
        raise Refused(_TITLE, error.message(), "") from None


def _connect(settings: Settings, _: httpx.BaseTransport | None) -> Smtp:
    list_address = _address(settings[_LIST]) if _LIST in settings else ""
    return Smtp(mail_server_of(settings, _TITLE), list_address)


PROFILE = Profile(
    title=_TITLE,
    can=frozenset(
        {Capability.PLAIN_TEXT, Capability.PREHEADER, Capability.AUDIENCES, Capability.TEST_SEND}
    ),
    connect=_connect,
    is_campaign_id=lambda *_: True,  # a Message-ID, which is part of no address
    settings=(
        Setting(HOST, "the mail server, such as mail.example.org"),
        Setting(PORT, "its port; by default 587 with starttls, 465 with tls", default=""),
        Setting(SECURITY, "starttls, tls, or none (on this computer only)", default="starttls"),
        Setting(USER, "the login, if it needs one", default=""),
        Setting(PASSWORD, "the password of the login", default=""),
        Setting(_LIST, "the address of a list server, needed only to hand over to it", default=""),
    ),
    notes=(
        "Handing over sends the issue immediately, to the list server at the address in SMTP_LIST.",
        "Only the record says that it was sent: commit it before anybody else hands the issue over.",
        "A list server may hold the message until a moderator approves it: Mailman does that with all mail from"
        " addresses that are not members of the list.",
        "Empty the footer of the list there, or it is added to each email as a third part.",
        "Readers unsubscribe at the publication's own address, the same for all; a list server may put its own"
        " into the header.",
    ),
)

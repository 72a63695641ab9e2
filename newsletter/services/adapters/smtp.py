"""SMTP (RFC 5321), which any mail server speaks.

A server takes a message, sends it on immediately, and keeps nothing. It is for test sends, and for
the one address of a list server (Mailman, Sympa, Google Groups) that forwards mail to its readers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from newsletter.email.message import message_id, to_message
from newsletter.errors import Refused, Unsupported
from newsletter.model import Audience, File
from newsletter.model.fields import mailbox, one_line
from newsletter.services.audience_ids import counts_no_overlap
from newsletter.services.kept_files import keeps_no_files
from newsletter.services.mail_server import (
    HOST,
    PASSWORD,
    PORT,
    SECURITY,
    TITLE,
    USER,
    MailServer,
    mail_server_of,
)
from newsletter.services.mail_session import open_session
from newsletter.services.protocol import Campaign, Capability, Outgoing, Profile
from newsletter.services.sending import send_one_by_one
from newsletter.services.settings import Setting, Settings
from newsletter.text.printable import printable

if TYPE_CHECKING:
    import httpx

_LIST = "SMTP_LIST"


def _connect(settings: Settings, _: httpx.BaseTransport | None) -> Smtp:
    list_address = settings.get(_LIST, "")
    if list_address:
        list_address = _address(list_address)
    return Smtp(mail_server_of(settings), list_address)


PROFILE = Profile(
    title=TITLE,
    can=frozenset(
        {Capability.PLAIN_TEXT, Capability.PREHEADER, Capability.AUDIENCES, Capability.TEST_SEND}
    ),
    connect=_connect,
    settings=(
        Setting(HOST, "the mail server, such as mail.example.org"),
        Setting(PORT, "its port; by default 587 with starttls, 465 with tls", default=""),
        Setting(SECURITY, "starttls, tls, or none (on this computer only)", default="starttls"),
        Setting(USER, "the login, if it needs one", default=""),
        Setting(PASSWORD, "the password of the login", default=""),
        Setting(_LIST, "the address of a list server, needed only to hand over to it", default=""),
    ),
    carries_pictures=True,
    is_campaign_id=lambda *_: True,  # a Message-ID, which is part of no address
    notes=(
        "Handing over sends the issue immediately, to the list server at the address in SMTP_LIST.",
        "Only the record says that it was sent:"
        " commit it before anybody else hands the issue over.",
        "A list server may hold the message until a moderator approves it:"
        " Mailman does that with all mail from addresses that are not members of the list.",
        "Empty the footer of the list there, or it is added to each email as a third part.",
        "Readers unsubscribe at the publication's own address, the same for all;"
        " a list server may put its own into the header.",
    ),
)


class Smtp:
    """A mail server, and the address of a list server; see ``services.protocol.Service``."""

    def __init__(self, server: MailServer, list_address: str) -> None:
        self._server = server
        self._list = list_address

    def account(self) -> str:
        """Return the login, the server, and how the connection is secured."""
        with open_session(self._server):
            return str(self._server)

    def missing_setup(self) -> Sequence[str]:
        """Return nothing: it cannot be known in advance."""
        return ()

    def audiences(self) -> Sequence[Audience]:
        """Return the list server's address, whoever is behind it."""
        if not self._list:
            return []
        return [Audience(self._list, self._list)]

    def overlap(self, one: str, other: str) -> int:
        """Raise Unsupported."""
        raise counts_no_overlap(TITLE)

    def find(self, marker: str) -> Sequence[Campaign]:
        """Raise Unsupported."""
        raise _unsupported()

    def create(self, outgoing: Outgoing) -> str:
        """Send one message to the list server, immediately, and return its Message-ID as the id."""
        if not self._list or outgoing.audience != self._list:
            audience = printable(outgoing.audience)
            message = f"'{audience}' is not the address in {_LIST}, '{printable(self._list)}'."
            hint = "Check the settings, and 'audience:' in publication.yaml."
            raise Refused(TITLE, message, hint)

        self._send(outgoing, [self._list])
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
        """Send a separate message to each; to nobody if the server does not accept one of them.

        It has its pictures inside: a test is sent before they are on the web.
        """
        addresses = [_address(person) for person in people]
        folded = [address.casefold() for address in addresses]
        if self._list.casefold() in folded:
            message = f"{self._list} is the list server, which sends to all readers."
            raise Refused(TITLE, message, "Name people, one by one.")

        self._send(outgoing, addresses, has_pictures_inside=True)

    def schedule(self, campaign: str, at: datetime) -> None:
        """Raise Unsupported: what is sent is sent."""
        raise _unsupported()

    def unschedule(self, campaign: str) -> None:
        """Raise Unsupported: what is sent is sent."""
        raise _unsupported()

    def kept_files(self, names: Sequence[str]) -> Mapping[str, str]:
        """Raise Unsupported."""
        raise keeps_no_files(TITLE)

    def keep_file(self, file: File) -> str:
        """Raise Unsupported."""
        raise keeps_no_files(TITLE)

    def _send(
        self, outgoing: Outgoing, addresses: Sequence[str], *, has_pictures_inside: bool = False
    ) -> None:
        """Send a separate message to each address."""
        _, sender = outgoing.sender
        at = datetime.now(outgoing.email.issue.published.tzinfo)

        def send(address: str) -> None:
            message = to_message(
                outgoing.email, address, at, has_pictures_inside=has_pictures_inside
            )
            session.send(sender, address, message)

        with open_session(self._server) as session:
            # All are named before the first message: none is sent if one address is not accepted.
            session.open_envelope(sender, addresses)
            send_one_by_one(addresses, send)


def _unsupported() -> Unsupported:
    message = "It sends immediately and keeps nothing."
    return Unsupported(TITLE, message, "Look at what has arrived.")


def _address(written: str) -> str:
    """Return a mail address, checked: it cannot be two, nor add a line of its own to the message.

    Raise Refused.
    """
    try:
        _, address = mailbox(one_line(written))
    except PydanticCustomError as error:
        raise Refused(TITLE, error.message(), "") from None
    return address

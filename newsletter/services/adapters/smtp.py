"""SMTP (RFC 5321), which any mail server speaks.

A server takes a message, sends it on immediately, and keeps nothing. It is for test sends, and for
the address of a list on a list server (Mailman, Sympa, Google Groups) that forwards mail to its
readers. Each list is an audience: where an issue has formats, readers of each are on a list of
their own. Who is on two of them, only the list server knows.
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
    written = settings.get(_LIST, "").split(",")
    lists = [_address(address) for address in written if address.strip()]
    return Smtp(mail_server_of(settings), lists)


PROFILE = Profile(
    title=TITLE,
    can=frozenset(
        {
            Capability.PLAIN_TEXT,
            Capability.PREHEADER,
            Capability.AUDIENCES,
            Capability.TEXT_ALONE,
            Capability.TEST_SEND,
        }
    ),
    connect=_connect,
    settings=(
        Setting(HOST, "the mail server, such as mail.example.org"),
        Setting(PORT, "its port; by default 587 with starttls, 465 with tls", default=""),
        Setting(SECURITY, "starttls, tls, or none (on this computer only)", default="starttls"),
        Setting(USER, "the login, if it needs one", default=""),
        Setting(PASSWORD, "the password of the login", default=""),
        Setting(
            _LIST,
            "the address of a list on a list server, needed only to hand over to it;"
            " several, for the formats of an issue, with commas between them",
            default="",
        ),
    ),
    carries_pictures=True,
    is_campaign_id=lambda *_: True,  # a Message-ID, which is part of no address
    notes=(
        "Handing over sends the issue immediately, to a list whose address is in SMTP_LIST.",
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
    """A mail server, and the addresses of lists; see ``services.protocol.Service``."""

    def __init__(self, server: MailServer, lists: Sequence[str]) -> None:
        self._server = server
        self._lists = lists

    def account(self) -> str:
        """Return the login, the server, and how the connection is secured."""
        with open_session(self._server):
            return str(self._server)

    def missing_setup(self) -> Sequence[str]:
        """Return nothing: it cannot be known in advance."""
        return ()

    def audiences(self) -> Sequence[Audience]:
        """Return the addresses of the lists, whoever is behind them."""
        return [Audience(address, address) for address in self._lists]

    def overlap(self, one: str, other: str) -> int:
        """Raise Unsupported."""
        raise counts_no_overlap(TITLE)

    def find(self, marker: str) -> Sequence[Campaign]:
        """Raise Unsupported."""
        raise _unsupported()

    def create(self, outgoing: Outgoing) -> str:
        """Send one message to a list, immediately, and return its Message-ID as the id."""
        address = outgoing.audience
        if address not in self._lists:
            lists = ", ".join(self._lists) or "no address"
            message = f"'{printable(address)}' is not in {_LIST}, which has {printable(lists)}."
            hint = "Check the settings, and 'audience:' in publication.yaml."
            raise Refused(TITLE, message, hint)

        self._send(outgoing, [address])
        return message_id(outgoing.email, address)

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
        for each in self._lists:
            if each.casefold() in folded:
                message = f"{each} is on the list server, which sends to all readers."
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

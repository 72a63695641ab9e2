"""Test sends: the email to a few people, never to an audience."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic_core import PydanticCustomError

from newsletter.errors import HandoverError, Uncertain, Unsupported
from newsletter.handover.outgoing import test_of
from newsletter.model import Email
from newsletter.model.fields import mailbox, one_line
from newsletter.services.protocol import Capability, Outgoing, Profile, Service
from newsletter.text.printable import printable

_MOST_PEOPLE = 10
"""More would be an audience."""


def send_test(
    email: Email, folder: Path, profile: Profile, service: Service, people: Sequence[str]
) -> Outgoing:
    """Send the issue in ``folder``, its subject marked "[Test]", to the mail addresses of ``people``. ``email`` has
    neutral merge tags. Return what was sent.

    Raise HandoverError for an empty or a long list (empty means everyone to some services) or an address that is not
    valid, and ServiceError.
    """
    if Capability.TEST_SEND not in profile.can:
        hint = "Send it with smtp: newsletter test-send --via smtp; 'newsletter services' lists what it needs."
        raise Unsupported(profile.title, "It cannot send tests.", hint)
    addresses = _addresses(people, folder)
    outgoing = test_of(email, folder, profile)
    try:
        service.send_test(outgoing, addresses)
    except Uncertain as error:
        hint = "Check whether they have it before you send it again."
        raise Uncertain(error.service, error.problems[0].message, hint, error.status) from None
    return outgoing


def _addresses(people: Sequence[str], folder: Path) -> list[str]:
    """Return the mail addresses, each once."""
    addresses: dict[str, str] = {}
    for person in people:
        try:
            _, address = mailbox(one_line(person))
        except PydanticCustomError as error:
            message = f"No test can be sent to '{printable(person)}'."
            raise HandoverError.at(folder, None, message, error.message()) from None
        addresses.setdefault(address.casefold(), address)
    if not addresses:
        message = "Nobody is named to get the test."
        raise HandoverError.at(folder, None, message, "Name people: --to editor@example.org.")
    if len(addresses) > _MOST_PEOPLE:
        message = f"A test goes to {_MOST_PEOPLE} people at most, not to {len(addresses)}."
        raise HandoverError.at(folder, None, message, "Name fewer.")
    return list(addresses.values())

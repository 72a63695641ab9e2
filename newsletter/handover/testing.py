"""Test sends: the email to a few people, never to an audience."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from newsletter.errors import HandoverError, Uncertain, Unsupported
from newsletter.handover.outgoing import test_of
from newsletter.handover.publishing import Copied, publish
from newsletter.handover.storing import Store
from newsletter.model.fields import mailbox, one_line
from newsletter.services.protocol import Capability, Outgoing, Profile, Service
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley
    from newsletter.manifest import IssueFolder

_MOST_PEOPLE = 10
"""More would be an audience."""


def send_test(
    galley: Galley,
    profile: Profile,
    service: Service,
    people: Sequence[str],
    *,
    copied: Copied | None = None,
) -> Outgoing:
    """Send an issue in the format of this galley to the mail addresses of ``people``.

    Its subject is marked "[Test]", and with the format's name if that is not the leading one.

    Its pictures are inside it; where they cannot be, they are brought first to where readers will
    get them, as far as that can be done from here. ``copied`` is called with those that were copied
    to ``pictures_to``.

    Return what was sent. Raise HandoverError for an empty list, which means everyone to some
    services, for a long one, or for an address that is not valid; and ServiceError.
    """
    _require_can_send(galley, profile)
    addresses = _addresses(people, galley.folder)
    if not profile.carries_pictures:
        publish(galley, copied)
    store = Store(galley.email, profile, service)
    kept = store.fill(store.addresses())
    outgoing = test_of(galley, profile, kept)
    try:
        service.send_test(outgoing, addresses)
    except Uncertain as error:
        message = error.problems[0].message
        hint = "Check whether they have it before you send it again."
        raise Uncertain(error.service, message, hint, error.status) from None
    return outgoing


def _require_can_send(galley: Galley, profile: Profile) -> None:
    """Raise Unsupported if the service cannot send this email as a test."""
    format = galley.email.format
    if Capability.TEST_SEND not in profile.can:
        message = "It cannot send tests."
    elif not format.has_html and Capability.TEXT_ALONE not in profile.can:
        message = f"It takes no email without HTML, as the format '{format.name}' is."
    else:
        return

    hint = (
        "Send it with smtp: newsletter test-send --via smtp;"
        " 'newsletter services' lists what it needs."
    )
    raise Unsupported(profile.title, message, hint)


def _addresses(people: Sequence[str], folder: IssueFolder) -> list[str]:
    """Return the mail addresses, each once."""
    addresses: dict[str, str] = {}
    for person in people:
        try:
            _, address = mailbox(one_line(person))
        except PydanticCustomError as error:
            message = f"No test can be sent to '{printable(person)}'."
            raise HandoverError.at(folder.path, None, message, error.message()) from None
        addresses.setdefault(address.casefold(), address)

    if not addresses:
        message = "Nobody is named to get the test."
        hint = "Name people: --to editor@example.org."
        raise HandoverError.at(folder.path, None, message, hint)
    if len(addresses) > _MOST_PEOPLE:
        message = f"A test goes to {_MOST_PEOPLE} people at most, not to {len(addresses)}."
        hint = "Name fewer."
        raise HandoverError.at(folder.path, None, message, hint)
    return list(addresses.values())

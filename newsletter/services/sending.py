"""Ways to send: a test from a temporary draft, and a message to one person after another.

The first is for services that can only send what they keep.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from newsletter.errors import ServiceError, Uncertain
from newsletter.services.protocol import Outgoing, Service, Status


def send_from_draft(service: Service, outgoing: Outgoing, send: Callable[[str], None]) -> None:
    """Make a draft of ``outgoing``, a test without an audience, ``send`` it by its id, delete it.

    A draft that is left over because the last test broke off is used again. Raise ServiceError.
    """
    drafts = _drafts(service, outgoing)
    if not drafts:
        drafts = [_create(service, outgoing)]

    try:
        service.update(drafts[0], outgoing)
        send(drafts[0])
    except ServiceError as error:
        _delete_after(error, service, drafts)
        raise
    _delete(service, drafts)


def send_one_by_one(people: Sequence[str], send: Callable[[str], None]) -> None:
    """Call ``send`` for each of ``people`` in turn.

    Raise the ServiceError that ends it, with the names of those who already have the email.
    """
    for number, person in enumerate(people):
        try:
            send(person)
        except ServiceError as error:
            if number == 0:
                raise
            already_sent = f"Already sent to {', '.join(people[:number])}."
            raise _with_addition(error, already_sent) from None


def _drafts(service: Service, outgoing: Outgoing) -> list[str]:
    """Return the ids of the drafts that this test is sent from, or was."""
    campaigns = service.find(outgoing.marker)
    return [campaign.id for campaign in campaigns if campaign.status == Status.DRAFT]


def _create(service: Service, outgoing: Outgoing) -> str:
    """Make a draft and return its id, even if the answer was lost."""
    try:
        return service.create(outgoing)
    except Uncertain:
        drafts = _drafts(service, outgoing)
        if not drafts:
            raise
        return drafts[0]


def _delete(service: Service, drafts: list[str]) -> None:
    for draft in drafts:
        service.delete(draft)


def _delete_after(error: ServiceError, service: Service, drafts: list[str]) -> None:
    """Delete the drafts of a test that failed. If that fails too, raise ``error`` and name them."""
    try:
        _delete(service, drafts)
    except ServiceError:
        left = f"The draft of the test ({', '.join(drafts)}) is still there: delete it."
        raise _with_addition(error, left) from None


def _with_addition(error: ServiceError, sentence: str) -> ServiceError:
    """Return the error with a sentence added to its message."""
    (problem,) = error.problems
    message = f"{problem.message} {sentence}"
    return type(error)(error.service, message, problem.hint, error.status)

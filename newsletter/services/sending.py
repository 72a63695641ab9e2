"""Test sends of services that can only send what they keep: from a separate draft, which is deleted afterwards."""

from __future__ import annotations

from collections.abc import Callable

from newsletter.errors import ServiceError, Uncertain
from newsletter.services.protocol import Outgoing, Service, Status


def sent_from_a_draft(service: Service, outgoing: Outgoing, send: Callable[[str], None]) -> None:
    """Make a draft of ``outgoing``, a test without an audience, ``send`` it (by its id) and delete it. Reuse one that
    is left over because the last test broke off. Raise ServiceError.
    """
    drafts = _drafts(service, outgoing) or [_created(service, outgoing)]
    try:
        service.update(drafts[0], outgoing)
        send(drafts[0])
    except ServiceError as error:
        try:
            _clear(service, drafts)
        except ServiceError:
            message, hint = error.problems[0].message, error.problems[0].hint
            message += f" The draft of the test ({', '.join(drafts)}) is still there: delete it."
            raise type(error)(error.service, message, hint, error.status) from None
        raise
    _clear(service, drafts)


def _drafts(service: Service, outgoing: Outgoing) -> list[str]:
    """Return the ids of the drafts that this test is sent from, or was."""
    return [
        campaign.id for campaign in service.find(outgoing.marker) if campaign.status == Status.DRAFT
    ]


def _created(service: Service, outgoing: Outgoing) -> str:
    """Make a draft and return its id, even if the answer was lost."""
    try:
        return service.create(outgoing)
    except Uncertain:
        made = _drafts(service, outgoing)
        if not made:
            raise
        return made[0]


def _clear(service: Service, drafts: list[str]) -> None:
    for draft in drafts:
        service.delete(draft)

"""Hand over to a list server: a service that keeps nothing, and sends what it is given to its readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from newsletter.errors import ServiceError, Uncertain
from newsletter.handover.plan import Handover, HandoverPlan
from newsletter.handover.refusals import require_same_place, require_sent_as_is
from newsletter.model import Draft


def send(handover: Handover, confirm: Callable[[HandoverPlan], None]) -> Draft:
    """Have the service send the issue, once: the same issue, given again, is left as it is.

    ``confirm`` is called before anything is sent, and can raise. Return the record. Raise
    HandoverError and ServiceError.
    """
    record, destination = handover.record, handover.destination
    earlier = record.read()
    require_same_place(handover, earlier)
    if earlier and earlier.service == destination.name:
        require_sent_as_is(handover, earlier)
        return earlier

    confirm(HandoverPlan("send", handover.outgoing, destination))
    begun = handover.begin()
    try:
        campaign = destination.service.create(handover.outgoing)
    except Uncertain:
        raise
    except ServiceError:
        record.restore(earlier)  # nothing went out, so it can be tried again
        raise

    sent = {"state": "done", "campaign": campaign, "done": datetime.now(UTC)}
    return record.save(begun.model_copy(update=sent), handover.files)

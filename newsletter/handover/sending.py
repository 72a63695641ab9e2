"""Hand over to a list server: a service that keeps no drafts, and sends what it is given."""

from __future__ import annotations

from datetime import UTC, datetime

from newsletter.errors import ServiceError, Uncertain
from newsletter.handover.plan import Confirm, Handover, HandoverPlan
from newsletter.handover.refusals import require_same_place, require_sent_as_is
from newsletter.model import Draft


def send(handover: Handover, confirm: Confirm) -> Draft:
    """Have the service send the issue, once: the same issue, given again, is left as it is.

    ``confirm`` is called before anything is sent, and can raise. Return the record. Raise
    HandoverError and ServiceError.
    """
    earlier = handover.record.read()
    require_same_place(handover, earlier)
    if earlier and earlier.service == handover.destination.name:
        require_sent_as_is(handover, earlier)
        return earlier

    confirm(HandoverPlan("send", handover.outgoing, handover.destination))
    handover.bring_pictures()

    begun = handover.begin()
    try:
        campaign = handover.service.create(handover.outgoing)
    except Uncertain:
        raise
    except ServiceError:
        handover.record.restore(earlier)  # nothing went out, so it can be tried again
        raise

    done = {"state": "done", "campaign": campaign, "done": datetime.now(UTC)}
    sent = begun.model_copy(update=done)
    return handover.record.save(sent, handover.files)

"""Hand over to a service that keeps nothing: what is handed over is on its way to the readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from newsletter.email.message import approved_digest
from newsletter.errors import HandoverError, ServiceError, Uncertain
from newsletter.handover.errand import Errand, HandoverPlan
from newsletter.handover.record import files_of, forget_draft, handed_over, read_draft, write_draft
from newsletter.model import Draft


def send(errand: Errand, confirm: Callable[[HandoverPlan], None]) -> Draft:
    """Have the service send the issue, once: the same issue, given again, is left as it is. ``confirm`` is called
    before anything is sent, and can raise. Return the record. Raise HandoverError and ServiceError.
    """
    earlier = read_draft(errand.folder)
    errand.require_same_place(earlier)
    if earlier and earlier.service == errand.destination.name:
        _require_same(errand, earlier)
        return earlier
    confirm(HandoverPlan("send", errand.outgoing, errand.destination))
    begun = errand.begun()
    try:
        made = errand.destination.service.create(errand.outgoing)
    except Uncertain:
        raise
    except ServiceError:
        forget_draft(errand.folder, earlier)  # nothing went out, so it can be tried again
        raise
    done = {"state": "done", "campaign": made, "done": datetime.now(UTC)}
    return write_draft(errand.folder, begun.model_copy(update=done), files_of(errand.outgoing))


def _require_same(errand: Errand, earlier: Draft) -> None:
    """Raise HandoverError unless what was sent is this very issue, to these readers."""
    place, readers = (
        handed_over(errand.folder),
        earlier.audience.id if earlier.audience else "nobody",
    )
    if earlier.state == "begun":
        when = f"{earlier.begun:%Y-%m-%d %H:%M} UTC"
        message = (
            f"Somebody began to send this issue at {when}, and it is not known whether it went out."
        )
        hint = f"Check whether {readers} has it. If not, delete {place.name}/ and run the command again."
        raise HandoverError.at(place, None, message, hint)
    if earlier.audience != errand.destination.audience:
        message = f"This issue was already sent, to {readers}."
        raise HandoverError.at(
            place, None, message, "What has been sent cannot be recalled. Nothing was done."
        )
    if earlier.content != approved_digest(errand.report.email):
        message = "This issue was already sent, and it has changed since."
        raise HandoverError.at(
            place, None, message, "What has been sent cannot be recalled. Nothing was done."
        )

"""Hand over to a list server: a service that keeps no drafts, and sends what it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from newsletter.errors import ServiceError, Uncertain
from newsletter.handover.enclosures import Enclosures
from newsletter.handover.handover import Handover
from newsletter.handover.plan import Confirm, HandoverPlan, HandoverStep
from newsletter.handover.refusals import require_same_place, require_sent_as_is
from newsletter.handover.unfinished import one_by_one
from newsletter.model import Draft


@dataclass(frozen=True)
class _Letter:
    """One format on its way, and what the record says of the last time."""

    handover: Handover
    earlier: Draft | None

    @classmethod
    def look_up(cls, handover: Handover) -> _Letter:
        """Return it. Raise HandoverError if anything else was sent, or may have been."""
        earlier = handover.record.read()
        require_same_place(handover, earlier)
        letter = cls(handover, earlier)
        if earlier and letter.is_done:
            require_sent_as_is(handover, earlier)
        return letter

    @property
    def is_done(self) -> bool:
        """Whether it was sent before."""
        return self.earlier is not None and self.earlier.service == self.handover.destination.name

    def step(self) -> HandoverStep:
        """Return what is about to be done."""
        outgoing, destination = self.handover.outgoing, self.handover.destination
        if self.is_done:
            return HandoverStep("leave", outgoing, destination)
        return HandoverStep("send", outgoing, destination)


def send(
    handovers: Sequence[Handover], enclosures: Enclosures, confirm: Confirm
) -> tuple[Draft, ...]:
    """Have the service send each format, once: the same one, given again, is left as it is.

    ``confirm`` is called before anything is sent, and can raise. Return the records. Raise
    HandoverError and ServiceError.
    """
    letters = [_Letter.look_up(handover) for handover in handovers]
    if not all(letter.is_done for letter in letters):
        enclosures.require_published()
        steps = tuple(letter.step() for letter in letters)
        confirm(HandoverPlan(steps, enclosures.files))
        enclosures.bring({})
    return one_by_one(letters, _sent)


def _sent(letter: _Letter) -> Draft:
    """Return the record of a format when it was sent."""
    handover, earlier = letter.handover, letter.earlier
    if earlier and letter.is_done:
        return earlier

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

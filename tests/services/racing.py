"""Two people hand over the same issue from two computers at the same moment, in every order of their calls.

The first one stops before its call ``n``; then the second one goes as far as its call ``m``; then the first one goes on
to its end, and the second one to its own.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import httpx

from newsletter.errors import NewsletterError
from newsletter.handover import Destination, hand_over
from tests.services.fakes import Fake, Wire
from tests.services.judging import disaster_in, fault_in
from tests.services.scenes import Newsletter, destination_of, hand_over_first

_PATIENCE = 30
"""Seconds after which a test that hangs has failed."""


@dataclass
class Halting(Wire):
    """A wire that waits before one of its calls until it may go on."""

    halt: int = 0
    arrived: threading.Event = field(default_factory=threading.Event)
    may_go_on: threading.Event = field(default_factory=threading.Event)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if len(self.calls) == self.halt:
            self.arrived.set()
            assert self.may_go_on.wait(_PATIENCE)
        return super().handle_request(request)


class Person(threading.Thread):
    """Somebody at a computer of their own who hands the issue over."""

    def __init__(self, newsletter: Newsletter, fake: Fake, halt: int) -> None:
        super().__init__(daemon=True)
        self.newsletter = newsletter
        self.wire = Halting(fake, halt=-1)
        self.destination: Destination = destination_of(fake, self.wire, newsletter.folder)
        senders = getattr(self.destination.service, "_senders", None)
        for cached in (
            "_for_marketing",
            "_of_account",
        ):  # Python 3.11 locks them for both people at once
            getattr(senders, cached, None)
        self.wire.halt = len(self.wire.calls) + halt
        self.error: NewsletterError | None = None

    def run(self) -> None:
        try:
            hand_over(
                self.newsletter.first,
                [self.destination],
                by="a test",
                confirm=lambda _: None,
            )
        except NewsletterError as error:
            self.error = error
        finally:
            self.wire.arrived.set()

    def go_as_far_as_the_halt(self) -> None:
        self.start()
        assert self.wire.arrived.wait(_PATIENCE)

    def go_on(self) -> None:
        self.wire.may_go_on.set()
        self.join(_PATIENCE)
        assert not self.is_alive()


def calls_alone(kind: type[Fake], newsletter: Newsletter) -> int:
    """How many calls handing over takes when nobody else is there."""
    newsletter.forget()
    person = Person(newsletter, kind(), halt=-1)
    begun = len(person.wire.calls)
    person.start()
    person.join(_PATIENCE)
    assert person.error is None
    return len(person.wire.calls) - begun


def raced(
    kind: type[Fake], first: Newsletter, second: Newsletter, n: int, m: int
) -> tuple[str, str]:
    """How a race ends for both, "done" or what was said; afterwards both run the command again, one after the other.

    Fails if there are ever two drafts when both have ended, or not exactly the right one in the end.
    """
    fake = kind()
    people = [Person(newsletter, fake, halt) for newsletter, halt in ((first, n), (second, m))]
    for person in people:
        person.newsletter.forget()
    for person in people:
        person.go_as_far_as_the_halt()
    for person in people:
        person.go_on()
    where = f"first at {n}, second at {m}: {[str(person.error) for person in people]}"
    for person in people:
        assert disaster_in(person.newsletter, fake, "hand over") is None, where
    assert fake.held() or all(person.error for person in people), where
    for person in people:
        hand_over_first(person.newsletter, fake, Wire(fake))
        assert fault_in(person.newsletter, fake, "hand over") is None, where
    ended = [str(person.error.problems[0].message) if person.error else "done" for person in people]
    return ended[0], ended[1]

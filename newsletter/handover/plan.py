"""What is about to be done, for the editor to agree to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from newsletter.handover.destination import Destination
from newsletter.handover.readers import Readers
from newsletter.model import File
from newsletter.services.protocol import Outgoing


@dataclass(frozen=True)
class HandoverStep:
    """What is about to be done with one format of an issue."""

    does: Literal["create", "update", "send", "leave"]
    """"leave" if it was handed over just like this."""
    outgoing: Outgoing
    destination: Destination
    overwrites: tuple[str, ...] = ()
    """Where the existing draft differs because somebody changed it in the service, a line each."""


@dataclass(frozen=True)
class HandoverPlan:
    """What is about to be done with an issue."""

    steps: tuple[HandoverStep, ...]
    """One for each format, in the order in which they are handed over."""
    files: tuple[File, ...] = ()
    """The files that the formats show or link to, each once."""
    uploads: tuple[File, ...] = ()
    """Those that the service is to keep, and does not have yet."""
    readers: Readers | None = None
    """The readers of all formats together; None if there is one format only."""

    @property
    def outgoing(self) -> Outgoing:
        """The first format on its way; the subject, the files' place and more are those of all."""
        return self.steps[0].outgoing

    @property
    def destination(self) -> Destination:
        """Where the first format goes: all go to this service and account."""
        return self.steps[0].destination


Confirm = Callable[[HandoverPlan], None]
"""Shows the editor what is about to be done, and raises if they do not agree."""

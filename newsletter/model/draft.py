"""A Draft: an issue as it was handed over to a mailing service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from newsletter.model.publication import Noun, Service


@dataclass(frozen=True)
class Audience:
    """Whom a service sends to: a list, a segment, a tag. ``size`` counts readers; None where it is not told."""

    id: str
    name: str
    size: int | None = None


class Draft(Noun):
    """An issue in the hands of a mailing service; what ``handed-over/record.json`` keeps of it.

    It is written before a service is asked to make anything (``begun``), and again when all is done (``done``).
    """

    state: Literal["begun", "done"]
    publication: str
    number: str
    subject: str
    service: Service
    account: str
    audience: Audience | None
    """None where the service has no audiences."""
    tags: Service
    """Whose merge tags stand in it: the service's own, or those that files were asked for."""
    campaign: str | None
    """The id that the service has given it; None as long as that is not known."""
    address: str | None
    """Where a person opens it, to look and to press Send."""
    content: str
    """SHA-256 of all that an approval is about: the email with neutral merge tags, and its sender."""
    files: dict[str, str]
    """SHA-256 of each file that was given to the service."""
    held: dict[str, str] | None
    """All that the service held afterwards, by what it is; the parts of the email as SHA-256. None where it does not
    tell.
    """
    differences: tuple[str, ...]
    """What the service held otherwise than it was given, a line each."""
    additions: tuple[str, ...]
    """What the service is known to put in by itself, and has, in words."""
    versions: dict[str, str]
    """Of the programs that made the email."""
    by: str
    """Who handed it over."""
    begun: datetime
    done: datetime | None
    scheduled: datetime | None
    """The time at which it will be sent, if it was scheduled by us."""

"""A Draft: an issue as it was handed over to a mailing service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from newsletter.model.fields import Line
from newsletter.model.noun import Noun

_YEARS = range(2000, 2200)


def _plausible(time: datetime) -> datetime:
    """Return the time. Raise ValueError if it is so far off that some clocks cannot show it."""
    if time.year not in _YEARS:
        raise ValueError("a time of another century")
    return time


Instant = Annotated[AwareDatetime, AfterValidator(_plausible)]
"""When something was done, with its time zone."""


@dataclass(frozen=True)
class Audience:
    """The readers that a service sends to: a list, a segment or a tag."""

    id: str
    name: str
    size: int | None = None
    """The number of readers; None if the service does not say."""
    within: str | None = None
    """The id of the list that it is a part of; None if it is a list itself, or of no list."""


class Draft(Noun):
    """An issue at a mailing service, as ``handed-over/record.json`` keeps it.

    It is written before the service is asked to make anything, as ``begun``, and again when all is
    done.
    """

    state: Literal["begun", "done"]
    publication: Line
    number: Annotated[str, Field(pattern="^[0-9]+[a-z]?$")]
    format: str | None = Field(None, alias="of_format")
    """The name of its format; None if the publication had no formats.

    In record.json, ``format`` is the version of that file.
    """
    subject: str
    """The subject that readers see."""
    service: str
    account: str
    audience: Audience | None
    """None if the service has no audiences."""
    tags: str
    """The service whose merge tags are in it: this one, or the one that the files were made for."""
    campaign: str | None
    """The id that the service gave it; None until it is known."""
    address: str | None
    """The page where a person checks it and presses Send."""
    content: str
    """SHA-256 of all that an approval covers: the email with neutral merge tags, and its sender."""
    fingerprints: dict[str, dict[str, str]] = Field(alias="pieces")
    """A digest of each field of the issue, of its publication and of its items, by name."""
    files: dict[str, str]
    """SHA-256 of each file that was sent to the service."""
    kept: dict[str, str] = Field(default_factory=dict)
    """Where readers get the files that the service itself keeps, by name."""
    read_back: dict[str, str] | None = Field(alias="held")
    """What the service had afterwards, by name; the parts of the email as SHA-256.

    None if the service does not say.
    """
    differences: tuple[str, ...]
    """Where the service has something else than it was sent, a line each."""
    additions: tuple[str, ...]
    """What the service added by itself, as it is known to do, in words."""
    versions: dict[str, str]
    """The versions of the programs that made the email."""
    by: str
    """The person who handed it over."""
    begun: Instant
    done: Instant | None
    scheduled: Instant | None
    """The time at which it will be sent, if this program scheduled it."""

    @property
    def audience_id(self) -> str:
        """The id of the audience; empty if the service has no audiences."""
        return self.audience.id if self.audience else ""

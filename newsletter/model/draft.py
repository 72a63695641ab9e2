"""A Draft: an issue as it was handed over to a mailing service."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from newsletter.fields import Line
from newsletter.model.publication import Noun, Service

_YEARS = range(2000, 2200)
_CAMPAIGN = re.compile("[0-9A-Za-z_-]{1,100}")
"""The ids that services give: they become a part of web addresses."""


def _of_our_time(at: datetime) -> datetime:
    """A time that can be shown on any clock."""
    if at.year not in _YEARS:
        raise ValueError("not a time of ours")
    return at


Instant = Annotated[AwareDatetime, AfterValidator(_of_our_time)]
"""When something was done, with its time zone."""


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
    publication: Line
    number: Annotated[str, Field(pattern="^[0-9]+[a-z]?$")]
    subject: str
    """As readers see it."""
    service: Service
    account: str
    audience: Audience | None
    """None where the service has no audiences."""
    tags: Service
    """Whose merge tags are in it: the service's own, or those that files were asked for."""
    campaign: str | None
    """The id that the service has given it; None as long as that is not known."""
    address: str | None
    """Where a person opens it, to look and to press Send."""
    content: str
    """SHA-256 of all that an approval is about: the email with neutral merge tags, and its sender."""
    pieces: dict[str, dict[str, str]]
    """What it is made of: a digest by the name of the piece and of its field."""
    files: dict[str, str]
    """SHA-256 of each file that was given to the service."""
    held: dict[str, str] | None
    """All that the service held afterwards, by what it is; the parts of the email as SHA-256. None where it does not
    say.
    """
    differences: tuple[str, ...]
    """What the service held otherwise than it was given, a line each."""
    additions: tuple[str, ...]
    """What the service is known to put in by itself, and has, in words."""
    versions: dict[str, str]
    """Of the programs that made the email."""
    by: str
    """Who handed it over."""
    begun: Instant
    done: Instant | None
    scheduled: Instant | None
    """The time at which it will be sent, if it was scheduled by us."""

    @model_validator(mode="after")
    def _leads_nowhere_else(self) -> Self:
        """The campaign's id becomes a part of a web address, or of a path."""
        campaign = self.campaign
        if campaign is None or self.service == "smtp":  # a Message-ID, which nobody is asked for
            return self
        is_folder = self.service == "folder" and campaign == f"build/{self.number}/handed-over"
        if not is_folder and not _CAMPAIGN.fullmatch(campaign):
            raise ValueError("not the id of a campaign")
        return self

"""A Draft: an issue as it was handed over to a mailing service."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from newsletter.model.fields import Line
from newsletter.model.noun import Noun
from newsletter.model.publication import Service

_YEARS = range(2000, 2200)
_CAMPAIGN = re.compile("[0-9A-Za-z_-]{1,100}")
"""The ids that services give; they become part of web addresses."""


def _of_our_time(at: datetime) -> datetime:
    """Return the time. Raise ValueError if some clocks cannot show it, so far off is its year."""
    if at.year not in _YEARS:
        raise ValueError("not a time of ours")
    return at


Instant = Annotated[AwareDatetime, AfterValidator(_of_our_time)]
"""When something was done, with its time zone."""


@dataclass(frozen=True)
class Audience:
    """The readers a service sends to: a list, a segment or a tag.

    ``size`` is their number, None if it is not known.
    """

    id: str
    name: str
    size: int | None = None


class Draft(Noun):
    """An issue at a mailing service, as ``handed-over/record.json`` keeps it.

    It is written before the service is asked to make anything (``begun``), and again when all is
    done (``done``).
    """

    state: Literal["begun", "done"]
    publication: Line
    number: Annotated[str, Field(pattern="^[0-9]+[a-z]?$")]
    subject: str
    """The subject that readers see."""
    service: Service
    account: str
    audience: Audience | None
    """None if the service has no audiences."""
    tags: Service
    """The service whose merge tags are in it: this one, or the one that the files were made for."""
    campaign: str | None
    """The id that the service gave it; None until it is known."""
    address: str | None
    """The page where a person checks it and presses Send."""
    content: str
    """SHA-256 of all that an approval covers: the email with neutral merge tags, and its sender."""
    pieces: dict[str, dict[str, str]]
    """What it is made of: a digest for each piece and each of its fields, by name."""
    files: dict[str, str]
    """SHA-256 of each file that was sent to the service."""
    held: dict[str, str] | None
    """What the service had afterwards, by name; the parts of the email as SHA-256.

    None if the service does not say.
    """
    differences: tuple[str, ...]
    """What differs at the service from what was sent, a line each."""
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

    @model_validator(mode="after")
    def _leads_nowhere_else(self) -> Self:
        """Check the campaign's id, which becomes part of a web address or of a path."""
        campaign = self.campaign
        if campaign is None or self.service == "smtp":  # a Message-ID, which is in no address
            return self
        is_folder = self.service == "folder" and campaign == f"build/{self.number}/handed-over"
        if not is_folder and not _CAMPAIGN.fullmatch(campaign):
            raise ValueError("not the id of a campaign")
        return self

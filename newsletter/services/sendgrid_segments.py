"""The segments of a SendGrid account: parts of a list, or of all contacts.

A Single Send names its segments without their lists, so these are looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from newsletter.errors import NotAuthorised, Refused
from newsletter.model import Audience
from newsletter.services.answers import sendgrid as answers
from newsletter.services.audience_ids import AudienceId

if TYPE_CHECKING:
    from newsletter.services.http.api import Api


class SendGridSegments:
    """The segments of the account behind an ``api``; they are requested once, if at all."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def below(self, lists: Iterable[Audience]) -> Sequence[Audience]:
        """Return the lists, each followed by its segments, and then all other segments."""
        others = [segment.audience for segment in self._segments]
        audiences: list[Audience] = []
        for each in lists:
            audiences.append(each)
            audiences += [segment for segment in others if segment.within == each.id]
            others = [segment for segment in others if segment.within != each.id]
        return [*audiences, *others]

    def audience_id(self, segment: str) -> str:
        """Return the id of an audience, given SendGrid's own id of the segment."""
        for each in self._segments:
            if each.id == segment:
                return each.audience.id
        return str(AudienceId("", "segment", segment))

    @cached_property
    def _segments(self) -> list[answers.Segment]:
        """All segments, which come in one answer; none if the account may not have any."""
        try:
            return self._api.get("/marketing/segments/2.0", answers.Segments).results
        except (NotAuthorised, Refused):  # its lists can be sent to all the same
            return []

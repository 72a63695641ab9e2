"""Mailchimp's answers about audiences: lists, the parts of lists, and whom a campaign is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import AliasPath, BaseModel, Field

from newsletter.model import Audience
from newsletter.services.audience_ids import AudienceId
from newsletter.services.campaign_settings import in_words

SEGMENT, TAG, GROUP = "segment", "tag", "group"
"""The kinds of parts of a list, as in AudienceId."""
_STATIC = "static"
_KINDS = {"saved": SEGMENT, _STATIC: TAG}
"""By type; segments of other types are Mailchimp's own."""
_OF_CATEGORY = "interests-"


class ContactList(BaseModel):
    """A list of contacts."""

    id: str
    name: str
    size: int | None = Field(None, validation_alias=AliasPath("stats", "member_count"))

    @property
    def audience(self) -> Audience:
        """The same in our terms."""
        return Audience(self.id, self.name, self.size)


class SegmentOptions(BaseModel):
    """Conditions for readers; those of a campaign may be the ones of a saved segment."""

    saved_segment_id: int | str | None = None
    prebuilt_segment_id: str | None = None
    match: str | None = None
    conditions: list[dict[str, Any]] | None = None

    def is_set(self) -> bool:
        """Return whether a campaign is for a part of its list only."""
        parts = (self.saved_segment_id, self.prebuilt_segment_id, self.conditions)
        return any(parts)

    def group(self, list_id: str) -> AudienceId | None:
        """Return the group that the conditions are for; None if they are for anything else."""
        if self.conditions is None or len(self.conditions) != 1:
            return None

        condition = self.conditions[0]
        category = in_words(condition.get("field")).removeprefix(_OF_CATEGORY)
        interest = in_words(condition.get("value"))
        group = AudienceId(list_id, GROUP, f"{category}-{interest}")
        if condition != condition_of(group):
            return None
        return group

    def is_like(self, other: SegmentOptions) -> bool:
        """Return whether the same readers meet the conditions."""
        own = _in_words(self.conditions or ())
        has_same = own == _in_words(other.conditions or ())
        return has_same and (len(own) == 1 or self.match == other.match)


class Segment(BaseModel):
    """A segment of a list, or a tag."""

    id: int
    name: str
    type: str
    member_count: int | None = None
    options: SegmentOptions | None = None

    @property
    def can_be_sent_to(self) -> bool:
        """Whether somebody has made it."""
        return self.type in _KINDS

    def audience(self, list_id: str) -> Audience:
        """Return the same in our terms."""
        kind = _KINDS.get(self.type, SEGMENT)
        part = AudienceId(list_id, kind, str(self.id))
        return Audience(str(part), self.name, self.member_count, within=list_id)

    def is_meant_by(self, options: SegmentOptions) -> bool:
        """Return whether a campaign that is for it has no other conditions.

        Mailchimp may repeat those of the segment in the campaign, or leave them out.
        """
        if not options.conditions:
            return True
        if self.type == _STATIC:
            return options.is_like(SegmentOptions(conditions=[_has_tag(self.id)]))
        return self.options is not None and options.is_like(self.options)


SEGMENT_FIELDS = "total_items,segments.id,segments.name,segments.type,segments.member_count"
"""The fields that are requested of each listed segment."""


class Interest(BaseModel):
    """A group of readers."""

    id: str
    name: str
    subscriber_count: int | None = None


class Category(BaseModel):
    """What groups have in common: the question that readers answer with them."""

    id: str
    title: str

    def group(self, list_id: str, interest: Interest) -> Audience:
        """Return one of its groups in our terms."""
        part = AudienceId(list_id, GROUP, f"{self.id}-{interest.id}")
        name = f"{self.title}: {interest.name}"
        return Audience(str(part), name, interest.subscriber_count, within=list_id)


class Member(BaseModel):
    """A reader; the id is a hash of the address, the same in all lists."""

    id: str


MEMBER_FIELDS = "total_items,members.id"
"""The fields that are requested of each reader."""


class Count(BaseModel):
    """How many there are."""

    total_items: int


class Recipients(BaseModel):
    """Who a campaign is for."""

    list_id: str = ""
    segment_opts: SegmentOptions | None = None


def category_and_interest(group: AudienceId) -> tuple[str, str]:
    """Return the two ids that the id of a group is made of."""
    category, _, interest = group.part.partition("-")
    return category, interest


def condition_of(group: AudienceId) -> dict[str, Any]:
    """Return the condition that readers meet who are in a group."""
    category, interest = category_and_interest(group)
    return {
        "condition_type": "Interests",
        "field": f"{_OF_CATEGORY}{category}",
        "op": "interestcontains",
        "value": [interest],
    }


def _has_tag(tag: int) -> dict[str, Any]:
    """Return the condition that readers meet who have a tag."""
    return {
        "condition_type": "StaticSegment",
        "field": "static_segment",
        "op": "static_is",
        "value": tag,
    }


def _in_words(conditions: Sequence[Mapping[str, Any]]) -> list[list[tuple[str, str]]]:
    """Return conditions to compare: in any order, and a number is the same as its digits."""
    return sorted(
        sorted((name, in_words(value)) for name, value in condition.items())
        for condition in conditions
    )

"""The audiences of a Mailchimp account: lists, and the segments, tags and groups within them.

A tag is a segment whose members were chosen one by one. A group, which the API calls an interest,
is an answer that readers can give to a question, its category; a campaign goes to those who gave it
by a condition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsletter.errors import Refused
from newsletter.model import Audience
from newsletter.services.answers import mailchimp_audiences as answers
from newsletter.services.answers.mailchimp import Page
from newsletter.services.audience_ids import AudienceId
from newsletter.services.mailchimp_pages import rows_of

if TYPE_CHECKING:
    from newsletter.services.http.api import Api

_MOST_COMPARED = 50_000
"""Readers of an audience, who are listed by the thousand."""


class MailchimpAudiences:
    """The audiences of the account behind an ``api``."""

    def __init__(self, api: Api, title: str) -> None:
        self._api = api
        self._title = title
        self._readers: dict[AudienceId, frozenset[str]] = {}

    def all(self) -> list[Audience]:
        """Return the lists, each followed by its parts; their sizes are a few minutes old."""
        fields = "lists.id,lists.name,lists.stats.member_count,total_items"
        page_type = Page[answers.ContactList]
        audiences: list[Audience] = []
        for each in rows_of(self._api, "/lists", page_type, fields=fields):
            audiences += [each.audience, *self._segments(each.id), *self._groups(each.id)]
        return audiences

    def of_campaign(self, recipients: answers.Recipients) -> tuple[str, ...]:
        """Return the id of the audience that a campaign goes to; words, if that has none."""
        if not recipients.list_id:
            return ()

        options = recipients.segment_opts
        if options is None or not options.is_set():
            return (recipients.list_id,)
        return (self._part(recipients.list_id, options),)

    def overlap(self, one: str, other: str) -> int:
        """Return how many readers are in both audiences. Raise Refused if these are too large."""
        first, second = AudienceId.of(one), AudienceId.of(other)
        return len(self._readers_of(first) & self._readers_of(second))

    def _segments(self, list_id: str) -> list[Audience]:
        """Return the segments and tags of a list."""
        rows = rows_of(
            self._api,
            f"/lists/{list_id}/segments",
            Page[answers.Segment],
            fields=answers.SEGMENT_FIELDS,
        )
        return [row.audience(list_id) for row in rows if row.can_be_sent_to]

    def _groups(self, list_id: str) -> list[Audience]:
        """Return the groups of a list, category by category."""
        path = f"/lists/{list_id}/interest-categories"
        page_type = Page[answers.Interest]
        groups: list[Audience] = []
        for category in rows_of(self._api, path, Page[answers.Category]):
            interests = rows_of(self._api, f"{path}/{category.id}/interests", page_type)
            groups += [category.group(list_id, interest) for interest in interests]
        return groups

    def _part(self, list_id: str, options: answers.SegmentOptions) -> str:
        """Return the id of a part of a list; words, if it is none of those that are listed."""
        part_of = f"a part of {list_id}"
        if options.prebuilt_segment_id:
            return part_of
        if not options.saved_segment_id:
            group = options.group(list_id)
            return str(group) if group else part_of

        path = f"/lists/{list_id}/segments/{options.saved_segment_id}"
        segment = self._api.get_if_there(path, answers.Segment)
        if segment is None:
            return f"{part_of}, a segment that is deleted"

        audience = segment.audience(list_id)
        if segment.is_meant_by(options):
            return audience.id
        return f"{part_of}, {audience.id} with other conditions"

    def _readers_of(self, audience: AudienceId) -> frozenset[str]:
        """Return who is in an audience: for each reader the hash of the address.

        It is the same in all lists.
        """
        if audience not in self._readers:
            path, query = _members(audience)
            self._require_few(path, query)
            members = rows_of(
                self._api, path, Page[answers.Member], fields=answers.MEMBER_FIELDS, **query
            )
            self._readers[audience] = frozenset(member.id for member in members)
        return self._readers[audience]

    def _require_few(self, path: str, query: dict[str, str]) -> None:
        """Raise Refused if there are more readers than can be listed in a minute or so."""
        count = self._api.get(path, answers.Count, count=1, fields="total_items", **query)
        if count.total_items > _MOST_COMPARED:
            message = f"It would take too long to compare {count.total_items:,} readers."
            hint = "Look there whether a reader is in more than one."
            raise Refused(self._title, message, hint)


def recipients_of(audience: str) -> dict[str, Any]:
    """Return the recipients of a campaign for an audience.

    Options without anything in them make it the whole list, whatever they were before.
    """
    to = AudienceId.of(audience)
    return {"list_id": to.list, "segment_opts": _options(to)}


def _options(to: AudienceId) -> dict[str, Any]:
    if not to.kind:
        return {}
    if to.kind == answers.GROUP:
        return {"match": "all", "conditions": [answers.condition_of(to)]}
    return {"saved_segment_id": int(to.part)}


def _members(audience: AudienceId) -> tuple[str, dict[str, str]]:
    """Return the path at which the readers of an audience are listed, and the query for them."""
    path = f"/lists/{audience.list}"
    if audience.kind in (answers.SEGMENT, answers.TAG):
        return f"{path}/segments/{audience.part}/members", {}

    query = {"status": "subscribed"}
    if audience.kind == answers.GROUP:
        category, interest = answers.category_and_interest(audience)
        query |= {
            "interest_category_id": category,
            "interest_ids": interest,
            "interest_match": "any",
        }
    return f"{path}/members", query

"""Buttondown (API of 2026-04-01, https://docs.buttondown.com/api-introduction).

An email there has no name: ours is in its metadata. Its audience is a filter: an empty one means
everyone, so it is empty only if everyone was chosen, and a test's filter lets nobody through. A
draft's content is put into a template, and only "naked" adds nothing.

No X-Idempotency-Key is sent: Buttondown does not say how long it remembers one, nor whether it
repeats a refusal, so a draft that a person has deleted might be returned for ever. If no answer
came, the marker finds what was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from newsletter.errors import NotAuthorised, Refused
from newsletter.model import Audience, File
from newsletter.services.answers import buttondown as answers
from newsletter.services.http.writing import Part, utc_time
from newsletter.services.kept_files import addresses_of
from newsletter.services.language import Delimiters
from newsletter.services.protocol import LOOK_BACK, Campaign, Capability, Outgoing, Profile, Status
from newsletter.services.sending import send_from_draft
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx

    from newsletter.services.http.api import Api

RowT = TypeVar("RowT")
_TITLE = "Buttondown"
_KEY = "BUTTONDOWN_API_KEY"
_API_VERSION = "2026-04-01"
"""In earlier versions, an email without a status was sent."""
_MOST_IMAGES = 1000
"""On a page."""
_FIRST_NAME = "subscriber.metadata.first_name"
_RECEIVING = (
    "regular",
    "premium",
    "gifted",
    "trialed",
    "churning",
    "past_due",
    "paused",
    "unpaid",
    "churned",
    "upcoming",
)
"""The types of subscribers that get emails; the others are unconfirmed, gone or blocked."""


def _connect(settings: Settings, transport: httpx.BaseTransport | None) -> Buttondown:
    from newsletter.services.http.address import Address
    from newsletter.services.http.api import Api

    key = settings[_KEY]
    address = Address(
        _TITLE,
        "https://api.buttondown.com/v1",
        headers={"Authorization": f"Token {key}", "X-API-Version": _API_VERSION},
        secrets=(key,),
    )
    return Buttondown(Api(address, transport))


PROFILE = Profile(
    title=_TITLE,
    can=frozenset(Capability) - {Capability.TEXT_ALONE, Capability.PLAIN_TEXT},
    connect=_connect,
    merge_tags={
        "unsubscribe": "{{ unsubscribe_url }}",
        "web-version": "{{ email.absolute_url }}",
        "first-name": '{{ subscriber.metadata.first_name|default:"reader" }}',
        "preferences": "{{ manage_subscription_url }}",
    },
    language=Delimiters(("{{", "{%", "{#")),
    settings=(Setting(_KEY, "an API key of the newsletter, with write access to emails"),),
    expects=answers.EXPECTS,
    may_count_clicks=True,
    keeps=frozenset({"image/gif", "image/jpeg", "image/png"}),
    may_recompress=True,
    notes=(
        "Pictures go into its own store; calendar entries must be served by the publication.",
        "It needs the template 'naked', which not every plan includes.",
        "Send the draft without editing it there: the editor rewrites the HTML that it saves.",
        "Sender, address for answers and tracking are set for the whole newsletter there.",
        "Once sent, the issue is in the public archive too, with the preheader as its description.",
        "A test belongs to no subscriber, so its unsubscribe links may lead nowhere.",
        "Readers change what they get in its portal, which must be on;"
        " it shows the tags that are set there as editable by subscribers.",
    ),
)


class Buttondown:
    """A newsletter at Buttondown; see ``services.protocol.Service``."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def account(self) -> str:
        """Return the newsletter's name in addresses, and its owner's mail address."""
        account = self._api.get("/accounts/me", answers.Account)
        return f"{account.username} ({account.email_address})"

    def missing_setup(self) -> Sequence[str]:
        """Return nothing: it cannot be known in advance."""
        return ()

    def audiences(self) -> Sequence[Audience]:
        """Return everyone, and the subscribers with each tag."""
        page_type = answers.Page[answers.Tag]
        tags = self._rows("/tags", page_type)
        with_tags = [tag.audience(self._size(tag.id)) for tag in tags]

        everyone = answers.EVERYONE
        return [Audience(everyone, "All subscribers", self._size(everyone)), *with_tags]

    def overlap(self, one: str, other: str) -> int:
        """Compare how many have each tag with how many have any of the two."""
        sizes = (self._count(one), self._count(other))
        in_any = self._count(one, other)
        if not max(sizes) <= in_any <= sum(sizes):
            message = "Its numbers of subscribers do not go together."
            hint = "Run the command again: somebody may have come or gone meanwhile."
            raise Refused(_TITLE, message, hint)
        return sum(sizes) - in_any

    def find(self, marker: str) -> Sequence[Campaign]:
        """Find by metadata, for which Buttondown has no filter, among those of the last year."""
        since = datetime.now(UTC) - LOOK_BACK
        rows = self._rows(
            "/emails",
            answers.Page[answers.EmailRow],
            ordering="-creation_date",
            creation_date__start=f"{since:%Y-%m-%d}",
            excluded_fields="body",
        )

        # by id, since one that is made meanwhile moves another onto the next page again
        campaigns: dict[str, Campaign] = {}
        for row in rows:
            if marker in row.name and not row.is_deleted:
                campaigns[row.id] = row.campaign
        return list(campaigns.values())

    def create(self, outgoing: Outgoing) -> str:
        """Make a draft, in one call."""
        fields = _fields(outgoing)
        email = self._api.post("/emails", fields, answers.NewEmail)
        return email.id

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Replace everything."""
        fields = _fields(outgoing)
        self._change(campaign, fields)

    def read(self, campaign: str) -> Campaign | None:
        """Return fields and content; None if it is deleted."""
        email = self._api.get_if_there(f"/emails/{campaign}", answers.Email)
        if email is None or email.is_deleted:
            return None
        return email.campaign

    def delete(self, campaign: str) -> None:
        """Delete it for good."""
        self._api.delete(f"/emails/{campaign}")

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send from a separate draft, which is deleted afterwards."""

        def send(campaign: str) -> None:
            path = f"/emails/{campaign}/send-draft"
            body = {"recipients": list(people)}
            self._api.act(path, body)

        send_from_draft(self, outgoing, send)

    def schedule(self, campaign: str, at: datetime) -> None:
        """Set the time, to the second."""
        change = {"status": "scheduled", "publish_date": utc_time(at)}
        self._change(campaign, change)

    def unschedule(self, campaign: str) -> None:
        """Make it a draft again, without a date."""
        change = {"status": "draft", "publish_date": "none"}
        self._change(campaign, change)

    def kept_files(self, names: Sequence[str]) -> Mapping[str, str]:
        """Find by metadata, for which Buttondown has no filter, among all pictures."""
        page_type = answers.Page[answers.Image]
        rows = self._rows("/images", page_type, page_size=_MOST_IMAGES)
        files = [row.kept for row in rows]
        return addresses_of(names, files)

    def keep_file(self, file: File) -> str:
        """Upload it, with our name in its metadata, for Buttondown gives it one of its own."""
        metadata = json.dumps({answers.NAME: file.name})
        form = {
            "image": Part(file.name, file.content, file.media_type),
            "metadata": Part(None, metadata.encode(), "application/json"),
        }
        return self._api.upload("/images", form, answers.Image).image

    def _rows(
        self, path: str, page_type: type[answers.Page[RowT]], **query: str | int
    ) -> Iterator[RowT]:
        """Yield the rows of all pages of a list.

        Pages are counted here: the key is sent to no address taken from an answer.
        """
        number = 1
        while True:
            page = self._api.get(path, page_type, page=number, **query)
            yield from page.results
            if page.next is None:
                return
            number += 1

    def _size(self, audience: str) -> int | None:
        """Return how many get emails for an audience; None if the key may not see subscribers."""
        try:
            return self._count(audience)
        except (NotAuthorised, Refused):
            return None

    def _count(self, *audiences: str) -> int:
        """Return how many subscribers are in any of these audiences and get emails.

        A field that is asked for twice may have either value.
        """
        query = [("type", kind) for kind in _RECEIVING]
        if answers.EVERYONE not in audiences:
            query += [("tag", tag) for tag in audiences]
        return self._api.get(f"/subscribers?{urlencode(query)}", answers.Count).count

    def _change(self, campaign: str, change: dict[str, Any]) -> None:
        """Change an email that is not sent yet: one that was sent could be sent again."""
        path = f"/emails/{campaign}"
        email = self._api.get(path, answers.Email)
        there = email.campaign
        if there.status not in (Status.DRAFT, Status.SCHEDULED):
            message = f"The email {campaign} is no longer a draft ({email.status})."
            message += " Nothing was done."
            raise Refused(_TITLE, message, f"Look at it: {there.address}")

        # Metadata are in each request: they might be emptied if left out.
        kept = email.metadata or {}
        changed = change.get("metadata", {})
        self._api.patch(path, {**change, "metadata": {**kept, **changed}})


def _fields(outgoing: Outgoing) -> dict[str, Any]:
    """Return all the fields of an email.

    Readers' comments are switched off; the archive is not, for the web version is there.
    """
    return {
        "status": "draft",
        "subject": outgoing.subject,
        "description": outgoing.preheader,
        "body": f"{answers.HTML_MARK}\n{outgoing.html}",
        "template": answers.TEMPLATE,
        "filters": _filters(outgoing.audience),
        "metadata": {answers.NAME: outgoing.name},
        "archival_mode": "enabled",
        "commenting_mode": "disabled",
        "attachments": [],
        "image": "",
        "canonical_url": "",
        "featured": False,
        "related_email_ids": [],
        "should_trigger_pay_per_email_billing": False,
    }


def _filters(audience: str) -> dict[str, Any]:
    """Return the filter for an audience; without one, nobody gets the email."""
    if audience == answers.EVERYONE:
        filters = []
    elif audience:
        filters = [_filter(*answers.HAS_TAG, audience)]
    else:  # no subscriber both has a name and has none
        filters = [_filter(_FIRST_NAME, "is_empty"), _filter(_FIRST_NAME, "is_not_empty")]
    return {"filters": filters, "groups": [], "predicate": "and"}


def _filter(field: str, operator: str, value: str = "") -> dict[str, str]:
    return {"field": field, "operator": operator, "value": value}

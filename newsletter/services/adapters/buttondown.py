"""Buttondown (API of 2026-04-01, https://docs.buttondown.com/api-introduction).

An email there has no name: ours is in its metadata. Its audience is a filter: an empty one means everyone, so it is
empty only if everyone was chosen, and a test's filter lets nobody through. A draft's content is put into a template,
and only "naked" adds nothing.

No X-Idempotency-Key is sent: Buttondown does not say how long it remembers one, nor whether it repeats a refusal, so a
draft that a person has deleted might be returned for ever. If no answer came, the marker finds what was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from newsletter.errors import NotAuthorised, Refused
from newsletter.model import Audience
from newsletter.services.answers import buttondown as answers
from newsletter.services.language import Delimiters
from newsletter.services.protocol import Campaign, Capability, Outgoing, Profile, Status
from newsletter.services.sending import send_from_draft
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx

    from newsletter.services.http.api import Api

T = TypeVar("T")
_TITLE = "Buttondown"
_KEY = "BUTTONDOWN_API_KEY"
_VERSION = "2026-04-01"
"""Of the API; in earlier versions, an email without a status was sent."""
_EVERYONE = "everyone"
"""Our word for an audience without a filter; the others are the ids of tags."""
_NAME = "newsletter"
"""The key of our name for an email in its metadata."""
_HAS_TAG = ("subscriber.tags", "contains")
_LOOK_BACK = timedelta(days=400)
"""How long ago a draft of an issue can have been made: the list is not read further back."""
_RECEIVING = (
    "regular", "premium", "gifted", "trialed", "churning", "past_due", "paused", "unpaid", "churned", "upcoming",
)  # fmt: skip
"""The types of subscribers that get emails; the others are unconfirmed, gone or blocked."""
_STATUSES = {
    "draft": Status.DRAFT,
    "scheduled": Status.SCHEDULED,
    "about_to_send": Status.SENDING,
    "in_flight": Status.SENDING,
    "throttled": Status.SENDING,
    "resending": Status.SENDING,
    "sent": Status.SENT,
}
_DELETED = "deleted"


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
        tags = self._all("/tags", answers.Page[answers.Tag])
        with_tags = [Audience(tag.id, tag.name, self._size(tag.id)) for tag in tags]
        return [Audience(_EVERYONE, "All subscribers", self._size()), *with_tags]

    def find(self, marker: str) -> Sequence[Campaign]:
        """Find by metadata, for which Buttondown has no filter, among those made in the last year."""
        since = datetime.now(UTC) - _LOOK_BACK
        rows = self._all(
            "/emails",
            answers.Page[answers.Row],
            ordering="-creation_date",
            creation_date__start=f"{since:%Y-%m-%d}",
            excluded_fields="body",
        )
        there = {row.id: row for row in rows if row.status != _DELETED and marker in _name_of(row)}
        return [_campaign(row) for row in there.values()]

    def create(self, outgoing: Outgoing) -> str:
        """Make a draft, in one call."""
        return self._api.post("/emails", _fields(outgoing), answers.Made).id

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Replace everything."""
        self._change(campaign, _fields(outgoing))

    def read(self, campaign: str) -> Campaign | None:
        """Return what it holds; None if it is deleted."""
        held = self._api.get_if_there(f"/emails/{campaign}", answers.Email)
        return None if held is None or held.status == _DELETED else _campaign(held, held.html)

    def delete(self, campaign: str) -> None:
        """Delete it for good."""
        self._api.delete(f"/emails/{campaign}")

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send from a separate draft, which is deleted afterwards."""

        def send(campaign: str) -> None:
            self._api.act(f"/emails/{campaign}/send-draft", {"recipients": list(people)})

        send_from_draft(self, outgoing, send)

    def schedule(self, campaign: str, at: datetime) -> None:
        """Set the time, to the second."""
        self._change(
            campaign,
            {"status": "scheduled", "publish_date": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"},
        )

    def unschedule(self, campaign: str) -> None:
        """Make it a draft again, without a date."""
        self._change(campaign, {"status": "draft", "publish_date": "none"})

    def _change(self, campaign: str, change: dict[str, Any]) -> None:
        """Change an email that is not sent yet: one that was sent could be sent again. Give its metadata each time, for
        they might be emptied if left out.
        """
        held = self._api.get(f"/emails/{campaign}", answers.Email)
        if _STATUSES.get(held.status) not in (Status.DRAFT, Status.SCHEDULED):
            message = (
                f"The email {campaign} is no longer a draft ({held.status}). Nothing was done."
            )
            raise Refused(_TITLE, message, f"Look at it: {_address(campaign)}")
        metadata = {**(held.metadata or {}), **change.get("metadata", {})}
        self._api.patch(f"/emails/{campaign}", {**change, "metadata": metadata})

    def _size(self, tag: str | None = None) -> int | None:
        """Return how many subscribers get emails, all or those with a tag; None if the key may not see subscribers."""
        query = [("type", kind) for kind in _RECEIVING] + ([("tag", tag)] if tag else [])
        try:
            return self._api.get(f"/subscribers?{urlencode(query)}", answers.Count).count
        except (NotAuthorised, Refused):
            return None

    def _all(self, path: str, into: type[answers.Page[T]], **query: str) -> Iterator[T]:
        """Yield what is listed on all pages. Count them here: the key is sent to no address taken from an answer."""
        number, is_last = 0, False
        while not is_last:
            number += 1
            page = self._api.get(path, into, page=number, **query)
            yield from page.results
            is_last = page.next is None


def _fields(outgoing: Outgoing) -> dict[str, Any]:
    """Return all the fields of an email. Readers' comments are switched off; the archive is not, for the web version
    is there.
    """
    return {
        "status": "draft",
        "subject": outgoing.subject,
        "description": outgoing.preheader,
        "body": f"{answers.HTML}\n{outgoing.html}",
        "template": answers.TEMPLATE,
        "filters": _filters(outgoing.audience),
        "metadata": {_NAME: outgoing.name},
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
    """Return the filter for an audience. Without one nobody gets the email: no subscriber both has a name and none."""
    if audience == _EVERYONE:
        filters = []
    elif audience:
        filters = [_filter(*_HAS_TAG, audience)]
    else:
        name = "subscriber.metadata.first_name"
        filters = [_filter(name, "is_empty"), _filter(name, "is_not_empty")]
    return {"filters": filters, "groups": [], "predicate": "and"}


def _filter(field: str, operator: str, value: str = "") -> dict[str, str]:
    return {"field": field, "operator": operator, "value": value}


def _audiences(group: answers.Group) -> tuple[str, ...]:
    """Return the audience for a filter. A condition that is not ours is left as it is, so that it does not pass for an
    audience of ours.
    """
    if not group.filters and not group.groups:
        return (_EVERYONE,)
    conditions = (
        str(each.value)
        if (each.field, each.operator) == _HAS_TAG
        else f"{each.field} {each.operator} {each.value}"
        for each in group.filters
    )
    how = () if group.predicate == "and" else ("(any of them)",)
    return (*conditions, *("(other conditions)" for _ in group.groups), *how)


def _campaign(held: answers.Row, html: str | None = None) -> Campaign:
    status = _STATUSES.get(held.status, Status.STOPPED)
    return Campaign(
        id=held.id,
        name=_name_of(held),
        status=status,
        address=_address(held.id),
        audiences=_audiences(held.filters) if held.filters else None,
        subject=held.subject,
        preheader=held.description,
        html=html,
        scheduled=held.publish_date if status == Status.SCHEDULED else None,
        settings=held.settings,
        created=held.creation_date,
    )


def _name_of(held: answers.Row) -> str:
    return str((held.metadata or {}).get(_NAME, ""))


def _address(campaign: str) -> str:
    return f"https://buttondown.com/emails/{campaign}"


def _connect(settings: Settings, transport: httpx.BaseTransport | None) -> Buttondown:
    from newsletter.services.http.address import Address
    from newsletter.services.http.api import Api

    headers = {"Authorization": f"Token {settings[_KEY]}", "X-API-Version": _VERSION}
    address = Address(_TITLE, "https://api.buttondown.com/v1", headers, secrets=(settings[_KEY],))
    return Buttondown(Api(address, transport))


PROFILE = Profile(
    title=_TITLE,
    can=frozenset(Capability) - {Capability.PLAIN_TEXT},
    connect=_connect,
    merge_tags={
        "unsubscribe": "{{ unsubscribe_url }}",
        "web-version": "{{ email.absolute_url }}",
        "first-name": '{{ subscriber.metadata.first_name|default:"reader" }}',
    },
    language=Delimiters(("{{", "{%", "{#")),
    settings=(Setting(_KEY, "an API key of the newsletter, with write access to emails"),),
    may_count_clicks=True,
    expects=answers.EXPECTS,
    notes=(
        "It needs the template 'naked', which not every plan includes.",
        "Send the draft without editing it there: the editor rewrites the HTML that it saves.",
        "Sender, address for answers and tracking are set for the whole newsletter there.",
        "Once sent, the issue is in the public archive too, with the preheader as its description.",
        "A test belongs to no subscriber, so its unsubscribe links may lead nowhere.",
    ),
)

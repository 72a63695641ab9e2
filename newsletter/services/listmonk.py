"""listmonk (https://listmonk.app), version 5 or later, on a server of one's own.

Its merge tags are expressions of Go templates; what is no tag is given as Go strings, in HTML and in plain text. Around
each email it puts a template of its own: there must be one that adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parseaddr, quote
from itertools import count
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from newsletter.errors import NotAuthorised, Refused
from newsletter.mailing import Audience, Campaign, Capability, Outgoing, Profile, Setting, Settings, Status
from newsletter.mailing.go_strings import GoStrings
from newsletter.mailing.test_draft import sent_from_a_draft

if TYPE_CHECKING:
    import httpx

    from newsletter.mailing.api import Api

T = TypeVar("T")
_TITLE = "listmonk"
_URL, _USER, _TOKEN = "LISTMONK_URL", "LISTMONK_USER", "LISTMONK_TOKEN"
_PAGE = 50  # as many as it gives at once
_STATUSES = {
    "draft": Status.DRAFT,
    "scheduled": Status.SCHEDULED,
    "running": Status.SENDING,
    "finished": Status.SENT,
}
"""Any other, "paused" and "cancelled" by now, is stopped."""
_CONTENT = re.compile(r'\{\{\s*template\s+"content"\s*\.\s*\}\}')
"""Where an email stands in a template."""


class _Answer(BaseModel, Generic[T]):
    data: T


class _Page(BaseModel, Generic[T]):
    results: list[T]
    total: int


class _User(BaseModel):
    username: str


class _List(BaseModel):
    id: int
    name: str
    optin: str
    subscriber_statuses: dict[str, int] | None = None

    @property
    def size(self) -> int | None:
        """How many people it reaches: with double opt-in those who confirmed. Who is blocked is still counted."""
        reached = {"confirmed"} if self.optin == "double" else {"confirmed", "unconfirmed"}
        counts = self.subscriber_statuses
        return None if counts is None else sum(counts[status] for status in reached & counts.keys())


class _Template(BaseModel):
    id: int
    type: str
    body: str
    is_default: bool


class _Part(BaseModel):
    id: int | None


class _Attachment(_Part):
    filename: str


class _Campaign(BaseModel):
    """All that could change what readers get; none of it has a default that every version has."""

    id: int
    status: str
    name: str
    subject: str
    from_email: str
    type: str
    content_type: str
    body: str
    altbody: str | None
    messenger: str
    template_id: int | None
    headers: list[dict[str, str]]
    tags: list[str]
    send_at: datetime | None
    lists: list[_Part]
    media: list[_Attachment]
    archive: bool
    attribs: dict[str, Any] | None = None  # since version 6
    created_at: datetime


class Listmonk:
    """A user of a listmonk server; see ``mailing.Service``."""

    def __init__(self, api: Api, site: str) -> None:
        self._api = api
        self._site = site

    def account(self) -> str:
        """The user, and the server."""
        user = self._api.get("/profile", _Answer[_User]).data
        return f"{user.username} ({self._site.partition('://')[2]})"

    def audiences(self) -> Sequence[Audience]:
        """The lists."""
        lists = self._all("/lists", _Answer[_Page[_List]])
        return [Audience(str(found.id), found.name, found.size) for found in lists]

    def find(self, marker: str) -> Sequence[Campaign]:
        """By name and subject, which it searches, and then by name."""
        found = self._all("/campaigns", _Answer[_Page[_Campaign]], query=marker, no_body="true")
        return [self._campaign(held) for held in found if marker in held.name]

    def create(self, outgoing: Outgoing) -> str:
        """A campaign is a draft at first."""
        return str(self._api.post("/campaigns", self._fields(outgoing), _Answer[_Campaign]).data.id)

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Everything. That it can be filled in shows only when that is tried, so it is; else nobody would get it."""
        self._api.put(f"/campaigns/{campaign}", self._fields(outgoing))
        self._api.ask(f"/campaigns/{campaign}/preview")

    def read(self, campaign: str) -> Campaign | None:
        """What readers would get: the HTML within its template, and no HTML if it cannot be filled in."""
        try:
            held = self._held(campaign)
        except Refused as error:
            if error.status not in (400, 404):  # it says 400 of nearly everything
                raise
            return None
        try:
            self._api.ask(f"/campaigns/{campaign}/preview")
            html = self._within_template(held)
        except Refused:
            html = ""
        return replace(self._campaign(held), html=html, text=held.altbody or "")

    def delete(self, campaign: str) -> None:
        """For good."""
        try:
            self._api.delete(f"/campaigns/{campaign}")
        except Refused:  # as it also says of what is gone already
            if self.read(campaign) is not None:
                raise

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """From a draft of its own, which is deleted afterwards. One by one, for of several people it would pass over
        those whom it does not know. A draft must have a list: it is the smallest, should anybody press Send.
        """
        if not (lists := self.audiences()):
            raise Refused(_TITLE, "It has no list, and without one there is no draft.", "Make a list there.")
        test = replace(outgoing, audience=min(lists, key=lambda each: (each.size is None, each.size)).id)

        def send(campaign: str) -> None:
            fields = self._fields(test)
            for person in people:
                self._send_to(person, campaign, fields)

        sent_from_a_draft(self, test, send)

    def schedule(self, campaign: str, at: datetime) -> None:
        """First the time, then that it holds."""
        self._set_time(campaign, f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
        try:
            self._api.put(f"/campaigns/{campaign}/status", {"status": "scheduled"})
        except Refused:  # it says no to what it did already, when its answer to that was lost
            if self._held(campaign).status != "scheduled":
                raise

    def unschedule(self, campaign: str) -> None:
        """Without a time it is a draft again. A time that stayed would count as soon as anybody presses Send."""
        self._set_time(campaign, None)

    def _all(self, path: str, into: type[_Answer[_Page[T]]], **query: str) -> list[T]:
        """What is on all pages."""
        found = list[T]()
        for number in count(1):
            page = self._api.get(path, into, page=number, per_page=_PAGE, **query).data
            found += page.results
            if not page.results or len(found) >= page.total:
                break
        return found

    def _held(self, campaign: str) -> _Campaign:
        return self._api.get(f"/campaigns/{campaign}", _Answer[_Campaign]).data

    def _templates(self) -> list[_Template]:
        return self._api.get("/templates", _Answer[list[_Template]]).data

    def _bare_template(self) -> int:
        """The id of a template that adds nothing. Without it listmonk would take its default one, with all it adds."""
        for template in self._templates():
            if template.type == "campaign" and _CONTENT.fullmatch(template.body.strip()):
                return template.id
        what = "It has no template that leaves an email as it is."
        hint = 'Make one there, for campaigns, whose body is {{ template "content" . }} and nothing else.'
        raise Refused(_TITLE, what, hint)

    def _within_template(self, held: _Campaign) -> str:
        """The body as it will be sent: in its template, or in the default one if it has none (any more)."""
        templates = self._templates()
        default = next((template for template in templates if template.is_default), None)
        chosen = next((template for template in templates if template.id == held.template_id), default)
        return _CONTENT.sub(lambda _: held.body, chosen.body.strip()) if chosen else held.body

    def _fields(self, outgoing: Outgoing) -> dict[str, Any]:
        """All that can be said of a campaign: what is left out, listmonk fills in, or keeps as it was."""
        name, address = outgoing.sender
        return {
            "name": outgoing.name,
            "subject": outgoing.subject,
            "lists": [int(outgoing.audience)],
            "type": "regular",
            "content_type": "html",
            "from_email": f'"{quote(name)}" <{address}>',
            "body": outgoing.html,
            "altbody": outgoing.text,
            "messenger": "email",
            "template_id": self._bare_template(),
            "tags": [],
            "headers": [{"Reply-To": outgoing.reply_to}],
            "send_at": None,
            "media": [],
            "archive": False,
        }

    def _set_time(self, campaign: str, at: str | None) -> None:
        """Give a campaign another time. What is left out stays as it is, but for these three."""
        held = self._held(campaign)
        lists, media = ([part.id for part in parts if part.id] for parts in (held.lists, held.media))
        fields = {"send_at": at, "lists": lists, "media": media, "attribs": held.attribs}
        self._api.put(f"/campaigns/{campaign}", fields)

    def _send_to(self, person: str, campaign: str, fields: dict[str, Any]) -> None:
        """Of the draft only the template counts here; the rest is what is given."""
        try:
            self._api.act(f"/campaigns/{campaign}/test", {**fields, "subscribers": [person]})
        except Refused as error:
            what = f"There is no test for {person}: {error.problems[0].what}"
            hint = "It sends tests to subscribers only. Add the address to any list there."
            raise Refused(_TITLE, what, hint, error.status) from None

    def _campaign(self, held: _Campaign) -> Campaign:
        status, (name, address) = _STATUSES.get(held.status, Status.STOPPED), parseaddr(held.from_email)
        headers = [(name.lower(), value) for group in held.headers for name, value in group.items()]
        answers = next((value for name, value in headers if name == "reply-to"), "")
        others = [f"{name}: {value}" for name, value in headers if (name, value) != ("reply-to", answers)]
        return Campaign(
            id=str(held.id),
            name=held.name,
            status=status,
            address=f"{self._site}/admin/campaigns/{held.id}",
            audiences=tuple(str(each.id) for each in held.lists if each.id),
            subject=held.subject,
            sender_name=name,
            sender_address=address,
            reply_to=answers,
            scheduled=held.send_at if status in (Status.SCHEDULED, Status.DRAFT) else None,
            settings={
                "kind of campaign": held.type,
                "format": held.content_type,
                "messenger": held.messenger,
                "other headers": _listed(others),
                "attachments": _listed(each.filename for each in held.media),
                "tags": _listed(held.tags),
                "public archive": "on" if held.archive else "off",
            },
            created=held.created_at,
        )


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values) or "none"


def _connect(settings: Settings, transport: httpx.BaseTransport | None) -> Listmonk:
    from newsletter.mailing.api import Address, Api

    site, user, token = settings[_URL].rstrip("/"), settings[_USER], settings[_TOKEN]
    if "@" in site:
        raise NotAuthorised(_TITLE, f"There is a name or a password in {_URL}.", "Write the address alone.")
    headers = {"Authorization": f"token {user}:{token}"}
    return Listmonk(Api(Address(_TITLE, f"{site}/api", headers, secrets=(token,)), transport), site)


PROFILE = Profile(
    title=_TITLE,
    can=frozenset(Capability) - {Capability.PREHEADER},
    connect=_connect,
    merge_tags={
        "unsubscribe": "{{ UnsubscribeURL }}",
        "web-version": "{{ MessageURL }}",
        "first-name": '{{ or .Subscriber.FirstName "reader" }}',
    },
    text_tags={"first-name": '{{ or .Subscriber.FirstName "reader" | Safe }}'},
    syntax=GoStrings(),
    expects={
        "kind of campaign": "regular",
        "format": "html",
        "messenger": "email",
        "other headers": "none",
        "attachments": "none",
        "tags": "none",
        "public archive": "off",
    },
    settings=(
        Setting(_URL, "the server's web address, such as https://lists.example.org"),
        Setting(_USER, "an API user who may read lists and templates, and get, manage and send campaigns"),
        Setting(_TOKEN, "that user's token"),
    ),
    notes=(
        'It wants a campaign template there whose body is {{ template "content" . }} and nothing else.',
        "The draft's HTML stands in {{ Safe … }} there; its preview shows it as readers get it.",
        "Tests go to subscribers only. In a test, the unsubscribe link is theirs, and the web version leads nowhere.",
    ),
)

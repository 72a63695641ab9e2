"""listmonk (https://listmonk.app), version 5 or later, on a server of one's own.

Its merge tags are expressions of Go templates; all other text is given as Go strings, in HTML and in plain text. It
puts a template of its own around each email: there must be one that adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parseaddr, quote
from typing import TYPE_CHECKING, Any

from newsletter.errors import NotAuthorised, Refused, ServiceError
from newsletter.model import Audience
from newsletter.services.answers.listmonk import (
    NO_TEMPLATE,
    Answer,
    Configuration,
    Held,
    Page,
    Readers,
    Template,
    User,
)
from newsletter.services.go_templates import GoTemplates
from newsletter.services.protocol import Campaign, Capability, Outgoing, Profile, Status
from newsletter.services.sending import send_from_draft, send_one_by_one
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx

    from newsletter.services.http.api import Api

_TITLE = "listmonk"
_URL, _USER, _TOKEN = "LISTMONK_URL", "LISTMONK_USER", "LISTMONK_TOKEN"
_ALL = "all"
"""All on one page: what is changed meanwhile may move from one page to another, and be seen twice or never."""
_STATUSES = {
    "draft": Status.DRAFT,
    "scheduled": Status.SCHEDULED,
    "running": Status.SENDING,
    "finished": Status.SENT,
}
"""All others, "paused" and "cancelled" among them, are stopped."""
_BARE = "one that adds nothing"
_NEEDED = (
    ("lists:get_all",),
    ("templates:get",),
    ("campaigns:get_all", "campaigns:get"),
    ("campaigns:manage_all", "campaigns:manage"),
    ("campaigns:send",),  # known to servers from version 6.2 on
)
"""The permissions that the commands need; one from each line is enough."""


class Listmonk:
    """A user of a listmonk server; see ``services.protocol.Service``."""

    def __init__(self, api: Api, site: str) -> None:
        self._api = api
        self._site = site

    def account(self) -> str:
        """Return the user and the server."""
        try:
            user = self._user()
        except (
            NotAuthorised
        ) as error:  # it needs no permission, but 403 is all that listmonk ever says
            message = f"It does not accept {_USER} and {_TOKEN} ({error.status})."
            raise NotAuthorised(
                _TITLE, message, "Check both, and that the user is enabled.", error.status
            ) from None
        return f"{user.username} ({self._site.partition('://')[2]})"

    def missing_setup(self) -> Sequence[str]:
        """Return missing permissions, as far as this version knows them, and a missing template that adds nothing."""
        user, configuration = self._user(), self._api.get("/config", Answer[Configuration]).data
        known = {
            permission for group in configuration.permissions for permission in group.permissions
        }
        missing = [any_of for any_of in _NEEDED if known & {*any_of} and not user.may(*any_of)]
        lacks = [
            f"A permission is missing: {' or '.join(any_of)}. Give it to the user's role."
            for any_of in missing
        ]
        try:
            self._bare_template()
        except ServiceError as error:
            lacks += [f"{problem.message} {problem.hint}" for problem in error.problems]
        return lacks

    def audiences(self) -> Sequence[Audience]:
        """Return the lists that are not archived."""
        lists = self._api.get("/lists", Answer[Page[Readers]], per_page=_ALL).data.results
        return [
            Audience(str(each.id), each.name, each.size)
            for each in lists
            if each.status != "archived"
        ]

    def find(self, marker: str) -> Sequence[Campaign]:
        """Let listmonk search names and subjects for a pattern, and then compare names. It makes a PostgreSQL query of
        the pattern as well, in which most characters but these are syntax; ``_`` is any one character.
        """
        pattern = re.sub("[^0-9A-Za-z]", "_", marker).strip("_")
        query = {"query": pattern, "no_body": "true", "per_page": _ALL}
        found = self._api.get("/campaigns", Answer[Page[Held]], **query).data.results
        return [self._campaign(held) for held in found if marker in held.name]

    def create(self, outgoing: Outgoing) -> str:
        """Make a campaign, which is a draft at first."""
        return str(self._api.post("/campaigns", self._fields(outgoing), Answer[Held]).data.id)

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Replace everything, and empty the headers first: what is given is added to the existing ones, so a Bcc would
        stay. Then try to fill in the merge tags: if that failed when it is sent, nobody would get it.
        """
        fields = self._fields(outgoing)
        self._api.put(f"/campaigns/{campaign}", {**fields, "headers": []})
        self._api.put(f"/campaigns/{campaign}", fields)
        self._api.ask(f"/campaigns/{campaign}/preview")

    def read(self, campaign: str) -> Campaign | None:
        """Return what readers would get: the HTML within its template, and no HTML if it cannot be filled in."""
        try:
            held = self._held(campaign)
        except Refused as error:
            if error.status not in (400, 404):  # it answers 400 to nearly everything
                raise
            return None
        try:
            self._api.ask(f"/campaigns/{campaign}/preview")
            fills_in = True
        except Refused:
            fills_in = False
        read, template = self._campaign(held), self._template_of(held)
        html = template.around(held.body) if fills_in else ""
        settings = {"template": _BARE if template.is_bare else template.name}
        return replace(
            read, html=html, text=held.altbody or "", settings={**settings, **read.settings}
        )

    def delete(self, campaign: str) -> None:
        """Delete it for good."""
        try:
            self._api.delete(f"/campaigns/{campaign}")
        except Refused:  # as it also does if the campaign has gone already
            if self.read(campaign) is not None:
                raise

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send from a separate draft, which is deleted afterwards. Send one by one: of several people it would ignore
        those it does not know. A draft must have a list: use the smallest, in case somebody presses Send.
        """
        if not (lists := self.audiences()):
            raise Refused(_TITLE, "It has no list, and a draft needs one.", "Make a list there.")
        test = replace(
            outgoing, audience=min(lists, key=lambda each: (each.size is None, each.size)).id
        )

        def send(campaign: str) -> None:
            fields = self._fields(test)
            send_one_by_one(people, lambda person: self._send_to(person, campaign, fields))

        send_from_draft(self, test, send)

    def schedule(self, campaign: str, at: datetime) -> None:
        """Set the time, and then the status; if that is refused, remove the time again."""
        self._set_time(campaign, f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
        try:
            self._api.put(f"/campaigns/{campaign}/status", {"status": "scheduled"})
        except (
            Refused,
            NotAuthorised,
        ):  # it refuses what it has already done, if its answer was lost
            if self._held(campaign).status != "scheduled":
                self._set_time(campaign, None)
                raise

    def unschedule(self, campaign: str) -> None:
        """Remove the time, which makes it a draft. A time that stayed would count as soon as anybody presses Send."""
        self._set_time(campaign, None)

    def _user(self) -> User:
        return self._api.get("/profile", Answer[User]).data

    def _held(self, campaign: str) -> Held:
        return self._api.get(f"/campaigns/{campaign}", Answer[Held]).data

    def _templates(self) -> list[Template]:
        return self._api.get("/templates", Answer[list[Template]]).data

    def _bare_template(self) -> int:
        """Return the id of a template that adds nothing. Without it listmonk would use its default one."""
        for template in self._templates():
            if template.type == "campaign" and template.is_bare:
                return template.id
        message = "It has no template that leaves an email as it is."
        hint = 'Make one there, for campaigns, whose body is {{ template "content" . }} and nothing else.'
        raise Refused(_TITLE, message, hint)

    def _template_of(self, held: Held) -> Template:
        """Return the template that the body will be sent in: the default one if it has none."""
        templates = self._templates()
        default = next((template for template in templates if template.is_default), NO_TEMPLATE)
        return next(
            (template for template in templates if template.id == held.template_id), default
        )

    def _fields(self, outgoing: Outgoing) -> dict[str, Any]:
        """Return all the fields of a campaign: listmonk fills in what is left out, or keeps it as it was."""
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
        """Give a campaign another time. What is left out stays as it is, except for these three."""
        held = self._held(campaign)
        lists, media = (
            [part.id for part in parts if part.id] for parts in (held.lists, held.media)
        )
        fields = {"send_at": at, "lists": lists, "media": media, "attribs": held.attribs}
        self._api.put(f"/campaigns/{campaign}", fields)

    def _send_to(self, person: str, campaign: str, fields: dict[str, Any]) -> None:
        """Send one test. Only the draft's template counts here; the rest comes from ``fields``."""
        try:
            self._api.act(f"/campaigns/{campaign}/test", {**fields, "subscribers": [person]})
        except ServiceError as error:
            message, hint = (
                f"No test for {person}: {error.problems[0].message}",
                error.problems[0].hint,
            )
            if isinstance(error, Refused):
                hint = "It sends tests only to subscribers. Add the address to any list there."
            raise type(error)(_TITLE, message, hint, error.status) from None

    def _campaign(self, held: Held) -> Campaign:
        status, (name, address) = (
            _STATUSES.get(held.status, Status.STOPPED),
            parseaddr(held.from_email),
        )
        answers = next((value for name, value in held.all_headers() if name == "reply-to"), "")
        others = [
            f"{name}: {value}"
            for name, value in held.all_headers()
            if (name, value) != ("reply-to", answers)
        ]
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
    from newsletter.services.http.address import Address
    from newsletter.services.http.api import Api

    site, user, token = settings[_URL].rstrip("/"), settings[_USER], settings[_TOKEN]
    if "@" in site:
        raise NotAuthorised(
            _TITLE, f"There is a name or a password in {_URL}.", "Write the address alone."
        )
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
    language=GoTemplates(),
    expects={
        "template": _BARE,
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
        Setting(
            _USER,
            "an API user that may read lists and templates, and get, manage and send campaigns",
        ),
        Setting(_TOKEN, "that user's token"),
    ),
    notes=(
        'It needs a campaign template there whose body is {{ template "content" . }} and nothing else.',
        "The draft's HTML is within {{ Safe … }} there; its preview shows it as readers get it.",
        "Tests go only to subscribers. In a test, the unsubscribe link is theirs, and the web version leads nowhere.",
    ),
)

"""SendGrid's Marketing Campaigns (API v3, https://www.twilio.com/docs/sendgrid): a campaign is a Single Send.

A draft takes one call. Its sender is one of the account's verified senders, which has the name, the address for answers
and the postal address. Single Sends have no test sends, so a test goes out as ordinary mail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from time import time
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel

from newsletter.errors import NotAuthorised, Refused
from newsletter.model import Audience
from newsletter.services.answers import sendgrid as answers
from newsletter.services.language import Delimiters
from newsletter.services.protocol import Campaign, Capability, Outgoing, Profile, Status
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx

    from newsletter.services.http.api import Api

RowT = TypeVar("RowT", bound=BaseModel)
_TITLE = "SendGrid"
_KEY = "SENDGRID_API_KEY"
_GROUP = "SENDGRID_UNSUBSCRIBE_GROUP"
_SENDS = "/marketing/singlesends"
_PAGE = 100
_STATUSES = {"draft": Status.DRAFT, "scheduled": Status.SCHEDULED, "triggered": Status.SENDING}
_OFF = {"enable": False}


class SendGrid:
    """An account of SendGrid; see ``services.protocol.Service``."""

    def __init__(self, api: Api, group: int) -> None:
        self._api = api
        self._group = group

    def account(self) -> str:
        """Return the mail address of its owner."""
        return self._api.get("/user/email", answers.Account).email

    def missing_setup(self) -> Sequence[str]:
        """Return nothing: it cannot be known in advance."""
        return ()

    def audiences(self) -> Sequence[Audience]:
        """Return the contact lists; their sizes include those who have unsubscribed."""
        lists = self._rows("/marketing/lists", answers.Page[answers.Listed])
        return [Audience(found.id, found.name, found.contact_count) for found in lists]

    def find(self, marker: str) -> Sequence[Campaign]:
        """Find by name, in the list of all Single Sends: their search may be out of date."""
        return [
            _campaign(row)
            for row in self._rows(_SENDS, answers.Page[answers.Row])
            if marker in row.name
        ]

    def create(self, outgoing: Outgoing) -> str:
        """Make the whole draft in one call."""
        return self._api.post(_SENDS, self._body(outgoing), answers.Made).id

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Replace the whole draft, for SendGrid might apply its defaults to what is left out."""
        self._api.patch(f"{_SENDS}/{campaign}", self._body(outgoing))

    def read(self, campaign: str) -> Campaign | None:
        """Return all of it, and who the sender is."""
        held = self._api.get_if_there(f"{_SENDS}/{campaign}", answers.Held)
        if held is None:
            return None
        content = held.email_config or answers.EmailConfig()
        sender = self._sender(content.sender_id)
        return replace(
            _campaign(held),
            audiences=(held.send_to or answers.SendTo()).named(),
            subject=content.subject or "",
            sender_name=sender.name,
            sender_address=sender.address,
            reply_to=sender.reply_to,
            html=content.html_content or "",
            text=content.plain_content or "",
            settings=held.settings(self._group),
        )

    def delete(self, campaign: str) -> None:
        """Delete it for good."""
        self._api.delete(f"{_SENDS}/{campaign}")

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send ordinary mail, one to each person; here all that SendGrid adds can be switched off."""
        name, address = outgoing.sender
        body = {
            "personalizations": [{"to": [{"email": person}]} for person in people],
            "from": {"email": address, "name": name},
            "reply_to": {"email": outgoing.reply_to},
            "subject": outgoing.subject,
            "content": [
                {"type": "text/plain", "value": outgoing.text},
                {"type": "text/html", "value": outgoing.html},
            ],
            "tracking_settings": {
                "click_tracking": {"enable": False, "enable_text": False},
                **dict.fromkeys(("open_tracking", "subscription_tracking", "ganalytics"), _OFF),
            },
            "mail_settings": {"footer": _OFF},
        }
        self._api.act("/mail/send", body)

    def schedule(self, campaign: str, at: datetime) -> None:
        """Schedule at any time in the future. (The word "now" in its place would send immediately.)"""
        body = {"send_at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
        self._api.put(f"{_SENDS}/{campaign}/schedule", body)

    def unschedule(self, campaign: str) -> None:
        """Make it a draft again. (Without the last word of the path it would be deleted.)"""
        self._api.delete(f"{_SENDS}/{campaign}/schedule")

    def _body(self, outgoing: Outgoing) -> dict[str, Any]:
        """Return all the fields of a Single Send, including those whose defaults would do."""
        return {
            "name": outgoing.name,
            "send_to": {"list_ids": [outgoing.audience], "segment_ids": [], "all": False},
            "email_config": {
                "subject": outgoing.subject,
                "html_content": outgoing.html,
                "plain_content": outgoing.text,
                "generate_plain_content": False,  # or ours would be overwritten
                "editor": "code",
                "suppression_group_id": self._group,
                "custom_unsubscribe_url": None,
                "sender_id": self._sender_for(outgoing),
            },
        }

    def _rows(self, path: str, pages: type[answers.Page[RowT]]) -> Iterator[RowT]:
        """Yield all rows of a list. Only the token of the next page's address is used: credentials go nowhere else."""
        query: dict[str, str | int] = {"page_size": _PAGE}
        while True:
            page = self._api.get(path, pages, **query)
            yield from page.result
            tokens = parse_qs(urlsplit(page.metadata.next or "").query).get("page_token")
            if not tokens:
                return
            query["page_token"] = tokens[0]

    @cached_property
    def _marketing_senders(self) -> list[answers.Sender]:
        """The senders made for marketing."""
        return self._api.get("/marketing/senders", answers.Senders).results

    @cached_property
    def _verified_senders(self) -> list[answers.Sender]:
        """The senders of the whole account."""
        senders, page = (
            list[answers.Sender](),
            self._api.get("/verified_senders", answers.Senders, limit=_PAGE).results,
        )
        while len(page) == _PAGE:
            senders += page
            page = self._api.get(
                "/verified_senders", answers.Senders, limit=_PAGE, lastSeenID=page[-1].id
            ).results
        return senders + page

    def _senders(self, matches: Callable[[answers.Sender], bool]) -> list[answers.Sender]:
        """Return the senders that match: those made for marketing or, if there is none, of the whole account."""
        found = list(filter(matches, self._marketing_senders))
        return found or list(filter(matches, self._verified_senders))

    def _sender(self, number: int | None) -> answers.Sender:
        """Return the sender with an id; one without a name or an address if there is none."""
        found = self._senders(lambda sender: sender.id == number) if number is not None else []
        return found[0] if found else answers.Sender(id=0)

    def _sender_for(self, outgoing: Outgoing) -> int:
        """Return the id of the one verified sender with the issue's address. Raise Refused if there is not one."""
        _, address = outgoing.sender
        found = self._senders(
            lambda sender: sender.is_verified and sender.address.casefold() == address.casefold()
        )
        if not found:
            hint = "Add and verify it there, or write another under 'from' in publication.yaml."
            raise Refused(_TITLE, f"It has no verified sender {address}.", hint)
        if len(found) > 1:
            named = ", ".join(f"{sender.id} ({sender.name})" for sender in found)
            raise Refused(
                _TITLE,
                f"It has {len(found)} verified senders {address}: {named}.",
                "Delete all but one there.",
            )
        return found[0].id


def _campaign(held: answers.Row) -> Campaign:
    """Return what a row of the list says."""
    status = _STATUSES.get(held.status, Status.STOPPED)
    return Campaign(
        id=held.id,
        name=held.name,
        status=status,
        address=f"https://mc.sendgrid.com/single-sends/{held.id}/editor",
        audiences=None,
        scheduled=held.send_at if status == Status.SCHEDULED else None,
        created=held.created_at,
    )


def _wait(answer: httpx.Response) -> float | None:
    """Return the seconds until SendGrid says that it takes requests again."""
    from newsletter.services.http.retries import seconds_in

    reset = seconds_in(answer.headers.get("X-RateLimit-Reset"))
    return None if reset is None else max(1.0, reset - time())


def _connect(settings: Settings, transport: httpx.BaseTransport | None) -> SendGrid:
    from newsletter.services.http.address import Address
    from newsletter.services.http.api import Api

    key, group = settings[_KEY], settings[_GROUP]
    if not group.isdecimal():
        hint = "Look it up in SendGrid, under Suppressions, Unsubscribe Groups."
        raise NotAuthorised(_TITLE, f"{_GROUP} is not the id of a group, which is a number.", hint)
    headers = {"Authorization": f"Bearer {key}", "Accept": "application/json"}
    address = Address(_TITLE, "https://api.sendgrid.com/v3", headers, secrets=(key,), wait=_wait)
    return SendGrid(Api(address, transport), int(group))


PROFILE = Profile(
    title=_TITLE,
    can=frozenset(Capability) - {Capability.PREHEADER},
    connect=_connect,
    merge_tags={
        "unsubscribe": "{{{unsubscribe}}}",
        "web-version": "{{Weblink}}",
        "first-name": '{{insert first_name "default=reader"}}',
        "address": "{{Sender_Address}}, {{Sender_City}} {{Sender_State}} {{Sender_Zip}}, {{Sender_Country}}",
    },
    # Handlebars, in which a backslash before a tag makes it text; and what SendGrid replaces in any of its emails.
    language=Delimiters(("{{", "\\{{", "<%asm_", "%sg_")),
    settings=(
        Setting(_KEY, "an API key with access to Marketing, mail.send and user.email.read"),
        Setting(_GROUP, "the id of the unsubscribe group that the newsletter's readers leave"),
    ),
    adds={
        "%sg_open_track%": "a picture that counts who opens it: open tracking is on in the account"
    },
    expects=answers.EXPECTS,
    fills_tests=False,
    notes=(
        "The sender's name, the address for answers and the postal address are those of the verified sender.",
        "Whether opens and clicks are counted is set for the whole account, not for an issue.",
        "A test goes out as ordinary mail; people who have unsubscribed from all mail of the account do not get it.",
    ),
)

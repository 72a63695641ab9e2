"""SendGrid's Marketing Campaigns (API v3, https://www.twilio.com/docs/sendgrid).

A campaign there is a Single Send; a draft takes one call. Its sender is one of the account's
verified senders, which has the name, the address for answers and the postal address. Single Sends
have no test sends, so a test goes out as ordinary mail.

What is empty in an update is left as it is. So a draft for a list never becomes one for a segment:
it would be for both, and that is a wrong audience. Nor can a draft lose its HTML, so a text alone
is not offered: that a Single Send may do without HTML is documented nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from time import time
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from newsletter.errors import NotAuthorised
from newsletter.model import Audience, File
from newsletter.services.answers import sendgrid as answers
from newsletter.services.audience_ids import AudienceId, counts_no_overlap
from newsletter.services.http.writing import utc_time
from newsletter.services.kept_files import keeps_no_files
from newsletter.services.language import Delimiters
from newsletter.services.protocol import Campaign, Capability, Outgoing, Profile
from newsletter.services.sendgrid_segments import SendGridSegments
from newsletter.services.sendgrid_senders import TITLE, SendGridSenders
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx

    from newsletter.services.http.api import Api

RowT = TypeVar("RowT", bound=BaseModel)
_KEY = "SENDGRID_API_KEY"
_GROUP = "SENDGRID_UNSUBSCRIBE_GROUP"
_SINGLE_SENDS = "/marketing/singlesends"
_PAGE = 100
_OFF = {"enable": False}
_TRACKING_OFF = {
    "click_tracking": {"enable": False, "enable_text": False},
    "open_tracking": _OFF,
    "subscription_tracking": _OFF,
    "ganalytics": _OFF,
}


def _connect(settings: Settings, transport: httpx.BaseTransport | None) -> SendGrid:
    from newsletter.services.http.address import Address
    from newsletter.services.http.api import Api

    key, group = settings[_KEY], settings[_GROUP]
    if not group.isdecimal():
        message = f"{_GROUP} is not the id of a group, which is a number."
        hint = "Look it up in SendGrid, under Suppressions, Unsubscribe Groups."
        raise NotAuthorised(TITLE, message, hint)

    address = Address(
        TITLE,
        "https://api.sendgrid.com/v3",
        headers={"Authorization": f"Bearer {key}", "Accept": "application/json"},
        secrets=(key,),
        wait=_wait,
    )
    return SendGrid(Api(address, transport), int(group))


PROFILE = Profile(
    title=TITLE,
    can=frozenset(Capability) - {Capability.TEXT_ALONE, Capability.PREHEADER, Capability.PICTURES},
    connect=_connect,
    merge_tags={
        "unsubscribe": "{{{unsubscribe}}}",
        "web-version": "{{Weblink}}",
        "first-name": '{{insert first_name "default=reader"}}',
        "address": (
            "{{Sender_Address}}, {{Sender_City}} {{Sender_State}} {{Sender_Zip}},"
            " {{Sender_Country}}"
        ),
    },
    # Handlebars, in which a backslash before a tag makes it text; and what SendGrid replaces in any
    # of its emails.
    language=Delimiters(("{{", "\\{{", "<%asm_", "%sg_")),
    settings=(
        Setting(_KEY, "an API key with access to Marketing, mail.send and user.email.read"),
        Setting(_GROUP, "the id of the unsubscribe group that the newsletter's readers leave"),
    ),
    expects=answers.EXPECTS,
    adds={
        "%sg_open_track%": "a picture that counts who opens it: open tracking is on in the account"
    },
    fills_tests=False,
    notes=(
        "The sender's name, the address for answers and the postal address"
        " are those of the verified sender.",
        "Whether opens and clicks are counted is set for the whole account, not for an issue.",
        "Its page of preferences lets readers leave groups of mail, not choose a format,"
        " so the link for that leads to the publication's own page.",
        "It counts who is on two lists, but not who is in two segments.",
        "A test goes out as ordinary mail;"
        " people who have unsubscribed from all mail of the account do not get it.",
    ),
)


class SendGrid:
    """An account of SendGrid; see ``services.protocol.Service``."""

    def __init__(self, api: Api, group: int) -> None:
        self._api = api
        self._group = group
        self._senders = SendGridSenders(api)
        self._segments = SendGridSegments(api)

    def account(self) -> str:
        """Return the mail address of its owner."""
        account = self._api.get("/user/email", answers.Account)
        return account.email

    def missing_setup(self) -> Sequence[str]:
        """Return nothing: it cannot be known in advance."""
        return ()

    def audiences(self) -> Sequence[Audience]:
        """Return the contact lists, each followed by its segments, and then all other segments.

        Their sizes include those who have unsubscribed; those of segments may be an hour old.
        """
        page_type = answers.Page[answers.ContactList]
        lists = self._rows("/marketing/lists", page_type)
        return self._segments.below(each.audience for each in lists)

    def overlap(self, one: str, other: str) -> int:
        """Count the contacts who are on both lists, including those who have unsubscribed.

        Raise Unsupported for a segment, which the search has no word for.
        """
        audiences = (AudienceId.of(one), AudienceId.of(other))
        if any(audience.kind for audience in audiences):
            raise counts_no_overlap(TITLE)

        on_both = " AND ".join(f"CONTAINS(list_ids, '{each.list}')" for each in audiences)
        body = {"query": on_both}
        return self._api.post("/marketing/contacts/search", body, answers.Found).contact_count

    def find(self, marker: str) -> Sequence[Campaign]:
        """Find by name, in the list of all Single Sends: their search may be out of date."""
        page_type = answers.Page[answers.SingleSendRow]
        rows = self._rows(_SINGLE_SENDS, page_type)
        return [row.campaign for row in rows if marker in row.name]

    def create(self, outgoing: Outgoing) -> str:
        """Make the whole draft in one call."""
        fields = self._fields(outgoing)
        single_send = self._api.post(_SINGLE_SENDS, fields, answers.NewSingleSend)
        return single_send.id

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Replace the whole draft, for SendGrid might apply its defaults to what is left out."""
        path = f"{_SINGLE_SENDS}/{campaign}"
        fields = self._fields(outgoing)
        self._api.patch(path, fields)

    def read(self, campaign: str) -> Campaign | None:
        """Return all of it, and who the sender is."""
        path = f"{_SINGLE_SENDS}/{campaign}"
        single_send = self._api.get_if_there(path, answers.SingleSend)
        if single_send is None:
            return None

        send_to = single_send.send_to or answers.SendTo()
        content = single_send.email_config or answers.EmailConfig()
        sender = self._senders.with_id(content.sender_id)

        return replace(
            single_send.campaign,
            audiences=self._audiences(send_to),
            subject=content.subject or "",
            sender_name=sender.name,
            sender_address=sender.address,
            reply_to=sender.reply_to,
            html=content.html_content or "",
            text=content.plain_content or "",
            settings=single_send.settings(self._group),
        )

    def delete(self, campaign: str) -> None:
        """Delete it for good."""
        self._api.delete(f"{_SINGLE_SENDS}/{campaign}")

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send ordinary mail, one to each person.

        All that SendGrid adds to it can be switched off.
        """
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
            "tracking_settings": _TRACKING_OFF,
            "mail_settings": {"footer": _OFF},
        }
        self._api.act("/mail/send", body)

    def schedule(self, campaign: str, at: datetime) -> None:
        """Schedule at any time in the future."""
        path = f"{_SINGLE_SENDS}/{campaign}/schedule"
        body = {"send_at": utc_time(at)}  # the word "now" in its place would send immediately
        self._api.put(path, body)

    def unschedule(self, campaign: str) -> None:
        """Make it a draft again."""
        path = f"{_SINGLE_SENDS}/{campaign}/schedule"  # without the last word it would be deleted
        self._api.delete(path)

    def kept_files(self, names: Sequence[str]) -> Mapping[str, str]:
        """Raise Unsupported."""
        raise keeps_no_files(TITLE)

    def keep_file(self, file: File) -> str:
        """Raise Unsupported."""
        raise keeps_no_files(TITLE)

    def _rows(self, path: str, page_type: type[answers.Page[RowT]]) -> Iterator[RowT]:
        """Yield the rows of all pages of a list."""
        query: dict[str, str | int] = {"page_size": _PAGE}
        while True:
            page = self._api.get(path, page_type, **query)
            yield from page.result

            token = page.next_token()
            if not token:
                return
            query["page_token"] = token

    def _audiences(self, send_to: answers.SendTo) -> tuple[str, ...]:
        """Return the ids of lists and segments, and everyone in words: whoever would get it."""
        lists = send_to.list_ids or []
        segments = map(self._segments.audience_id, send_to.segment_ids or [])
        everyone = ["all contacts"] if send_to.everyone else []
        return (*lists, *segments, *everyone)

    def _fields(self, outgoing: Outgoing) -> dict[str, Any]:
        """Return all the fields of a Single Send, including those whose defaults would do."""
        _, address = outgoing.sender
        return {
            "name": outgoing.name,
            "send_to": _send_to(AudienceId.of(outgoing.audience)),
            "email_config": {
                "subject": outgoing.subject,
                "html_content": outgoing.html,
                "plain_content": outgoing.text,
                "generate_plain_content": False,  # or ours would be overwritten
                "editor": "code",
                "suppression_group_id": self._group,
                "custom_unsubscribe_url": None,
                "sender_id": self._senders.id_for(address),
            },
        }


def _send_to(audience: AudienceId) -> dict[str, Any]:
    """Return who gets a Single Send: one list, or one segment."""
    if audience.kind:
        return {"list_ids": [], "segment_ids": [audience.part], "all": False}
    return {"list_ids": [audience.list], "segment_ids": [], "all": False}


def _wait(response: httpx.Response) -> float | None:
    """Return the seconds until SendGrid says that it takes requests again."""
    from newsletter.services.http.retries import seconds_in

    reset = seconds_in(response.headers.get("X-RateLimit-Reset"))
    if reset is None:
        return None
    return max(1.0, reset - time())

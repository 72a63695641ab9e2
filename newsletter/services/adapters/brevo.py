"""Brevo (API v3, https://developers.brevo.com/reference).

It takes no plain-text part, and has no switch for its default header and footer: where a campaign has them, they are
reported. Most calls are allowed a hundred times an hour, so there are no more requests than needed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from newsletter.errors import Refused, Unsupported
from newsletter.model import Audience, MergeTagName
from newsletter.services.answers import brevo as answers
from newsletter.services.language import CannotEscape, Delimiters
from newsletter.services.protocol import Campaign, Capability, Outgoing, Profile, Status
from newsletter.services.sending import send_from_draft
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx

    from newsletter.services.http.api import Api

_TITLE = "Brevo"
_KEY = "BREVO_API_KEY"
_LISTS_PAGE = 50
_CAMPAIGNS_PAGE = 100
_LOOK_BACK = timedelta(days=400)
"""How long ago a campaign of an issue can have been made: the list is not read further back."""
_ARCHIVE = "archive"
_STATUSES = {"draft": Status.DRAFT, "in_process": Status.SENDING, "sent": Status.SENT}
"""All others, cancelling and cancelled among them, are stopped."""
_TO_CONTACTS = (
    "Each of them must be a contact in Brevo, in at least one list, and not blocklisted there."
)


class Brevo:
    """An account of Brevo; see ``services.protocol.Service``."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def account(self) -> str:
        """Return the company's name and its owner's address."""
        account = self._api.get("/account", answers.Account)
        return f"{account.company_name} ({account.email})"

    def missing_setup(self) -> Sequence[str]:
        """Return nothing: it cannot be known in advance."""
        return ()

    def audiences(self) -> Sequence[Audience]:
        """Return the lists. Ask for each on its own to get its size: in the listing that is always 0."""
        lists, is_last = list[answers.Listed](), False
        while not is_last:
            query: dict[str, str | int] = {
                "limit": _LISTS_PAGE,
                "offset": len(lists),
                "sort": "asc",
            }
            page = self._api.get("/contacts/lists", answers.Lists, **query).lists
            lists += page
            is_last = len(page) < _LISTS_PAGE
        alone = (
            self._api.get_if_there(f"/contacts/lists/{listed.id}", answers.ContactList)
            for listed in lists
        )
        return [Audience(str(each.id), each.name, each.total_subscribers) for each in alone if each]

    def find(self, marker: str) -> Sequence[Campaign]:
        """Find by name, for which Brevo has no filter, among those made in the last year. Leave out what a person has
        archived: that is the only way to put away what was once scheduled.
        """
        since = datetime.now(UTC) - _LOOK_BACK
        query: dict[str, str | int] = {
            "type": "classic",
            "excludeHtmlContent": "true",
            "sort": "desc",
            "limit": _CAMPAIGNS_PAGE,
        }
        campaigns, is_last = list[answers.Row](), False
        while not is_last:
            page = self._api.get(
                "/emailCampaigns", answers.Rows, offset=len(campaigns), **query
            ).campaigns
            campaigns += page
            is_last = len(page) < _CAMPAIGNS_PAGE or page[-1].created_at < since
        # by id, since one that is made meanwhile moves another onto the next page again
        found = {
            held.id: held for held in campaigns if marker in held.name and held.status != _ARCHIVE
        }
        return [_row(held) for held in found.values()]

    def create(self, outgoing: Outgoing) -> str:
        """Make the whole campaign: it is a draft, since no time is given."""
        return str(self._api.post("/emailCampaigns", _fields(outgoing), answers.Made).id)

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Replace all fields."""
        self._api.put(f"/emailCampaigns/{campaign}", _fields(outgoing))

    def read(self, campaign: str) -> Campaign | None:
        """Return fields and content, including what Brevo will put around the HTML."""
        held = self._api.get_if_there(
            f"/emailCampaigns/{campaign}", answers.Held, statistics="globalStats"
        )
        if held is None or (
            held.status == _ARCHIVE and held.sent == 0
        ):  # put away before anybody got it
            return None
        return replace(
            _row(held),
            audiences=(*map(str, held.lists), *(f"segment {each}" for each in held.segments)),
            subject=held.subject or "",
            preheader=held.preview_text,
            sender_name=held.sender_name,
            sender_address=held.sender_address,
            reply_to=held.reply_to,
            html=held.html,
            settings=held.settings,
        )

    def delete(self, campaign: str) -> None:
        """Delete it for good."""
        self._api.delete(f"/emailCampaigns/{campaign}")

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send from a separate campaign, which is deleted afterwards."""
        if not people:
            message = "A test for nobody would go to everybody on the account's test list."
            raise Unsupported(_TITLE, message, "Name who gets it.")

        def send(campaign: str) -> None:
            try:
                self._api.act(f"/emailCampaigns/{campaign}/sendTest", {"emailTo": list(people)})
            except Refused as error:
                if error.status != 400:
                    raise
                raise Refused(
                    _TITLE, error.problems[0].message, _TO_CONTACTS, error.status
                ) from None

        send_from_draft(self, outgoing, send)

    def schedule(self, campaign: str, at: datetime) -> None:
        """Set the time alone: that is what makes a draft a campaign that will be sent."""
        time = at.astimezone(UTC).isoformat(timespec="milliseconds")
        self._api.put(f"/emailCampaigns/{campaign}", {"scheduledAt": time})

    def unschedule(self, campaign: str) -> None:
        """Suspend it, as Brevo calls it: it can be changed and scheduled again."""
        self._api.put(f"/emailCampaigns/{campaign}/status", {"status": "suspended"})


def _fields(outgoing: Outgoing) -> dict[str, Any]:
    """Return all the fields of a campaign but the time, which would schedule it."""
    name, address = outgoing.sender
    recipients = {"recipients": {"listIds": [int(outgoing.audience)]}} if outgoing.audience else {}
    return {
        **recipients,
        "name": outgoing.name,
        "subject": outgoing.subject,
        "previewText": outgoing.preheader,
        "sender": {"name": name, "email": address},
        "replyTo": outgoing.reply_to,
        "htmlContent": outgoing.html,
        "mirrorActive": True,
        "inlineImageActivation": False,
        "utmCampaign": answers.utm_campaign(outgoing.name),
    }


def _row(held: answers.Row) -> Campaign:
    """Return what the list of all campaigns says about one."""
    status = _status(held)
    return Campaign(
        id=str(held.id),
        name=held.name,
        status=status,
        address=f"https://app.brevo.com/marketing-campaign/edit/{held.id}",
        audiences=None,
        scheduled=held.time if status == Status.SCHEDULED else None,
        created=held.created_at,
    )


def _status(held: answers.Row) -> Status:
    """Return how far a campaign is. One that is queued, or being reviewed by Brevo, waits for its time or is about to
    be sent. One that was suspended is as good as a draft, unless its time has passed and somebody may have got it.
    """
    if held.status in ("queued", "in_review"):
        return Status.SCHEDULED if held.is_to_come() else Status.SENDING
    if held.status == "suspended" and (held.time is None or held.is_to_come() or held.sent == 0):
        return Status.DRAFT
    return _STATUSES.get(held.status, Status.STOPPED)


class _Languages:
    """Brevo's current language, like Django's, and its earlier one. It works out from the content which one an email is
    in, but does not say that it then ignores the other. So both are hidden. See ``services.language.TemplateLanguage``.
    """

    _today = ("{{", "{%", "{#")
    _in_html = Delimiters((*_today, *(f"{{{letter}" for letter in ascii_uppercase), "[U", "[M"))
    _in_text = Delimiters(_today)
    _earlier = re.compile(r"\{[A-Z][A-Z0-9_]*\}|\[(?:UNSUBSCRIBE|MIRROR)\]")

    def escape_html(self, html: str, tags: Mapping[MergeTagName, str]) -> str:
        """Return the HTML without an opening of either language."""
        return self._in_html.escape_html(html, tags)

    def escape_text(self, text: str, tags: Mapping[MergeTagName, str]) -> str:
        """Return the text as it is. Raise CannotEscape if it has a tag of either language."""
        text = self._in_text.escape_text(text, tags)
        if found := self._earlier.search(text):
            raise CannotEscape(found[0])
        return text


def _connect(settings: Settings, transport: httpx.BaseTransport | None) -> Brevo:
    from newsletter.services.http.address import Address
    from newsletter.services.http.api import Api

    key = settings[_KEY]
    address = Address(
        _TITLE, "https://api.brevo.com/v3", {"api-key": key}, secrets=(key,), wait=_wait
    )
    return Brevo(Api(address, transport))


def _wait(answer: httpx.Response) -> float | None:
    """Return the seconds until Brevo answers again, by a header of its own."""
    from newsletter.services.http.retries import seconds_in

    return seconds_in(answer.headers.get("x-sib-ratelimit-reset"))


PROFILE = Profile(
    title=_TITLE,
    can=frozenset(Capability) - {Capability.PLAIN_TEXT},
    connect=_connect,
    merge_tags={
        "unsubscribe": "{{ unsubscribe }}",
        "web-version": "{{ mirror }}",
        "first-name": "{{ contact.FIRSTNAME|default:'reader' }}",
    },
    language=_Languages(),
    settings=(Setting(_KEY, "an API key of the account"),),
    may_count_clicks=True,
    expects=answers.EXPECTS,
    adds={
        r"\A\[DEFAULT_HEADER\]": "the default header of the Brevo account",
        r"\[DEFAULT_FOOTER\]\s*\Z": "the default footer of the Brevo account, with an unsubscribe link of its own",
    },
    notes=(
        "The account's default header and footer are put around an email, unless they are emptied in Brevo's settings.",
        "Whether opens and clicks are counted is set for the whole account, not for a single email.",
        "Tests reach only contacts who are in at least one list; the limit is 50 tests a day.",
        "The first name is the contact's FIRSTNAME; accounts in other languages may have another name for it.",
        "An issue that was unscheduled is called suspended there; it cannot be deleted there, only archived.",
    ),
)

"""Brevo (API v3, https://developers.brevo.com/reference).

It takes no plain-text part, and has no switch for its default header and footer: where a campaign
has them, they are reported. Most calls are allowed a hundred times an hour, so there are no more
requests than needed. Pictures are taken by their web address only, so they must be served already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from newsletter.errors import NotAuthorised, Refused, Unsupported
from newsletter.model import Audience, File
from newsletter.services.answers import brevo as answers
from newsletter.services.audience_ids import AudienceId, counts_no_overlap
from newsletter.services.brevo_languages import BrevoLanguages
from newsletter.services.kept_files import keeps_no_files
from newsletter.services.protocol import LOOK_BACK, Campaign, Capability, Outgoing, Profile
from newsletter.services.sending import send_from_draft
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx

    from newsletter.services.http.api import Api

RowT = TypeVar("RowT", bound=BaseModel)
_TITLE = "Brevo"
_KEY = "BREVO_API_KEY"
_CONTACTS_PAGE = 50
"""Lists or segments in one answer."""
_CAMPAIGNS_PAGE = 100


def _connect(settings: Settings, transport: httpx.BaseTransport | None) -> Brevo:
    from newsletter.services.http.address import Address
    from newsletter.services.http.api import Api

    key = settings[_KEY]
    address = Address(
        _TITLE,
        "https://api.brevo.com/v3",
        headers={"api-key": key},
        secrets=(key,),
        wait=_wait,
    )
    return Brevo(Api(address, transport))


PROFILE = Profile(
    title=_TITLE,
    can=frozenset(Capability)
    - {Capability.OVERLAP, Capability.TEXT_ALONE, Capability.PLAIN_TEXT, Capability.PICTURES},
    connect=_connect,
    merge_tags={
        "unsubscribe": "{{ unsubscribe }}",
        "web-version": "{{ mirror }}",
        "first-name": "{{ contact.FIRSTNAME|default:'reader' }}",
        "preferences": "{{ update_profile }}",
    },
    language=BrevoLanguages(),
    settings=(Setting(_KEY, "an API key of the account"),),
    expects=answers.EXPECTS,
    adds={
        r"\A\[DEFAULT_HEADER\]": "the default header of the Brevo account",
        r"\[DEFAULT_FOOTER\]\s*\Z": (
            "the default footer of the Brevo account, with an unsubscribe link of its own"
        ),
    },
    may_count_clicks=True,
    notes=(
        "The account's default header and footer are put around an email,"
        " unless they are emptied in Brevo's settings.",
        "Whether opens and clicks are counted is set for the whole account,"
        " not for a single email.",
        "Tests reach only contacts who are in at least one list; the limit is 50 tests a day.",
        "The first name is the contact's FIRSTNAME;"
        " accounts in other languages may have another name for it.",
        "Readers change how they get it in the account's form for updating a profile,"
        " which must ask for what its segments are made from.",
        "The sizes of segments are shown only on its own pages.",
        "An issue that was unscheduled is called suspended there;"
        " it cannot be deleted there, only archived.",
    ),
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
        """Return the lists, and then the segments, which are of no list."""
        return [*self._lists(), *self._segments()]

    def overlap(self, one: str, other: str) -> int:
        """Raise Unsupported."""
        raise counts_no_overlap(_TITLE)

    def find(self, marker: str) -> Sequence[Campaign]:
        """Find by name, for which Brevo has no filter, among those made in the last year.

        Leave out what a person has archived: that is the only way to put away what was once
        scheduled.
        """
        # by id, since one that is made meanwhile moves another onto the next page again
        campaigns: dict[int, Campaign] = {}
        for row in self._campaign_rows():
            if marker in row.name and not row.is_archived:
                campaigns[row.id] = row.campaign
        return list(campaigns.values())

    def create(self, outgoing: Outgoing) -> str:
        """Make the whole campaign: it is a draft, since no time is given."""
        fields = _fields(outgoing)
        campaign = self._api.post("/emailCampaigns", fields, answers.NewCampaign)
        return str(campaign.id)

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Replace all fields. Raise Refused."""
        path = f"/emailCampaigns/{campaign}"
        fields = _fields(outgoing)
        try:
            self._api.put(path, fields)
        except Refused as error:
            self._require_same_kind(campaign, outgoing)
            raise error from None

    def read(self, campaign: str) -> Campaign | None:
        """Return fields and content, including what Brevo will put around the HTML."""
        path = f"/emailCampaigns/{campaign}"
        details = self._api.get_if_there(path, answers.Campaign, statistics="globalStats")
        if details is None or details.is_put_away:
            return None
        return details.campaign

    def delete(self, campaign: str) -> None:
        """Delete it for good."""
        self._api.delete(f"/emailCampaigns/{campaign}")

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send from a separate campaign, which is deleted afterwards."""
        if not people:
            message = "A test for nobody would go to everybody on the account's test list."
            raise Unsupported(_TITLE, message, "Name who gets it.")

        def send(campaign: str) -> None:
            self._send_test_from(campaign, people)

        send_from_draft(self, outgoing, send)

    def schedule(self, campaign: str, at: datetime) -> None:
        """Set the time alone: that is what makes a draft a campaign that will be sent."""
        path = f"/emailCampaigns/{campaign}"
        time = at.astimezone(UTC).isoformat(timespec="milliseconds")
        self._api.put(path, {"scheduledAt": time})

    def unschedule(self, campaign: str) -> None:
        """Suspend it, as Brevo calls it: it can be changed and scheduled again."""
        path = f"/emailCampaigns/{campaign}/status"
        body = {"status": "suspended"}
        self._api.put(path, body)

    def kept_files(self, names: Sequence[str]) -> Mapping[str, str]:
        """Raise Unsupported."""
        raise keeps_no_files(_TITLE)

    def keep_file(self, file: File) -> str:
        """Raise Unsupported."""
        raise keeps_no_files(_TITLE)

    def _lists(self) -> list[Audience]:
        """Return the lists with their sizes."""
        audiences = []
        for row in self._rows("/contacts/lists", answers.Page[answers.ContactListRow]):
            # Only a list requested on its own has its size: in the listing that is always 0.
            path = f"/contacts/lists/{row.id}"
            contacts = self._api.get_if_there(path, answers.ContactList)
            if contacts:
                audiences.append(contacts.audience)
        return audiences

    def _segments(self) -> list[Audience]:
        """Return the segments; none if the account may not have any."""
        try:
            rows = self._rows("/contacts/segments", answers.Page[answers.Segment])
        except (NotAuthorised, Refused):  # its lists can be sent to all the same
            return []
        return [row.audience for row in rows]

    def _rows(self, path: str, page_type: type[answers.Page[RowT]]) -> list[RowT]:
        """Return the rows of all pages of lists or segments; one that is not full is the last."""
        rows: list[RowT] = []
        while True:
            query = {"limit": _CONTACTS_PAGE, "offset": len(rows)}
            page = self._api.get(path, page_type, sort="asc", **query)
            rows += page.rows
            if len(page.rows) < _CONTACTS_PAGE:
                return rows

    def _require_same_kind(self, campaign: str, outgoing: Outgoing) -> None:
        """Raise Refused if a campaign for a list is to become one for a segment, or the reverse."""
        current = self.read(campaign)
        if current is None or not current.audiences:
            return

        is_for = AudienceId.of(current.audiences[0]).kind
        if is_for == AudienceId.of(outgoing.audience).kind:
            return
        message = "A draft for a list cannot become one for a segment, nor the other way round."
        hint = f"Delete the draft there ({current.address}), and run the command again."
        raise Refused(_TITLE, message, hint)

    def _campaign_rows(self) -> list[answers.CampaignRow]:
        """Return the campaigns of the last year, the newest first, and perhaps some older ones."""
        since = datetime.now(UTC) - LOOK_BACK
        query: dict[str, str | int] = {
            "type": "classic",
            "excludeHtmlContent": "true",
            "sort": "desc",
            "limit": _CAMPAIGNS_PAGE,
        }

        rows: list[answers.CampaignRow] = []
        while True:
            page = self._api.get(
                "/emailCampaigns", answers.CampaignPage, offset=len(rows), **query
            ).campaigns
            rows += page
            if len(page) < _CAMPAIGNS_PAGE or page[-1].created_at < since:
                return rows

    def _send_test_from(self, campaign: str, people: Sequence[str]) -> None:
        """Send a test. Raise Refused, which says who can get one."""
        path = f"/emailCampaigns/{campaign}/sendTest"
        body = {"emailTo": list(people)}
        try:
            self._api.act(path, body)
        except Refused as error:
            if error.status != 400:
                raise

            message = error.problems[0].message
            hint = "Each of them must be a contact in Brevo, in at least one list,"
            hint += " and not blocklisted there."
            raise Refused(_TITLE, message, hint, error.status) from None


def _fields(outgoing: Outgoing) -> dict[str, Any]:
    """Return all the fields of a campaign but the time, which would schedule it.

    A test has no recipients.
    """
    name, address = outgoing.sender

    fields: dict[str, Any] = {
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

    if outgoing.audience:
        fields["recipients"] = _recipients(AudienceId.of(outgoing.audience))
    return fields


def _recipients(audience: AudienceId) -> dict[str, list[int]]:
    """Return the recipients of a campaign: one list, or one segment."""
    if audience.kind:
        return {"segmentIds": [int(audience.part)]}
    return {"listIds": [int(audience.list)]}


def _wait(response: httpx.Response) -> float | None:
    """Return the seconds until Brevo answers again, by a header of its own."""
    from newsletter.services.http.retries import seconds_in

    return seconds_in(response.headers.get("x-sib-ratelimit-reset"))

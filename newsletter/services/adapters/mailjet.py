"""Mailjet (Email API v3, https://dev.mailjet.com/email/reference/campaigns/drafts/).

A draft takes two calls: one for its fields, one for its content. Nothing can be deleted, only
archived. The call ``send``, and the time "NOW", would reach the whole audience immediately; neither
is ever used.

A segment chooses some of the contacts of any list; a draft has a list and at most one segment. What
would take a segment out of a draft again is documented nowhere: such a draft has a wrong audience.
No call counts the contacts whom two lists or segments share.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from newsletter.errors import NotAuthorised, Refused
from newsletter.model import Audience, File
from newsletter.services.answers import mailjet as answers
from newsletter.services.audience_ids import AudienceId, counts_no_overlap
from newsletter.services.http.writing import basic_login, utc_time
from newsletter.services.kept_files import keeps_no_files
from newsletter.services.language import Delimiters
from newsletter.services.protocol import Campaign, Capability, Outgoing, Profile
from newsletter.services.sending import send_from_draft
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx

    from newsletter.services.http.api import Api

RowT = TypeVar("RowT")
_TITLE = "Mailjet"
_KEY, _SECRET = "MAILJET_API_KEY", "MAILJET_SECRET_KEY"
_PAGE = 1000


def _connect(settings: Settings, transport: httpx.BaseTransport | None) -> Mailjet:
    from newsletter.services.http.address import Address
    from newsletter.services.http.api import Api

    key, secret = settings[_KEY], settings[_SECRET]
    login = basic_login(key, secret)
    address = Address(
        _TITLE,
        "https://api.mailjet.com/v3/REST",
        headers={"Authorization": f"Basic {login}"},
        secrets=(key, secret, login),
    )
    key_mark = hashlib.sha256(key.encode()).hexdigest()[:6]
    return Mailjet(Api(address, transport), key_mark)


PROFILE = Profile(
    title=_TITLE,
    can=frozenset(Capability) - {Capability.OVERLAP, Capability.PREHEADER, Capability.PICTURES},
    connect=_connect,
    merge_tags={
        "unsubscribe": "[[UNSUB_LINK_EN]]",
        "web-version": "[[PERMALINK]]",
        "first-name": '[[data:firstname:"reader"]]',
    },
    language=Delimiters(("[[",)),
    settings=(
        Setting(_KEY, "the API key of the account"),
        Setting(_SECRET, "the secret key that belongs to it"),
    ),
    expects=answers.EXPECTS,
    may_count_clicks=True,
    notes=(
        "The draft is found by its name, among the drafts on Mailjet's page of campaigns.",
        "Whether opens and clicks are tracked is set for the whole account.",
        "First names are the contacts' property 'firstname', which the account must have.",
        "The page on which readers unsubscribe is in English."
        " Its preference centre, if the account has one, opens from the same link.",
        "The sizes of segments are shown only on its own pages.",
        "It schedules only issues for more than one reader.",
    ),
)


class Mailjet:
    """An account of Mailjet; see ``services.protocol.Service``."""

    def __init__(self, api: Api, key_mark: str) -> None:
        self._api = api
        self._key_mark = key_mark

    def account(self) -> str:
        """Return its owner's address, and a mark of the key: one owner may have several keys."""
        try:
            owner = self._api.get("/user", answers.OneRow[answers.User]).row.Email
        except NotAuthorised:  # but the key may be good for everything else
            self._api.get("/contactslist", answers.Rows[answers.ContactList], Limit=1)
            owner = "unknown"

        return f"{owner} (key {self._key_mark})"

    def missing_setup(self) -> Sequence[str]:
        """Return nothing: it cannot be known in advance."""
        return ()

    def audiences(self) -> Sequence[Audience]:
        """Return the contact lists, each followed by all segments: a campaign is for both at once.

        How many of a list are in a segment is not in any answer.
        """
        page_type = answers.Rows[answers.ContactList]
        lists = self._rows("/contactslist", page_type, IsDeleted="false")
        segments = self._segments()

        audiences: list[Audience] = []
        for each in lists:
            if not each.IsDeleted:
                audiences.append(self._audience(each))
                audiences += [segment.of_list(each) for segment in segments]
        return audiences

    def overlap(self, one: str, other: str) -> int:
        """Raise Unsupported."""
        raise counts_no_overlap(_TITLE)

    def find(self, marker: str) -> Sequence[Campaign]:
        """Find by title, for which Mailjet has no filter, among all drafts."""
        page_type = answers.Rows[answers.Draft]
        drafts = self._rows("/campaigndraft", page_type)
        in_sight = [draft for draft in drafts if not draft.is_put_away]
        return [self._campaign(draft) for draft in in_sight if marker in draft.Title]

    def create(self, outgoing: Outgoing) -> str:
        """Make the draft; its content follows with ``update``."""
        fields = _fields(outgoing)
        draft = self._api.post("/campaigndraft", fields, answers.OneRow[answers.NewDraft])
        return str(draft.row.ID)

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Replace fields and content."""
        path = f"/campaigndraft/{campaign}"
        fields = _fields(outgoing)
        self._api.put(path, fields)

        # This POST replaces all of the content: a part that is left out would be empty.
        content = {"Html-part": outgoing.html, "Text-part": outgoing.text}
        self._api.act(f"{path}/detailcontent", content, repeat=True)

    def read(self, campaign: str) -> Campaign | None:
        """Return fields and content; None if it is archived or deleted."""
        path = f"/campaigndraft/{campaign}"
        found = self._api.get_if_there(path, answers.OneRow[answers.Draft])
        if found is None or found.row.is_put_away:
            return None

        rows = self._api.get_if_there(f"{path}/detailcontent", answers.Rows[answers.Content])
        content = (rows and rows.first()) or answers.NO_CONTENT

        return replace(
            self._campaign(found.row),
            html=content.html,
            text=content.text,
            settings=answers.settings_of(found.row, content),
        )

    def delete(self, campaign: str) -> None:
        """Archive it: Mailjet cannot delete."""
        path = f"/campaigndraft/{campaign}"
        body = {"Status": answers.ARCHIVED}
        self._api.put(path, body)

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send from a separate draft, which is archived afterwards."""

        def send(campaign: str) -> None:
            path = f"/campaigndraft/{campaign}/test"
            recipients = [{"Email": person} for person in people]
            self._api.act(path, {"Recipients": recipients})

        send_from_draft(self, outgoing, send)

    def schedule(self, campaign: str, at: datetime) -> None:
        """Schedule at any time that is not too close."""
        path = f"/campaigndraft/{campaign}/schedule"
        body = {"Date": utc_time(at)}
        self._api.act(path, body)

    def unschedule(self, campaign: str) -> None:
        """Make it a draft again."""
        self._api.delete(f"/campaigndraft/{campaign}/schedule")

    def kept_files(self, names: Sequence[str]) -> Mapping[str, str]:
        """Raise Unsupported."""
        raise keeps_no_files(_TITLE)

    def keep_file(self, file: File) -> str:
        """Raise Unsupported."""
        raise keeps_no_files(_TITLE)

    def _rows(self, path: str, page_type: type[answers.Rows[RowT]], **query: str) -> list[RowT]:
        """Return the rows of all pages of a list; a page that is not full is the last."""
        rows: list[RowT] = []
        while True:
            page = self._api.get(path, page_type, Limit=_PAGE, Offset=len(rows), Sort="ID", **query)
            rows += page.Data
            if len(page.Data) < _PAGE:
                return rows

    def _segments(self) -> list[answers.Segment]:
        """Return the segments that were not deleted; none if the key may not read them."""
        try:
            segments = self._rows("/contactfilter", answers.Rows[answers.Segment])
        except (NotAuthorised, Refused):  # its lists can be sent to all the same
            return []
        return [each for each in segments if not each.is_deleted]

    def _audience(self, contact_list: answers.ContactList) -> Audience:
        size = self._size(contact_list.ID)
        return Audience(str(contact_list.ID), contact_list.Name, size)

    def _size(self, contact_list: int) -> int | None:
        """Return how many get what is sent to a list; None if its readers cannot be counted.

        The list's own figure also counts those who have left.
        """
        query: dict[str, str | int] = {
            "ContactsList": contact_list,
            "Unsub": "false",
            "IsExcludedFromCampaigns": "false",
        }
        try:
            return self._api.get("/listrecipient", answers.Count, countOnly=1, **query).Total
        except Refused:  # it can be sent to all the same
            return None

    def _campaign(self, draft: answers.Draft) -> Campaign:
        """Return what the list of all drafts says about one, and its time, which is elsewhere."""
        if not draft.is_scheduled:
            return draft.campaign()
        return draft.campaign(self._scheduled(draft.ID))

    def _scheduled(self, campaign: int) -> datetime | None:
        """Return the future time when a campaign will be sent.

        Return None if that time has passed, or there is none.
        """
        path = f"/campaigndraft/{campaign}/schedule"
        rows = self._api.get_if_there(path, answers.Rows[answers.Schedule])
        schedule = rows and rows.first()
        if not schedule or not schedule.Date or schedule.Date <= datetime.now(UTC):
            return None
        return schedule.Date


def _fields(outgoing: Outgoing) -> dict[str, Any]:
    """Return all the fields of a draft; a test has no list."""
    name, address = outgoing.sender

    fields: dict[str, Any] = {
        "Locale": answers.LOCALE,
        "Title": outgoing.name,
        "Subject": outgoing.subject,
        "Sender": name,
        "SenderName": name,
        "SenderEmail": address,
        "ReplyEmail": outgoing.reply_to,
        "EditMode": answers.EDITOR,
        "IsTextPartIncluded": True,
    }

    if outgoing.audience:
        audience = AudienceId.of(outgoing.audience)
        fields["ContactsListID"] = int(audience.list)
        if audience.kind:
            fields["SegmentationID"] = int(audience.part)
    return fields

"""Mailchimp (Marketing API 3.0, https://mailchimp.com/developer/marketing/api/).

A draft takes two calls: one for the campaign, one for its content. The version is in the address. A
campaign has one address, called reply_to: mail comes from it, and answers go to it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsletter.errors import NotAuthorised, Refused
from newsletter.model import Audience, File
from newsletter.services.answers import mailchimp as answers
from newsletter.services.audience_ids import AudienceId
from newsletter.services.http.writing import basic_login, utc_time
from newsletter.services.kept_files import addresses_of
from newsletter.services.language import Delimiters
from newsletter.services.mailchimp_audiences import MailchimpAudiences, recipients_of
from newsletter.services.mailchimp_pages import rows_of
from newsletter.services.protocol import LOOK_BACK, Campaign, Capability, Outgoing, Profile
from newsletter.services.sending import send_from_draft
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx

    from newsletter.services.http.api import Api

_TITLE = "Mailchimp"
_KEY = "MAILCHIMP_API_KEY"
_DATA_CENTRE = re.compile(r"[a-z]{2}[0-9]+")
_TRACKING_OFF = {
    "opens": False,
    "html_clicks": False,
    "text_clicks": False,
    "goal_tracking": False,
    "ecomm360": False,
    "google_analytics": "",
    "clicktale": "",
}
_BAR = r'(?s)<center>(?:\s*<br\s*/?>)*\s*<table[^>]*id="canspamBarWrapper".*?</center>'
_BAR_IN_TEXT = r"(?s)[\s=]*This email was sent to \*\|EMAIL\|\*.*\*\|REWARDS_TEXT\|\*\s*\Z"


def _connect(settings: Settings, transport: httpx.BaseTransport | None) -> Mailchimp:
    from newsletter.services.http.address import Address
    from newsletter.services.http.api import Api

    key = settings[_KEY]
    data_centre = _data_centre_of(key)
    login = basic_login("newsletter", key)
    address = Address(
        _TITLE,
        f"https://{data_centre}.api.mailchimp.com/3.0",
        headers={"Authorization": f"Basic {login}"},
        secrets=(key, login),
    )
    return Mailchimp(Api(address, transport), data_centre)


PROFILE = Profile(
    title=_TITLE,
    can=frozenset(Capability),
    connect=_connect,
    merge_tags={
        "unsubscribe": "*|UNSUB|*",
        "web-version": "*|ARCHIVE|*",
        "first-name": "*|FNAME|*",
        "address": "*|HTML:LIST_ADDRESS_HTML|*",
        "preferences": "*|UPDATE_PROFILE|*",
    },
    text_tags={"address": "*|LIST_ADDRESSLINE_TEXT|*"},
    language=Delimiters(("*|",)),
    settings=(Setting(_KEY, "an API key of the account"),),
    expects=answers.EXPECTS,
    expects_of_text={"kind of campaign": answers.TEXT_ALONE},
    adds={_BAR: "Mailchimp's own footer", _BAR_IN_TEXT: "Mailchimp's own footer in the plain text"},
    keeps=frozenset({"image/gif", "image/jpeg", "image/png", "text/calendar"}),
    may_recompress=True,
    minutes=15,
    notes=(
        "Pictures go into its content manager, and calendar entries as well.",
        "Mail comes from the address that answers go to; Mailchimp has one for both.",
        "What to call readers without a first name is set on the audience's field in Mailchimp.",
        "In a test, the reader's own fields, such as the first name, are not filled in.",
        "Readers change what they get on their profile page, which asks for groups, not for tags.",
    ),
)


class Mailchimp:
    """An account of Mailchimp; see ``services.protocol.Service``."""

    def __init__(self, api: Api, data_centre: str) -> None:
        self._api = api
        self._site = f"https://{data_centre}.admin.mailchimp.com"
        self._audiences = MailchimpAudiences(api, _TITLE)

    def account(self) -> str:
        """Return its name and its owner's address."""
        account = self._api.get("/", answers.Account, fields="account_name,email")
        return f"{account.account_name} ({account.email})"

    def missing_setup(self) -> Sequence[str]:
        """Return nothing: it cannot be known in advance."""
        return ()

    def audiences(self) -> Sequence[Audience]:
        """Return the lists, each followed by its segments, tags and groups."""
        return self._audiences.all()

    def overlap(self, one: str, other: str) -> int:
        """Compare the readers of both, who are listed one by one."""
        return self._audiences.overlap(one, other)

    def find(self, marker: str) -> Sequence[Campaign]:
        """Find by title, for which Mailchimp has no filter, among those made in the last year."""
        rows = rows_of(
            self._api,
            "/campaigns",
            answers.Page[answers.CampaignRow],
            since_create_time=_since(),
            sort_field="create_time",
            sort_dir="DESC",
            fields=answers.LISTED_FIELDS,
        )
        return [row.campaign(self._site) for row in rows if marker in row.title]

    def create(self, outgoing: Outgoing) -> str:
        """Make the campaign; its content follows with ``update``."""
        kind = answers.REGULAR if outgoing.html else answers.TEXT_ALONE
        fields = {"type": kind, **_fields(outgoing)}
        campaign = self._api.post("/campaigns", fields, answers.NewCampaign)
        return campaign.id

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Replace fields and content. Raise Refused if it would become one of another kind."""
        path = f"/campaigns/{campaign}"
        there = self._api.get(path, answers.Campaign)
        self._require_same_kind(there, outgoing)

        fields = _fields(outgoing)
        if self._is_for_another_part(there, outgoing):
            # From one part straight to another, it would go to the readers of the first one.
            whole_list = AudienceId.of(outgoing.audience).list
            self._api.patch(path, {**fields, "recipients": recipients_of(whole_list)})
        self._api.patch(path, fields)

        self._api.put(f"{path}/content", _content(outgoing))

    def read(self, campaign: str) -> Campaign | None:
        """Return fields and content."""
        path = f"/campaigns/{campaign}"
        details = self._api.get_if_there(path, answers.Campaign)
        if details is None:
            return None

        content = self._api.get(f"{path}/content", answers.Content)
        html = "" if details.is_text_alone else content.html
        fields = details.fields

        return replace(
            details.campaign(self._site),
            audiences=self._audiences.of_campaign(details.recipients),
            subject=fields.subject_line,
            preheader=fields.preview_text,
            sender_name=fields.from_name,
            sender_address=fields.reply_to,
            reply_to=fields.reply_to,
            html=html or "",
            text=content.plain_text,
            settings=details.settings,
        )

    def delete(self, campaign: str) -> None:
        """Delete it for good."""
        self._api.delete(f"/campaigns/{campaign}")

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send from a separate campaign, which is deleted afterwards."""

        def send(campaign: str) -> None:
            path = f"/campaigns/{campaign}/actions/test"
            send_type = "html" if outgoing.html else "plaintext"
            self._api.act(path, {"test_emails": list(people), "send_type": send_type})

        send_from_draft(self, outgoing, send)

    def schedule(self, campaign: str, at: datetime) -> None:
        """Schedule on a quarter of an hour. Raise Refused if the campaign is not ready."""
        path = f"/campaigns/{campaign}"
        checklist = self._api.get(f"{path}/send-checklist", answers.Checklist)
        if not checklist.is_ready:
            reason = self._api.redact(checklist.errors()) or "it does not say why"
            message = f"The campaign {campaign} is not ready to be sent ({reason})."
            raise Refused(_TITLE, message, "Fix it in Mailchimp, and run the command again.")

        body = {"schedule_time": utc_time(at)}
        self._api.act(f"{path}/actions/schedule", body)

    def unschedule(self, campaign: str) -> None:
        """Make it a draft again."""
        self._api.act(f"/campaigns/{campaign}/actions/unschedule")

    def kept_files(self, names: Sequence[str]) -> Mapping[str, str]:
        """Find by name, for which Mailchimp has no filter, among the files of the last year."""
        rows = rows_of(
            self._api,
            "/file-manager/files",
            answers.Page[answers.StoredFile],
            since_created_at=_since(),
            sort_field="added_date",
            sort_dir="DESC",
            fields=answers.STORED_FIELDS,
        )
        return addresses_of(names, [row.kept for row in rows])

    def keep_file(self, file: File) -> str:
        """Upload it into the content manager."""
        encoded = b64encode(file.content).decode()
        body = {"name": file.name, "file_data": encoded}
        stored = self._api.post("/file-manager/files", body, answers.StoredFile)
        return stored.full_size_url

    def _require_same_kind(self, there: answers.Campaign, outgoing: Outgoing) -> None:
        """Raise Refused if a campaign with HTML is to become one without it, or the reverse."""
        has_html = bool(outgoing.html)
        if there.is_text_alone != has_html:
            return

        address = there.campaign(self._site).address
        message = "A draft with HTML cannot become one of text alone, nor the other way round."
        hint = f"Delete the draft there ({address}), and run the command again."
        raise Refused(_TITLE, message, hint)

    def _is_for_another_part(self, there: answers.Campaign, outgoing: Outgoing) -> bool:
        """Return whether a campaign is for a part of a list, and to be for another part."""
        options = there.recipients.segment_opts
        if not AudienceId.of(outgoing.audience).kind or options is None or not options.is_set():
            return False
        return self._audiences.of_campaign(there.recipients) != (outgoing.audience,)


def _data_centre_of(key: str) -> str:
    """Return the name that a key ends with.

    Raise NotAuthorised for anything else: part of another service's key would become a host name.
    """
    _, hyphen, data_centre = key.rpartition("-")
    if hyphen and _DATA_CENTRE.fullmatch(data_centre):
        return data_centre

    message = f"{_KEY} is not a Mailchimp key:"
    message += " a key ends with a hyphen and the name of a data centre, such as -us6."
    raise NotAuthorised(_TITLE, message, "Copy it again from the account's page.")


def _since() -> str:
    """Return the time from which on campaigns and files are listed."""
    since = datetime.now(UTC) - LOOK_BACK
    return since.isoformat(timespec="seconds")


def _fields(outgoing: Outgoing) -> dict[str, Any]:
    """Return all the fields of a campaign; a test has no recipients."""
    fields: dict[str, Any] = {"settings": _settings(outgoing), "tracking": _TRACKING_OFF}
    if outgoing.audience:
        fields["recipients"] = recipients_of(outgoing.audience)
    return fields


def _content(outgoing: Outgoing) -> dict[str, str]:
    """Return the content of a campaign. Without a text, Mailchimp would make one up."""
    if not outgoing.html:
        return {"plain_text": outgoing.text}
    return {"html": outgoing.html, "plain_text": outgoing.text}


def _settings(outgoing: Outgoing) -> dict[str, Any]:
    """Return the settings of a campaign; what Mailchimp would add by itself is switched off."""
    name, _ = outgoing.sender
    return {
        "title": outgoing.name,
        "subject_line": outgoing.subject,
        "preview_text": outgoing.preheader,
        "from_name": name,
        "reply_to": outgoing.reply_to,
        "auto_footer": False,
        "inline_css": False,
        "auto_tweet": False,
        "fb_comments": False,
        "use_conversation": False,  # answers would go to Mailchimp
    }

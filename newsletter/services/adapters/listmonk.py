"""listmonk (https://listmonk.app/docs/apis/apis/), version 5 or later, on a server of one's own.

Its merge tags are expressions of Go templates; all other text is given as Go strings, in HTML and
in plain text. It puts a template of its own around each email: there must be one that adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newsletter.errors import NotAuthorised, Refused, ServiceError
from newsletter.model import Audience, File
from newsletter.services.answers import listmonk as answers
from newsletter.services.answers.listmonk import Answer
from newsletter.services.go_templates import GoTemplates
from newsletter.services.http.writing import Part, utc_time
from newsletter.services.kept_files import KeptFile, addresses_of
from newsletter.services.listmonk_fields import fields_of
from newsletter.services.listmonk_server import (
    COUNTING,
    TITLE,
    TOKEN,
    URL,
    USER,
    ListmonkServer,
)
from newsletter.services.protocol import Campaign, Capability, Outgoing, Profile
from newsletter.services.sending import send_from_draft, send_one_by_one
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx

    from newsletter.services.http.api import Api

_ALL = "all"
"""All on one page: from page to page, what is changed meanwhile may be seen twice or never."""
_MEDIA = 100
"""Files on a page; "all" would be none of them."""
_BARE = "one that adds nothing"


def _connect(settings: Settings, transport: httpx.BaseTransport | None) -> Listmonk:
    from newsletter.services.http.address import Address
    from newsletter.services.http.api import Api

    site = settings[URL].rstrip("/")
    if "@" in site:
        message = f"There is a name or a password in {URL}."
        raise NotAuthorised(TITLE, message, "Write the address alone.")

    user, token = settings[USER], settings[TOKEN]
    address = Address(
        TITLE,
        f"{site}/api",
        headers={"Authorization": f"token {user}:{token}"},
        secrets=(token,),
    )
    return Listmonk(Api(address, transport), site)


PROFILE = Profile(
    title=TITLE,
    can=frozenset(Capability) - {Capability.PREHEADER},
    connect=_connect,
    merge_tags={
        "unsubscribe": "{{ UnsubscribeURL }}",
        "web-version": "{{ MessageURL }}",
        "first-name": '{{ or .Subscriber.FirstName "reader" }}',
        "preferences": "{{ ManageURL }}",
    },
    text_tags={"first-name": '{{ or .Subscriber.FirstName "reader" | Safe }}'},
    language=GoTemplates(),
    settings=(
        Setting(URL, "the server's web address, such as https://lists.example.org"),
        Setting(
            USER,
            "an API user that may read lists and templates, get and manage media,"
            " and get, manage and send campaigns",
        ),
        Setting(TOKEN, "that user's token"),
    ),
    # It would serve a calendar entry as plain text, unless the system it runs on knows the type.
    keeps=frozenset({"image/gif", "image/jpeg", "image/png"}),
    expects={
        "template": _BARE,
        "kind of campaign": "regular",
        "format": answers.HTML,
        "messenger": "email",
        "other headers": "none",
        "attachments": "none",
        "tags": "none",
        "public archive": "off",
    },
    expects_of_text={"format": answers.PLAIN},
    notes=(
        "It needs a campaign template there"
        ' whose body is {{ template "content" . }} and nothing else.',
        "The draft's HTML is within {{ Safe … }} there; its preview shows it as readers get it.",
        "Pictures go into its media, and readers get them at the root URL of its settings.",
        "Tests go only to subscribers."
        " In a test, the unsubscribe link is theirs, and the web version leads nowhere.",
        "Readers change what they get on its page for that, which shows public lists"
        " and must be on in the privacy settings.",
        COUNTING,
    ),
)


class Listmonk:
    """A user of a listmonk server; see ``services.protocol.Service``."""

    def __init__(self, api: Api, site: str) -> None:
        self._api = api
        self._site = site
        self._server = ListmonkServer(api, site)

    def account(self) -> str:
        """Return the user and the server."""
        return self._server.account()

    def missing_setup(self) -> Sequence[str]:
        """Return missing permissions, and what is missing among templates and settings."""
        return self._server.missing_setup()

    def audiences(self) -> Sequence[Audience]:
        """Return the lists that are not archived."""
        page_type = Answer[answers.Page[answers.SubscriberList]]
        answer = self._api.get("/lists", page_type, per_page=_ALL)
        lists = answer.data.results
        return [each.audience for each in lists if not each.is_archived]

    def overlap(self, one: str, other: str) -> int:
        """Count those whom both campaigns would reach; see ``ListmonkServer.overlap``."""
        return self._server.overlap(int(one), int(other))

    def find(self, marker: str) -> Sequence[Campaign]:
        """Let listmonk search names and subjects for a pattern, and then compare names."""
        # It makes a PostgreSQL query of the pattern as well, in which most characters but letters
        # and digits are syntax; "_" is any one character.
        pattern = re.sub("[^0-9A-Za-z]", "_", marker).strip("_")
        query = {"query": pattern, "no_body": "true", "per_page": _ALL}

        page_type = Answer[answers.Page[answers.Campaign]]
        answer = self._api.get("/campaigns", page_type, **query)
        campaigns = answer.data.results
        return [each.campaign(self._site) for each in campaigns if marker in each.name]

    def create(self, outgoing: Outgoing) -> str:
        """Make a campaign, which is a draft at first."""
        fields = self._fields(outgoing)
        answer = self._api.post("/campaigns", fields, Answer[answers.Campaign])
        return str(answer.data.id)

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Replace everything, and try to fill in the merge tags."""
        path = f"/campaigns/{campaign}"
        fields = self._fields(outgoing)

        # Headers are added to the existing ones: unless these are emptied first, a Bcc would stay.
        self._api.put(path, {**fields, "headers": []})
        self._api.put(path, fields)

        # If filling in failed when it is sent, nobody would get it.
        self._api.ask(f"{path}/preview")

    def read(self, campaign: str) -> Campaign | None:
        """Return what readers would get: the body within its template.

        The body is empty if the merge tags cannot be filled in.
        """
        try:
            details = self._details(campaign)
        except Refused as error:
            if error.status not in (400, 404):  # it answers 400 to nearly everything
                raise
            return None

        can_be_filled_in = self._can_be_filled_in(campaign)
        template = answers.template_of(details, self._server.templates())
        template_in_words = _BARE if template.is_bare else template.name

        body = template.around(details.body) if can_be_filled_in else ""
        html, text = details.parts(body)
        return replace(
            details.campaign(self._site),
            html=html,
            text=text,
            settings={"template": template_in_words, **details.settings},
        )

    def delete(self, campaign: str) -> None:
        """Delete it for good."""
        try:
            self._api.delete(f"/campaigns/{campaign}")
        except Refused:  # as it also does if the campaign has gone already
            if self.read(campaign) is not None:
                raise

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send from a separate draft, which is deleted afterwards.

        Send one by one: of several people it would ignore those it does not know.
        """
        test = replace(outgoing, audience=self._smallest_audience())

        def send(campaign: str) -> None:
            fields = self._fields(test)
            send_one_by_one(people, lambda person: self._send_test_to(person, campaign, fields))

        send_from_draft(self, test, send)

    def schedule(self, campaign: str, at: datetime) -> None:
        """Set the time, and then the status; if that is refused, remove the time again."""
        self._set_time(campaign, utc_time(at))
        try:
            self._api.put(f"/campaigns/{campaign}/status", {"status": "scheduled"})
        except (Refused, NotAuthorised):
            # It also refuses what it has already done, if its answer was lost.
            if self._details(campaign).status != "scheduled":
                self._set_time(campaign, None)
                raise

    def unschedule(self, campaign: str) -> None:
        """Remove the time, which makes it a draft."""
        # A time that stayed would count as soon as anybody presses Send.
        self._set_time(campaign, None)

    def kept_files(self, names: Sequence[str]) -> Mapping[str, str]:
        """Look each name up, for its search finds those that contain it."""
        page_type = Answer[answers.Page[answers.Media]]
        files: list[KeptFile] = []
        for name in names:
            answer = self._api.get("/media", page_type, query=name, per_page=_MEDIA)
            files += [each.kept for each in answer.data.results]
        return addresses_of(names, files)

    def keep_file(self, file: File) -> str:
        """Upload it; a file of a name that is taken gets a longer one."""
        form = {"file": Part(file.name, file.content, file.media_type)}
        answer = self._api.upload("/media", form, Answer[answers.Media])
        return answer.data.url

    def _details(self, campaign: str) -> answers.Campaign:
        path = f"/campaigns/{campaign}"
        answer = self._api.get(path, Answer[answers.Campaign])
        return answer.data

    def _can_be_filled_in(self, campaign: str) -> bool:
        try:
            self._api.ask(f"/campaigns/{campaign}/preview")
        except Refused:
            return False
        return True

    def _smallest_audience(self) -> str:
        """Return the id of the smallest list.

        Even a test's draft must have a list, and somebody might press Send.
        """
        lists = self.audiences()
        if not lists:
            raise Refused(TITLE, "It has no list, and a draft needs one.", "Make a list there.")
        smallest = min(lists, key=lambda each: (each.size is None, each.size))
        return smallest.id

    def _send_test_to(self, person: str, campaign: str, fields: dict[str, Any]) -> None:
        """Send one test. Only the draft's template counts here; the rest comes from ``fields``."""
        try:
            self._api.act(f"/campaigns/{campaign}/test", {**fields, "subscribers": [person]})
        except ServiceError as error:
            (problem,) = error.problems
            message = f"No test for {person}: {problem.message}"
            hint = problem.hint

            if isinstance(error, Refused):
                hint = "It sends tests only to subscribers. Add the address to any list there."
            raise type(error)(TITLE, message, hint, error.status) from None

    def _set_time(self, campaign: str, at: str | None) -> None:
        """Give a campaign another time."""
        details = self._details(campaign)
        fields = {
            "send_at": at,
            # What is left out stays as it is, except for these three.
            "lists": [each.id for each in details.lists if each.id],
            "media": [each.id for each in details.media if each.id],
            "attribs": details.attribs,
        }
        self._api.put(f"/campaigns/{campaign}", fields)

    def _fields(self, outgoing: Outgoing) -> dict[str, Any]:
        return fields_of(outgoing, self._server.bare_template())

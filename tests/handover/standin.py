"""A mailing service in memory that does immediately what it is asked; a test breaks what should go wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from newsletter.checks.galley import galley_of
from newsletter.checks.report import Report
from newsletter.handover import Destination
from newsletter.model import Audience, File, Format
from newsletter.services import profile_of
from newsletter.services.protocol import Campaign, Outgoing, Profile, Service, Status

READERS = Audience("r1", "Readers", 18204)
DONORS = Audience("d2", "Donors", 12)
OF_FORMATS = {
    "teasers": Audience("r1:group-1", "Teasers", 12004, "r1"),
    "headlines": Audience("r1:group-2", "Headlines", 3100, "r1"),
    "full": Audience("r1:group-3", "Full text", 2900, "r1"),
}
"""The readers of each format, who are parts of one list."""
ARCHIVE = "https://www.bionews.org.uk/issues/"
_READING = ("find", "read", "kept_files")


class Standin:
    """A service that takes Mailchimp's place; see ``services.protocol.Service``."""

    def __init__(self) -> None:
        self.campaigns: dict[str, Campaign] = {}
        self.made = 0
        self.calls: list[str] = []
        self.files: dict[str, bytes] = {}
        self.tests: list[tuple[Outgoing, tuple[str, ...]]] = []

    @property
    def writes(self) -> list[str]:
        """The calls that were to change something."""
        return [call for call in self.calls if call not in _READING]

    @property
    def only(self) -> Campaign:
        """The one campaign that there is."""
        (campaign,) = self.campaigns.values()
        return campaign

    def edit(self, campaign: str, **changes: Any) -> None:
        """What a person does in the service, or it does by itself."""
        self.campaigns[campaign] = replace(self.campaigns[campaign], **changes)

    def account(self) -> str:
        return "Example (a@example.org)"

    def missing_setup(self) -> Sequence[str]:
        return ()

    def audiences(self) -> Sequence[Audience]:
        return [READERS, DONORS]

    def overlap(self, one: str, other: str) -> int:
        return 0

    def find(self, marker: str) -> Sequence[Campaign]:
        self.calls.append("find")
        return [
            replace(held, html=None, text=None)
            for held in self.campaigns.values()
            if marker in (held.name or "")
        ]

    def create(self, outgoing: Outgoing) -> str:
        self.calls.append("create")
        self.made += 1
        number = f"c{self.made}"
        self.campaigns[number] = campaign_of(number, outgoing)
        return number

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        self.calls.append("update")
        held = self.campaigns[campaign]
        self.campaigns[campaign] = replace(campaign_of(campaign, outgoing), status=held.status)

    def read(self, campaign: str) -> Campaign | None:
        self.calls.append("read")
        return self.campaigns.get(campaign)

    def delete(self, campaign: str) -> None:
        self.calls.append("delete")
        self.campaigns.pop(campaign, None)

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        self.calls.append("send_test")
        self.tests.append((outgoing, tuple(people)))

    def schedule(self, campaign: str, at: datetime) -> None:
        self.calls.append("schedule")
        self.edit(campaign, status=Status.SCHEDULED, scheduled=at.astimezone(UTC))

    def unschedule(self, campaign: str) -> None:
        self.calls.append("unschedule")
        self.edit(campaign, status=Status.DRAFT, scheduled=None)

    def kept_files(self, names: Sequence[str]) -> Mapping[str, str]:
        self.calls.append("kept_files")
        return {name: address_of(name) for name in names if name in self.files}

    def keep_file(self, file: File) -> str:
        self.calls.append("keep_file")
        self.files[file.name] = file.content
        return address_of(file.name)


def address_of(name: str) -> str:
    """Where the stand-in serves a file."""
    return f"https://files.example.org/a?b=1&name={name}"


def campaign_of(number: str, outgoing: Outgoing) -> Campaign:
    """What a good service holds of an email."""
    name, address = outgoing.sender
    return Campaign(
        id=number,
        name=outgoing.name,
        status=Status.DRAFT,
        address=f"https://service.example.org/{number}",
        audiences=(outgoing.audience,),
        subject=outgoing.subject,
        preheader=outgoing.preheader,
        sender_name=name,
        sender_address=address,
        reply_to=outgoing.reply_to,
        html=outgoing.html,
        text=outgoing.text,
    )


def place(
    service: Service,
    name: str = "mailchimp",
    audience: Audience | None = READERS,
    profile: Profile | None = None,
    account: str = "Example (a@example.org)",
) -> Destination:
    """A service as a place to hand over to; the archive is on the web."""
    return Destination(
        name, profile or profile_of(name), service, account, audience, name, Published()
    )


class Published(httpx.BaseTransport):
    """The web, on which all pages of the archive are."""

    def __init__(self, others: Callable[[httpx.Request], httpx.Response] | None = None) -> None:
        self.others = others or httpx.HTTPTransport().handle_request
        """Answers for all other addresses; by default those that have the address on this machine."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if str(request.url).startswith(ARCHIVE):
            return httpx.Response(200, text="A page")
        return self.others(request)


def places(service: Service) -> tuple[Destination, ...]:
    """A service as the places to hand three formats over to."""
    return tuple(
        replace(place(service, audience=audience), format=format_of(name))
        for name, audience in OF_FORMATS.items()
    )


def format_of(name: str) -> Format:
    """A format that is named by what it shows."""
    return Format.model_validate({"name": name, "shows": name, "audience": OF_FORMATS[name].id})


def ready(folder: Path) -> Report:
    """The issue in ``folder`` as it is now, as if the checks had found nothing."""
    return Report(galley_of(folder), (), (), {})


def with_email(report: Report, **changes: Any) -> Report:
    """The same report, with something changed in the email."""
    email = report.email.model_copy(update=changes)
    return replace(report, galley=replace(report.galley, email=email))


def of_issue(report: Report, **changes: Any) -> Report:
    """The same report, with something changed in the issue, and the emails as they were."""
    issue = report.galley.issue.model_copy(update=changes)
    manuscript = replace(report.galley.manuscript, issue=issue)
    leading, *others = (
        replace(
            galley,
            manuscript=manuscript,
            email=galley.email.model_copy(update={"issue": issue}),
            others=(),
        )
        for galley in report.galley.every_format
    )
    return replace(report, galley=replace(leading, others=tuple(others)))


def published_by(report: Report, **changes: Any) -> Report:
    """The same report, with something changed in the publication, and the emails as they were."""
    publication = report.galley.issue.publication.model_copy(update=changes)
    return of_issue(report, publication=publication)


def agree(_: object) -> None:
    """The editor says yes."""


def refuse(_: object) -> None:
    """The editor must not be asked."""
    raise AssertionError("the editor was asked")

"""An issue in two versions, perhaps in several formats, and each thing that an editor does with a service."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsletter.checks.galley import Galley, galley_of
from newsletter.checks.preflight import preflight
from newsletter.checks.report import Report
from newsletter.email.merge_tags import token
from newsletter.handover import (
    Destination,
    Record,
    connect_formats,
    connect_to,
    hand_over,
    outgoing_of,
    records_of,
    schedule,
    send_test,
    unschedule,
)
from newsletter.manifest.project import IssueFolder, Project
from newsletter.model import Draft, Email, Format
from newsletter.services import connect, profile_of
from newsletter.services.protocol import Outgoing, Service
from newsletter.services.settings import Settings
from tests.drawing import drawing, saved
from tests.services.fakes import WEB, Fake, Wire

REPOSITORY = Path(__file__).resolve().parents[2]
AT = (datetime.now(UTC) + timedelta(days=3)).replace(hour=17, minute=0, second=0, microsecond=0)
ARCHIVE_IS_NOT_HERE = """
ignore:
  - {rule: page-not-published, reason: A command in a process of its own reaches no web server}
"""
SHOWS = ("teasers", "headlines", "full")
PEOPLE = ("editor@example.org", "chair@example.org")


@dataclass(frozen=True)
class Newsletter:
    """A newsletter in a folder of its own, with issue 652 as it is and as it is after a change."""

    folder: Path
    first: Report
    second: Report

    @property
    def issue(self) -> Path:
        """The folder of issue 652."""
        return self.folder / "issues" / "652"

    @property
    def record(self) -> Record:
        """What issue 652 keeps of what was handed over."""
        return record_of(self.issue)

    @property
    def drafts(self) -> list[Draft | None]:
        """What issue 652 keeps of each format that was handed over."""
        return [record.read() for record in records_of(IssueFolder.at(self.issue))]

    def formats(self, audience: str) -> tuple[Format, ...]:
        """The formats of the publication; if it names none, the only one, for an audience."""
        publication = self.first.galley.issue.publication
        return publication.model_copy(update={"audience": audience}).every_format

    def forget(self) -> None:
        """As if nothing had been handed over."""
        shutil.rmtree(self.record.folder, ignore_errors=True)


def record_of(issue: Path) -> Record:
    """What the issue in this folder keeps of what was handed over."""
    return Record(IssueFolder.at(issue))


def newsletter_in(
    folder: Path, *, with_pictures: bool = False, audiences: Sequence[str] = ()
) -> Newsletter:
    """A copy of the shipped newsletter; two items of issue 652 can have a picture, of which one is changed later. It has
    a format for each of the ``audiences``.
    """
    copy_newsletter(folder)
    if audiences:
        put_formats(folder, dict(zip(SHOWS, audiences, strict=True)))
    issue = folder / "issues" / "652"
    if with_pictures:
        put_pictures(issue)
    first = preflight(galley_of(issue))
    manifest = issue / "issue.yaml"
    written = manifest.read_text("utf-8")
    manifest.write_text(
        written.replace("linked to autism...", "linked to autism, a study says..."), "utf-8"
    )
    if with_pictures:
        draw(issue, "rome.png", "#669933")
    second = preflight(galley_of(issue))
    manifest.write_text(written, "utf-8")
    if with_pictures:
        draw(issue, "rome.png")
    assert first.is_ready
    assert second.is_ready
    assert first.email != second.email
    for galley in (*first.galley.every_format, *second.galley.every_format):
        WEB.update({file.address: file.content for file in galley.email.files})
    return Newsletter(folder, first, second)


def copy_newsletter(folder: Path) -> None:
    """Copy the shipped newsletter into a folder."""
    for name in ("issues", "templates"):
        shutil.copytree(REPOSITORY / name, folder / name)


def put_formats(folder: Path, audiences: Mapping[str, str]) -> None:
    """Give the newsletter in a folder a format for each audience, by what it shows, which is its name as well."""
    formats = "".join(
        f"\n  - {{name: {shows}, shows: {shows}, audience: {json.dumps(audience)}}}"
        for shows, audience in audiences.items()
    )
    publication = folder / "issues" / "publication.yaml"
    text = publication.read_text("utf-8")
    publication.write_text(f"{text}formats:{formats}\n", "utf-8")


def put_pictures(issue: Path) -> None:
    """Give two items of issue 652 a picture each, the same for everybody."""
    for name in ("rome.png", "palaces.gif"):
        draw(issue, name)

    manifest = issue / "issue.yaml"
    text = manifest.read_text("utf-8")
    for title, name in (("Rome hospital", "rome.png"), ('"Exhibition Review', "palaces.gif")):
        start = text.index(f"- title: {title}")
        end = text.index("\n", start)
        field = f"\n        picture: {{src: images/{name}, alt: A ring}}"
        text = text[:end] + field + text[end:]
    manifest.write_text(text, "utf-8")


def draw(issue: Path, name: str, colour: str = "#336699") -> None:
    """Put a picture into the folder of an issue: a ring."""
    file = issue / "images" / name
    file.parent.mkdir(exist_ok=True)
    picture = drawing((600, 400), colour, "#eeeeee").convert("RGB")
    file.write_bytes(saved(picture, name))


def destination_of(fake: Fake, wire: Wire, folder: Path) -> Destination:
    """The fake as a place to hand over to, with its right audience."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in fake.ENVIRONMENT.items():
            patch.setenv(name, value)
        return connect_to(fake.NAME, Project(folder / "issues"), fake.AUDIENCE, transport=wire)


def destinations_of(newsletter: Newsletter, fake: Fake, wire: Wire) -> tuple[Destination, ...]:
    """The fake as the place to hand each format over to."""
    project = Project(newsletter.folder / "issues")
    formats = newsletter.formats(fake.AUDIENCE)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in fake.ENVIRONMENT.items():
            patch.setenv(name, value)
        return connect_formats(fake.NAME, project, formats, transport=wire)


def hand(newsletter: Newsletter, fake: Fake, wire: Wire, report: Report) -> Draft:
    """Hand a version over in every format, as ``newsletter hand-over --yes`` does. The draft of the leading one."""
    destinations = destinations_of(newsletter, fake, wire)
    return hand_over(report, destinations, by="a test", confirm=lambda _: None)[0]


Scene = Callable[[Newsletter, Fake, Wire], object]


def hand_over_first(newsletter: Newsletter, fake: Fake, wire: Wire) -> Draft:
    return hand(newsletter, fake, wire, newsletter.first)


def hand_over_second(newsletter: Newsletter, fake: Fake, wire: Wire) -> Draft:
    return hand(newsletter, fake, wire, newsletter.second)


def schedule_first(newsletter: Newsletter, fake: Fake, wire: Wire) -> Draft:
    destinations = destinations_of(newsletter, fake, wire)
    return schedule(newsletter.first, destinations, AT, confirm=lambda _: None)[0]


def unschedule_it(newsletter: Newsletter, fake: Fake, wire: Wire) -> Draft:
    destination = destination_of(fake, wire, newsletter.folder)
    return unschedule(IssueFolder.at(newsletter.issue), destination)[0]


def test_send(newsletter: Newsletter, fake: Fake, wire: Wire) -> None:
    service = connect(fake.NAME, Settings(fake.ENVIRONMENT, newsletter.folder), wire)
    send_test(newsletter.first.galley, profile_of(fake.NAME), service, PEOPLE)


SCENES: dict[str, tuple[Scene, tuple[Scene, ...]]] = {
    "hand over": (hand_over_first, ()),
    "update": (hand_over_second, (hand_over_first,)),
    "schedule": (schedule_first, (hand_over_first,)),
    "unschedule": (unschedule_it, (hand_over_first, schedule_first)),
    "test send": (test_send, ()),
}
"""Each thing that is done, and what was done before it."""
IN_FORMATS = ("hand over", "update", "schedule", "unschedule")
"""What is done with all formats of an issue at once."""


@dataclass(frozen=True)
class InFormat:
    """Issue 652 in one format, as it must be after a scene."""

    galley: Galley
    record: Record
    outgoing: Outgoing
    """As the service must have it."""


def in_formats(newsletter: Newsletter, fake: Fake, scene: str) -> list[InFormat]:
    """What each format must be after a scene."""
    report = newsletter.second if scene == "update" else newsletter.first
    kept = {file.name: file.address for file in reversed(fake.files())}
    found: list[InFormat] = []
    for galley, format in zip(
        report.galley.every_format, newsletter.formats(fake.AUDIENCE), strict=True
    ):
        outgoing = outgoing_of(galley, profile_of(fake.NAME), format.audience or "", kept=kept)
        record = Record(galley.folder, galley.email.further_format)
        found.append(InFormat(galley, record, outgoing))
    return found


def expected(newsletter: Newsletter, fake: Fake, scene: str) -> tuple[str, str, str]:
    """Subject, HTML and text that the draft of the leading format must hold after a scene."""
    outgoing = in_formats(newsletter, fake, scene)[0].outgoing
    return outgoing.subject, outgoing.html, outgoing.text


def with_every_tag(email: Email) -> Email:
    """The email with every merge tag in it: its issue has all but one."""
    preferences = token("preferences")
    parts = {"html": email.html + preferences, "text": f"{email.text}{preferences}\n"}
    return email.model_copy(update=parts)


def made(service: Service, outgoing: Outgoing) -> str:
    """The id of a whole draft."""
    campaign = service.create(outgoing)
    service.update(campaign, outgoing)
    return campaign


def stored(fake: Fake, campaign: str) -> dict[str, Any]:
    """A campaign in a fake, for a test to change."""
    found: dict[str, Any] = fake.state["campaigns"][campaign]
    return found


def record(newsletter: Newsletter) -> dict[str, object]:
    """What the issue keeps of its handover."""
    content: dict[str, object] = json.loads((newsletter.record.file).read_bytes())
    return content

"""What ``newsletter status`` reports on an issue in several formats: a block for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsletter.cli.connection import transport
from newsletter.cli.draft_facts import (
    changed_facts,
    facts_there,
    has_changed,
    print_files,
    recorded_facts,
)
from newsletter.cli.facts import print_facts
from newsletter.cli.output import say, styled
from newsletter.errors import NewsletterError

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley
    from newsletter.handover import Destination, Record
    from newsletter.manifest import IssueFolder
    from newsletter.model import Draft, File
    from newsletter.problem import Problem

_COMMON = ("Subject", "Service", "Account", "Tags")
"""Facts that are said once if they are the same for all formats."""


@dataclass(frozen=True)
class _Format:
    """A format of the publication, or one that it had when the issue was handed over."""

    record: Record
    draft: Draft | None
    """None if it was not handed over."""
    galley: Galley | None
    """None if the issue has a mistake, or the publication no longer has the format."""
    note: str | None

    @property
    def name(self) -> str:
        """Its name for a title."""
        if self.galley:
            return self.galley.email.format.name
        if self.draft and self.draft.format:
            return self.draft.format
        return self.record.further_format or "The leading format"


class _Connections:
    """The services that the formats are in, each of which is connected to once."""

    def __init__(self, folder: IssueFolder) -> None:
        self._project = folder.project
        self._destinations: dict[str, Destination] = {}

    def to(self, draft: Draft) -> Destination:
        """Return the service that has a draft. Raise ServiceError."""
        from newsletter.handover import connect_to

        service = draft.service
        if service not in self._destinations:
            self._destinations[service] = connect_to(
                service, self._project, None, transport=transport(), needs_audience=False
            )
        return self._destinations[service]


def print_formats(
    folder: IssueFolder, galley: Galley | None, now: dict[str, str], zone: str
) -> None:
    """Print what is the same for all formats and ``now`` of the issue, and a block for each format.

    Raise HandoverError if a record cannot be read and, after all that is known was printed,
    ServiceError if the service does not answer.
    """
    formats = list(_formats(folder, galley))
    drafts = [format.draft for format in formats if format.draft]
    recorded = [recorded_facts(draft, zone) for draft in drafts]
    common = {
        name: value
        for name, value in recorded[0].items()
        if name in _COMMON and all(facts.get(name) == value for facts in recorded)
    }
    print_facts(f"{drafts[0].publication} {drafts[0].number}", common | now)

    connections = _Connections(folder)
    answers, fault = _answers(formats, connections, zone)
    for format, answer in zip(formats, answers, strict=True):
        facts = _facts_here(format, zone) | answer
        own = {name: value for name, value in facts.items() if name not in common}
        print_facts(format.name, own)

    try:
        if fault:
            raise fault
        _print_all_files(formats, connections)
    except NewsletterError:
        say("What the service says now is not known:", err=True)
        raise


def _formats(folder: IssueFolder, galley: Galley | None) -> Iterator[_Format]:
    """Yield the formats in the publication's order, then those that it no longer has."""
    from newsletter.handover import Record, records_of

    galleys = galley.every_format if galley else ()
    for each in galleys:
        record = Record(folder, each.email.further_format)
        yield _Format(record, record.read(), each, None)

    current = {each.email.further_format for each in galleys}
    for record in records_of(folder):
        if record.further_format not in current:
            yield _Format(record, record.read(), None, _why_dropped(record, galley))


def _why_dropped(record: Record, galley: Galley | None) -> str | None:
    """Return why a format that was handed over is none of the publication's.

    Return None if that is not known, since the issue has a mistake.
    """
    if galley is None:
        return None
    if record.further_format == galley.email.format.name:
        return "it was not the first format then; 'newsletter hand-over' says what to do"
    return "it is no longer a format of the publication"


def _facts_here(format: _Format, zone: str) -> dict[str, str]:
    """Return what the record says of a format, and whether it has changed since."""
    if format.draft is None:
        number = format.record.issue.name
        return {"Handed over": f"not yet: 'newsletter hand-over {number}' does it"}

    facts = recorded_facts(format.draft, zone) | changed_facts(format.draft, format.galley)
    if format.note:
        facts["Note"] = format.note
    return facts


def _answers(
    formats: Sequence[_Format], connections: _Connections, zone: str
) -> tuple[list[dict[str, str]], NewsletterError | None]:
    """Return what the service says of each format, and why it did not say more, if it did not."""
    answers: list[dict[str, str]] = []
    fault: NewsletterError | None = None
    for format in formats:
        answer: dict[str, str] = {}
        try:
            if fault is None:
                answer = _facts_there(format, connections, zone)
        except NewsletterError as error:
            fault = error
        answers.append(answer)
    return answers, fault


def _facts_there(format: _Format, connections: _Connections, zone: str) -> dict[str, str]:
    """Ask the service about the draft of a format, and return its answer, if it can give one."""
    from newsletter.services.protocol import Capability

    if format.draft is None:
        return {}
    destination = connections.to(format.draft)
    if not destination.can(Capability.READ_BACK):
        return {}
    return facts_there(destination, format.draft, zone)


def _print_all_files(formats: Sequence[_Format], connections: _Connections) -> None:
    """Print whether readers get the files of all formats that are still as they were handed over.

    A file that several formats show is asked for once.
    """
    from newsletter.handover import unserved_files

    files: dict[str, File] = {}
    missing: list[Problem] = []
    for format in formats:
        draft, galley = format.draft, format.galley
        if draft and galley and galley.email.files and not has_changed(draft, galley):
            missing += unserved_files(galley, draft.kept, connections.to(draft), files)
            files |= {file.name: file for file in galley.email.files}

    if files:
        say(styled("All formats", bold=True))
        print_files(list(files.values()), list(dict.fromkeys(missing)))

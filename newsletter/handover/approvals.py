"""Who approved which content of an issue, for which readers: ``approvals.json`` in its folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import Field, TypeAdapter
from pydantic_core import PydanticCustomError

from newsletter.errors import HandoverError, NewsletterError
from newsletter.files import MOST_KEPT, read_regular, write_atomically
from newsletter.handover.destination import Destination
from newsletter.handover.person_names import PersonName, person_name, same_person_key
from newsletter.handover.versioned import from_versioned_json, to_versioned_json
from newsletter.manifest import IssueFolder
from newsletter.model import Instant, Noun
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley
    from newsletter.checks.report import Report

_FORMAT, _FIRST_FORMAT = 2, 1
"""The versions of the format of approvals.json. The first one, which older programs can read, does
for a publication without formats: their audiences are new in the second.
"""


class _Readers(NamedTuple):
    """Whom an approval is for, as publication.yaml has it."""

    service: str
    audience: str
    formats: dict[str, str]


class Approval(Noun):
    """One person's word that this very content may go out to these readers."""

    by: PersonName
    content: str
    """SHA-256 of it, as in the record of what was handed over."""
    service: str = ""
    """The publication's service at the time."""
    audience: str = ""
    """The id of the publication's audience; empty if none was set.

    Approvals from before the audience counted have neither service nor audience, and are valid for
    none.
    """
    formats: dict[str, str] = Field(default_factory=dict)
    """The ids of the audiences of its formats, by their names; empty if it had no formats."""
    at: Instant

    @property
    def readers(self) -> _Readers:
        """Whom it is for."""
        return _Readers(self.service, self.audience, self.formats)


_APPROVALS = TypeAdapter(tuple[Approval, ...])


def approve(report: Report, by: str) -> tuple[Approval, ...]:
    """Record that ``by`` has approved the issue as it is, for its publication's own readers.

    One approval is for the issue in all its formats.

    Return all approvals that are valid. Raise PreflightError if the checks found errors,
    HandoverError if rules were left out or ``by`` is not a name, and NewsletterError if the
    approval cannot be saved.
    """
    report.require_ready()
    earlier = _read(report.folder)
    readers = _own_readers(report.galley)
    approval = Approval(
        by=_name(by, report.folder),
        content=report.galley.issue_digest,
        at=datetime.now(UTC),
        **readers._asdict(),
    )

    valid = _valid(earlier, report.galley)
    people = {same_person_key(each.by) for each in valid}
    if same_person_key(approval.by) not in people:
        _save(report.folder, (*earlier, approval))
    return approvals_of(report.galley)


def approvals_of(galley: Galley) -> tuple[Approval, ...]:
    """Return the approvals of an issue that are valid, one for each person.

    They are for the content, the service, the audience and the formats as they are now. Raise
    HandoverError if they cannot be read.
    """
    approvals = _read(galley.folder)
    return _valid(approvals, galley)


def require_approvals(report: Report, *destinations: Destination) -> None:
    """Raise HandoverError if too few people have approved this very content for these readers.

    Whatever format goes to a destination, all formats must have been approved. What still needs an
    upload reaches nobody yet, so the readers do not matter there.
    """
    issue = report.galley.issue
    needed = issue.publication.approvals
    valid = approvals_of(report.galley)
    if len(valid) < needed:
        raise _too_few(report.galley, valid)
    if not needed:
        return

    for destination in destinations:
        if not destination.profile.needs_upload:
            _require_own_readers(report.galley, destination)


def _too_few(galley: Galley, valid: Sequence[Approval]) -> HandoverError:
    needed = galley.issue.publication.approvals
    noun = "approval" if needed == 1 else "approvals"
    message = f"This issue needs {needed} {noun} and has {len(valid)}"
    if valid:
        people = ", ".join(approval.by for approval in valid)
        message += f" (by {people})"
    message += "."
    all_approvals = _read(galley.folder)
    if len(all_approvals) > len(valid):
        readers = "service or audience"
        if galley.issue.publication.formats:
            readers = "service, audience or formats"
        message += f" It, or its {readers}, has changed since it was approved."

    number = galley.issue.number
    hint = f"Ask somebody to read it, then: newsletter approve {number} --by NAME."
    return HandoverError.at(galley.folder.manifest, None, message, hint)


def _require_own_readers(galley: Galley, destination: Destination) -> None:
    publication = galley.issue.publication
    audiences = {each.name: each.audience or "" for each in publication.every_format}
    approved = (publication.service, audiences.get(destination.format.name))
    chosen = (destination.name, destination.audience_id)
    if chosen == approved:
        return

    own = _in_words(*approved)
    others = _in_words(*chosen)
    message = f"An approval is for the publication's own readers ({own}), not for {others}."
    hint = "Set service and audience there, and have the issue approved again."
    project = galley.folder.project
    raise HandoverError.at(project.publication, None, message, hint)


def _in_words(service: str, audience: str | None) -> str:
    if not audience:
        return service
    return f"{service}, audience '{printable(audience)}'"


def _own_readers(galley: Galley) -> _Readers:
    """Return the publication's own service, its audience, and those of its formats."""
    publication = galley.issue.publication
    formats = {each.name: each.audience or "" for each in publication.formats}
    return _Readers(publication.service, publication.audience or "", formats)


def _name(by: str, folder: IssueFolder) -> str:
    try:
        return person_name(by)
    except PydanticCustomError as error:
        message = error.message().rstrip(".")
        raise HandoverError.at(folder.approvals, None, message, "") from None


def _read(folder: IssueFolder) -> tuple[Approval, ...]:
    try:
        content = read_regular(folder.approvals, MOST_KEPT)
        document = from_versioned_json(content, folder.approvals, _FORMAT)
        return _APPROVALS.validate_python(_entries(document))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError):  # pydantic's ValidationError is a ValueError
        message = "This file of approvals cannot be read."
        hint = "Restore it from git, or delete it and approve the issue again."
        raise HandoverError.at(folder.approvals, None, message, hint) from None


def _entries(document: Any) -> Any:
    """Return the approvals of a document. It was a plain list before formats had versions."""
    if isinstance(document, dict) and document.keys() == {"approvals"}:
        return document["approvals"]
    return document


def _save(folder: IssueFolder, approvals: tuple[Approval, ...]) -> None:
    entries: list[dict[str, Any]] = _APPROVALS.dump_python(approvals, mode="json")
    version = _FIRST_FORMAT
    for entry in entries:
        if entry["formats"]:
            version = _FORMAT
        else:
            del entry["formats"]

    content = to_versioned_json({"approvals": entries}, version)
    try:
        write_atomically(folder.path, {folder.approvals.name: content})
    except OSError as error:
        message = f"The approval cannot be saved ({error.strerror})."
        hint = "Check the disk and its permissions."
        raise NewsletterError.at(folder.approvals, None, message, hint) from error


def _valid(approvals: Sequence[Approval], galley: Galley) -> tuple[Approval, ...]:
    """Return the approvals of this content for its readers, the first of each person."""
    readers = _own_readers(galley)
    of_person: dict[str, Approval] = {}
    for approval in approvals:
        is_of_content = approval.content == galley.issue_digest
        if is_of_content and approval.readers == readers:
            person = same_person_key(approval.by)
            of_person.setdefault(person, approval)
    return tuple(of_person.values())

"""Who approved which content of an issue, for which readers: ``approvals.json`` beside its issue.yaml."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from unicodedata import category, normalize

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from newsletter.checks.report import Report
from newsletter.email.message import approved_digest
from newsletter.errors import HandoverError, NewsletterError
from newsletter.files import MOST_KEPT, read_regular, write_atomically
from newsletter.handover.destination import Destination
from newsletter.handover.people import PersonName, person_name
from newsletter.model import Email, Instant, Noun
from newsletter.text.printable import printable

FILE = "approvals.json"


class Approval(Noun):
    """One person's word that this very content may go out to these readers."""

    by: PersonName
    content: str
    """SHA-256 of it, as in the record of what was handed over."""
    service: str = ""
    """The publication's, as it was then."""
    audience: str = ""
    """The id of the publication's audience; empty if none is set. Approvals from before the audience counted have
    neither service nor audience, and are valid for none.
    """
    at: Instant


_APPROVALS = TypeAdapter(tuple[Approval, ...])


def approve(report: Report, folder: Path, by: str) -> tuple[Approval, ...]:
    """Record that ``by`` has approved the issue in ``folder`` as it is, for the publication's service and audience.
    Return all approvals that are valid.

    Raise PreflightError if the checks found errors, HandoverError if ``by`` is not a name, and NewsletterError if the
    approval cannot be saved.
    """
    report.require_ready()
    earlier = _read(folder)
    service, audience = _readers(report.email)
    approval = Approval(
        by=_name(by, folder),
        content=approved_digest(report.email),
        service=service,
        audience=audience,
        at=datetime.now(UTC),
    )
    if _person(approval) not in map(_person, _holding(earlier, report.email)):
        earlier += (approval,)
        try:
            write_atomically(folder, {FILE: _APPROVALS.dump_json(earlier, indent=2) + b"\n"})
        except OSError as error:
            message = f"The approval cannot be saved ({error.strerror})."
            raise NewsletterError.at(
                folder / FILE, None, message, "Check the disk and its permissions."
            ) from error
    return approvals_of(report.email, folder)


def approvals_of(email: Email, folder: Path) -> tuple[Approval, ...]:
    """Return the approvals that are valid for the content, the service and the audience as they are now, one for each
    person. ``email`` has neutral merge tags. Raise HandoverError if they cannot be read.
    """
    return _holding(_read(folder), email)


def require_approvals(report: Report, folder: Path, destination: Destination) -> None:
    """Raise HandoverError if fewer people have approved this very content than the publication asks for, or if it
    would go to other readers than they approved. What is written to a folder goes nowhere yet.
    """
    issue = report.email.issue
    needed, holding = issue.publication.approvals, approvals_of(report.email, folder)
    if len(holding) >= needed:
        if needed and destination.name != "folder":
            _require_approved_readers(report.email, folder, destination)
        return
    by = f" (by {', '.join(approval.by for approval in holding)})" if holding else ""
    changed = " It, or its service or audience, has changed since it was approved."
    void = changed if len(_read(folder)) > len(holding) else ""
    message = f"This issue needs {needed} {'approval' if needed == 1 else 'approvals'} and has {len(holding)}{by}.{void}"
    hint = f"Ask somebody to read it, then: newsletter approve {issue.number} --by NAME."
    raise HandoverError.at(folder / "issue.yaml", None, message, hint)


def _require_approved_readers(email: Email, folder: Path, destination: Destination) -> None:
    service, audience = _readers(email)
    to = destination.audience.id if destination.audience else ""
    if (destination.name, to) == (service, audience):
        return
    message = (
        f"An approval is for the publication's own readers ({_named(service, audience)}), not for"
    )
    hint = "Set service and audience there, and have the issue approved again."
    raise HandoverError.at(
        folder.parent / "publication.yaml", None, f"{message} {_named(destination.name, to)}.", hint
    )


def _named(service: str, audience: str) -> str:
    return f"{service}, audience '{printable(audience)}'" if audience else service


def _readers(email: Email) -> tuple[str, str]:
    """Return the publication's own service and audience."""
    publication = email.issue.publication
    return publication.service, publication.audience or ""


def _name(by: str, folder: Path) -> str:
    try:
        return person_name(by)
    except PydanticCustomError as error:
        raise HandoverError.at(folder / FILE, None, error.message().rstrip("."), "") from None


def _read(folder: Path) -> tuple[Approval, ...]:
    try:
        return _APPROVALS.validate_json(read_regular(folder / FILE, MOST_KEPT))
    except FileNotFoundError:
        return ()
    except (OSError, ValidationError):
        hint = "Restore it from git, or delete it and approve the issue again."
        raise HandoverError.at(
            folder / FILE, None, "This file of approvals cannot be read.", hint
        ) from None


def _holding(approvals: tuple[Approval, ...], email: Email) -> tuple[Approval, ...]:
    """Return the approvals of this content for its readers, the first of each person."""
    current = (approved_digest(email), *_readers(email))
    holding = [each for each in approvals if (each.content, each.service, each.audience) == current]
    of_people = {_person(approval): approval for approval in reversed(holding)}
    return tuple(reversed(of_people.values()))


def _person(approval: Approval) -> str:
    """Return the name as it is compared: spaces, capitals, how a keyboard writes accents, and characters that nobody
    sees make no difference.
    """
    seen = "".join(
        character for character in normalize("NFKC", approval.by) if category(character) != "Cf"
    )
    return " ".join(seen.split()).casefold()

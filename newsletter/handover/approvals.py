"""Who signed off which content of an issue: ``approvals.json`` beside its issue.yaml."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from unicodedata import normalize

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from newsletter.errors import HandoverError, NewsletterError, PreflightError
from newsletter.fields import one_line
from newsletter.files import MOST_KEPT, read_regular, write_whole
from newsletter.message import approved_digest
from newsletter.model import Noun, Report

FILE = "approvals.json"


class Approval(Noun):
    """One person's word that this very content may go out."""

    by: str
    content: str
    """SHA-256 of it, as in the record of what was handed over."""
    at: datetime


_APPROVALS = TypeAdapter(tuple[Approval, ...])


def approve(report: Report, folder: Path, by: str) -> tuple[Approval, ...]:
    """Write down that ``by`` approves of the issue in ``folder`` as it is; returns all approvals that hold.

    Raises PreflightError if the checks found errors, HandoverError if ``by`` is no name, and NewsletterError if it
    cannot be written down.
    """
    if not report.is_ready:
        raise PreflightError(report)
    earlier = _read(folder)
    approval = Approval(by=_name(by, folder), content=approved_digest(report.email), at=datetime.now(UTC))
    if _person(approval) not in map(_person, _holding(earlier, approval.content)):
        earlier += (approval,)
        try:
            write_whole(folder, {FILE: _APPROVALS.dump_json(earlier, indent=2) + b"\n"})
        except OSError as error:
            what = f"The approval cannot be written down ({error.strerror})."
            raise NewsletterError.at(folder / FILE, None, what, "Check the disk and its permissions.") from error
    return approvals_of(report, folder)


def approvals_of(report: Report, folder: Path) -> tuple[Approval, ...]:
    """The approvals that hold for the content as it is now, of different people. Raises HandoverError."""
    return _holding(_read(folder), approved_digest(report.email))


def require_approvals(report: Report, folder: Path) -> None:
    """Raises HandoverError if fewer people have approved of this very content than the publication asks for."""
    issue = report.email.issue
    wanted, holding = issue.publication.approvals, approvals_of(report, folder)
    if len(holding) >= wanted:
        return
    by = f" (by {', '.join(approval.by for approval in holding)})" if holding else ""
    void = " It was changed after it had been approved of." if len(_read(folder)) > len(holding) else ""
    what = f"This issue needs {wanted} {'approval' if wanted == 1 else 'approvals'} and has {len(holding)}{by}.{void}"
    hint = f"Have it looked at, then: newsletter approve {issue.number} --by NAME."
    raise HandoverError.at(folder / "issue.yaml", None, what, hint)


def _name(by: str, folder: Path) -> str:
    try:
        return one_line(by)
    except PydanticCustomError as error:
        raise HandoverError.at(folder / FILE, None, error.message().rstrip("."), "") from None


def _read(folder: Path) -> tuple[Approval, ...]:
    try:
        return _APPROVALS.validate_json(read_regular(folder / FILE, MOST_KEPT))
    except FileNotFoundError:
        return ()
    except (OSError, ValidationError):
        hint = "Take it from git as it was, or delete it and approve again."
        raise HandoverError.at(folder / FILE, None, "This file of approvals cannot be read.", hint) from None


def _holding(approvals: tuple[Approval, ...], content: str) -> tuple[Approval, ...]:
    """Those of this content, the first of each person."""
    of_people = {_person(approval): approval for approval in reversed(approvals) if approval.content == content}
    return tuple(reversed(of_people.values()))


def _person(approval: Approval) -> str:
    """The name without what makes no other person of it: blanks, capitals, and how a keyboard puts accents."""
    return " ".join(normalize("NFKC", approval.by).split()).casefold()

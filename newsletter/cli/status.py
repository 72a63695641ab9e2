"""``newsletter status``: what was handed over, and what the service says now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.connection import transport
from newsletter.cli.draft_facts import (
    changed_facts,
    facts_there,
    has_changed,
    print_files,
    recorded_facts,
)
from newsletter.cli.facts import issue_title, local_time, print_facts
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.cli.status_of_formats import print_formats
from newsletter.errors import HandoverError, ManifestError, NewsletterError, ThemeError

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley
    from newsletter.manifest import IssueFolder
    from newsletter.model import Draft


@click.command()
@click.argument("issue", required=False)
def status(issue: str | None) -> None:
    """Report on ISSUE (the newest, if none is named): what was handed over, and what became of it.

    It says where the issue went and by whom, who has approved it, whether it has changed since,
    here or there, and what the service says; of each format, if the publication has several.
    """
    from newsletter.handover import Record, records_of
    from newsletter.manifest import read_issue

    folder = find_issue(issue, Path.cwd())
    draft = Record(folder).read()
    records = records_of(folder)
    if not records:
        say(f"{issue_title(read_issue(folder))}: has not been handed over yet.")
        return

    zone = _time_zone(folder)
    galley = _galley(folder)
    now = _now(galley, zone)
    has_formats = galley is not None and galley.issue.publication.formats
    if draft is None or has_formats or len(records) > 1:
        print_formats(folder, galley, now, zone)
        return

    facts = recorded_facts(draft, zone) | now | changed_facts(draft, galley)
    print_facts(f"{draft.publication} {draft.number}", facts)
    try:
        _print_answer(draft, folder, galley, zone)
    except NewsletterError:
        say("What the service says now is not known:", err=True)
        raise


def _time_zone(folder: IssueFolder) -> str:
    """Return the publication's time zone; UTC if the issue has a mistake.

    The report must come all the same.
    """
    from newsletter.manifest import read_issue

    try:
        return read_issue(folder).publication.time_zone
    except ManifestError:
        return "UTC"


def _galley(folder: IssueFolder) -> Galley | None:
    """Return the issue as it is now; None if it has a mistake."""
    from newsletter.checks.galley import galley_of

    try:
        return galley_of(folder)
    except (ManifestError, ThemeError):
        return None


def _now(galley: Galley | None, zone: str) -> dict[str, str]:
    """Return who has approved the issue as it is now, or that it has a mistake."""
    from newsletter.handover import approvals_of

    if galley is None:
        return {"Now": "the issue has a mistake: 'newsletter check' lists it"}

    try:
        approvals = approvals_of(galley)
    except HandoverError as error:
        return {"Approved by": f"not known: {error}"}

    people = [f"{approval.by} ({local_time(approval.at, zone)})" for approval in approvals]
    if not people:
        return {}
    return {"Approved by": ", ".join(people)}


def _print_answer(draft: Draft, folder: IssueFolder, galley: Galley | None, zone: str) -> None:
    """Ask the service about the draft, and print its answer, if it can give one.

    Ask for the pictures, too, if they are still those that were handed over.
    """
    from newsletter.handover import connect_to, unserved_files
    from newsletter.services.protocol import Capability

    destination = connect_to(
        draft.service, folder.project, None, transport=transport(), needs_audience=False
    )
    if destination.can(Capability.READ_BACK):
        print_facts("The service says", facts_there(destination, draft, zone))
    if galley and galley.email.files and not has_changed(draft, galley):
        missing = unserved_files(galley, draft.kept, destination)
        print_files(galley.email.files, missing)

"""``newsletter add``: what volunteers send, into an issue."""

from __future__ import annotations

import os
import re
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.output import say

if TYPE_CHECKING:
    from newsletter.cli.what_to_add import Named
    from newsletter.importers.protocol import Changes
    from newsletter.manifest import IssueFolder, Project
    from newsletter.model import Publication

_NUMBER = re.compile(r"[1-9][0-9]{0,8}[a-z]?")
_ENTRIES = re.compile(r"all|[1-9][0-9]{0,4}(?:,[1-9][0-9]{0,4})*")
_FAILED = 2
"""Exit status if a source could not be added."""


def _require_entries(_: click.Context, __: click.Parameter, entries: str | None) -> str | None:
    """Return which pieces are wanted. Raise BadParameter for anything else."""
    if entries is not None and not _ENTRIES.fullmatch(entries):
        raise click.BadParameter("write numbers, as 1,3, or all.")
    return entries


@click.command()
@click.argument("sources", nargs=-1, metavar="[ISSUE] [SOURCE]...")
@click.option("--clipboard", is_flag=True, help="Add what is in the clipboard.")
@click.option(
    "--since",
    metavar="last|DAY",
    help="What was published since the last issue, or a day (2012-04-09): on the publication's "
    "own site, or in the feeds that are named.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option("--section", metavar="TEXT", help="The section: its kind, or its heading.")
@click.option(
    "--kind",
    type=click.Choice(
        ["news", "comment", "review", "elsewhere", "event", "job", "notice", "advert"]
    ),
    help="What it is, if that is not clear.",
)
@click.option(
    "--position", type=click.IntRange(min=1), help="Its place in the section; the end if left out."
)
@click.option(
    "--changes",
    type=click.Choice(["accept", "reject"]),
    help="What becomes of tracked changes in a Word file; otherwise you are asked.",
)
@click.option(
    "--entries",
    metavar="1,3|all",
    callback=_require_entries,
    help="Which pieces of a feed, or of any other list of many.",
)
@click.pass_context
def add(
    ctx: click.Context,
    sources: tuple[str, ...],
    clipboard: bool,
    since: str | None,
    dry_run: bool,
    section: str | None,
    kind: str | None,
    position: int | None,
    changes: Changes | None,
    entries: str | None,
) -> None:
    """Add each SOURCE to ISSUE: what was understood is printed, and what is missing.

    A SOURCE is a file, a folder of files, a web address, or - for what is piped in. Without one,
    what lies in issues/inbox/ is added; from there, files move to the issue's sources/. ISSUE is a
    number (653); if left out, it is the newest, unless that was handed over. Exit status: 0 if all
    was added, 2 if not.
    """
    from newsletter.adding import Wishes
    from newsletter.cli.add_each import Choices, add_each
    from newsletter.cli.outcomes_in_words import print_results
    from newsletter.manifest import Project, read_publication

    project = Project.containing(Path.cwd())
    folder, names = _issue_and_names(project, sources)
    publication = read_publication(project)

    moment = _moment(since, folder, publication)
    to_add = _to_add(folder, publication, names, moment, is_pasted=clipboard)
    place = None if position is None else position - 1
    choices = Choices(Wishes(section, kind, place, dry_run), changes, entries, moment)
    if dry_run:
        say("This is a dry run: nothing is changed.")
    results = add_each(folder, publication, to_add, choices)
    print_results(results)
    if results.failed:
        ctx.exit(_FAILED)


def _issue_and_names(project: Project, sources: tuple[str, ...]) -> tuple[IssueFolder, list[str]]:
    """Return the issue that is meant, and what is named to be added to it.

    The first name is an issue if it is a number, and no file has it, or an issue's folder.
    """
    first, *others = sources or ("",)
    folder = _issue_of_name(project, first)
    if folder is None:
        return _newest_issue(project), list(sources)

    if is_handed_over(folder):
        say(f"{folder.name} was handed over: hand it over again when this is done.", err=True)
    return folder, others


def _issue_of_name(project: Project, name: str) -> IssueFolder | None:
    """Return the issue that a name means, as 653 or issues/653; None if it means none."""
    from newsletter.manifest.project import MANIFEST

    is_number = _NUMBER.fullmatch(name)
    if is_number and not Path(name).is_file():
        return project.issue(name)
    if name and os.path.isfile(os.path.join(name, MANIFEST)):  # noqa: PTH113, PTH118 - any name
        return project.issue(Path(name).resolve().name)
    return None


def _newest_issue(project: Project) -> IssueFolder:
    """Return the newest issue, and say which it is. Raise ManifestError if it was handed over."""
    from newsletter.errors import ManifestError

    folder = project.newest()
    if is_handed_over(folder):
        message = f"The newest issue, {folder.name}, was handed over."
        hint = "Make the next one with 'newsletter new', or name the issue."
        raise ManifestError.at(folder.manifest, None, message, hint)
    say(f"Adding to {folder.name}, the newest issue.")
    return folder


def is_handed_over(folder: IssueFolder) -> bool:
    """Return whether an issue was handed over, in any format."""
    from newsletter.handover.record import records_of

    return bool(records_of(folder))


def _to_add(
    folder: IssueFolder,
    publication: Publication,
    names: list[str],
    since: datetime | None,
    *,
    is_pasted: bool,
) -> list[Named]:
    """Return what is to be added: what is named, what is new on the site, or else the inbox."""
    from newsletter.cli.what_to_add import in_folder, named, of_site, pasted
    from newsletter.files import relative_to_cwd

    inbox = folder.project.inbox
    to_add = named(names, inbox)
    if is_pasted:
        to_add.append(pasted())
    if since and not names:
        to_add += of_site(folder, publication, since)
    if names or is_pasted or since:
        return to_add

    to_add = in_folder(inbox, inbox)
    if not to_add:
        say(f"There is nothing to add in {relative_to_cwd(inbox)}/.")
    return to_add


def _moment(since: str | None, folder: IssueFolder, publication: Publication) -> datetime | None:
    """Return a moment on the publication's clock. Raise BadParameter for what is none."""
    from newsletter.cli.what_to_add import moment_of_last

    if since is None:
        return None
    if since == "last":
        return moment_of_last(folder, publication)
    try:
        return datetime.combine(date.fromisoformat(since), time())
    except ValueError:
        message = "write last, or a day as 2012-04-09."
        raise click.BadParameter(message, param_hint="--since") from None

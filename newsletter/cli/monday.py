"""``newsletter monday``: all that a Monday begins with, in one command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from newsletter.cli.add import is_handed_over
from newsletter.cli.output import say, say_all, styled

if TYPE_CHECKING:
    from newsletter.cli.what_to_add import Named
    from newsletter.importers.protocol import Changes
    from newsletter.manifest import IssueFolder, Project
    from newsletter.manifest.open_ends import OpenEnd
    from newsletter.model import Publication

_SAID_BELOW = ("missing-field", "open-question")
"""The rules whose findings are in the list at the end."""
_NOT_ADDED, _FOUND = 2, 1
"""Exit statuses."""


@click.command()
@click.option(
    "--changes",
    type=click.Choice(["accept", "reject"]),
    help="What becomes of tracked changes in Word files; otherwise you are asked.",
)
@click.option("--no-preview", is_flag=True, help="End without showing the issue in the browser.")
@click.pass_context
def monday(ctx: click.Context, changes: Changes | None, no_preview: bool) -> None:
    """Make the next issue if it is time, add what is there, build, check, and show it.

    What is there lies in issues/inbox/, or is new on the publication's own site, if
    publication.yaml names it. The list at the end says what is still missing. Given again, it goes
    on where it is. Exit status: 0 if all is well, 1 if there are errors to fix, 2 if something
    could not be added.
    """
    from newsletter.cli.preview import preview
    from newsletter.manifest import Project, read_publication

    project = Project.containing(Path.cwd())
    publication = read_publication(project)
    folder = _issue_of_this_week(project, publication)

    is_all_added = _add_what_is_there(folder, publication, changes)
    is_ready = _build_and_check(folder)
    _print_open_ends(folder)
    if not no_preview:
        ctx.invoke(preview, issue=folder.name)

    if not is_all_added:
        ctx.exit(_NOT_ADDED)
    if not is_ready:
        ctx.exit(_FOUND)


def _issue_of_this_week(project: Project, publication: Publication) -> IssueFolder:
    """Return the issue to work on: the newest, or the next one if that is over, or the first."""
    from newsletter.adding.next_issue import next_issue
    from newsletter.cli.new import print_new

    newest = next(project.newest_first(), None)
    today = datetime.now(ZoneInfo(publication.time_zone)).date()
    if newest and not (is_handed_over(newest) or _is_over(newest, publication, today)):
        say(f"Going on with {newest.name}.")
        return newest

    made = next_issue(project)
    print_new(made)
    return made.folder


def _is_over(folder: IssueFolder, publication: Publication, today: date) -> bool:
    """Return whether the day has come on which the next issue goes out."""
    from newsletter.adding.next_issue import next_day
    from newsletter.manifest.written_items import read_written

    written = read_written(folder).tree.text("date") or ""
    try:
        day = date.fromisoformat(written.strip())
    except ValueError:  # reading the issue reports it
        return False
    return next_day(publication, day, today=day) <= today


def _add_what_is_there(
    folder: IssueFolder, publication: Publication, changes: Changes | None
) -> bool:
    """Add what is in the inbox and new on the site. Return whether all could be added."""
    from newsletter.adding import Wishes
    from newsletter.cli.add_each import Choices, add_each
    from newsletter.cli.outcomes_in_words import print_results
    from newsletter.cli.what_to_add import in_folder

    sources = in_folder(folder.project.inbox, folder.project.inbox)
    on_site, could_ask = _new_on_site(folder, publication)
    sources += on_site
    if not sources:
        say("There is nothing to add.")
        return could_ask

    results = add_each(folder, publication, sources, Choices(Wishes(), changes))
    print_results(results)
    return could_ask and not results.failed


def _new_on_site(folder: IssueFolder, publication: Publication) -> tuple[Sequence[Named], bool]:
    """Return what is new on the publication's own site, and whether that could be asked.

    Before the first issue nothing is: the site may have been there for years.
    """
    from newsletter.cli.what_to_add import moment_of_last, of_site
    from newsletter.errors import NewsletterError

    site = publication.site
    is_first = next(folder.project.before(folder.name), None) is None
    if is_first or site is None or not (site.wordpress or site.feed):
        return (), True
    try:
        return list(of_site(folder, publication, moment_of_last(folder, publication))), True
    except NewsletterError as error:
        say(str(error), err=True)
        return (), False


def _build_and_check(folder: IssueFolder) -> bool:
    """Build and check an issue, and print the report. Return whether it is without errors."""
    from newsletter.checks.formats import text_of
    from newsletter.checks.preflight import preflight
    from newsletter.cli.build import build_one
    from newsletter.email.summary import summary
    from newsletter.errors import NewsletterError

    try:
        galley, target = build_one(folder, None)
    except NewsletterError as error:
        say_all(text_of("terminal", [error]))
        return False

    for line in summary([one.sent for one in galley.every_format], target):
        say(line)
    say()
    report = preflight(galley, skip=_SAID_BELOW)
    say_all(text_of("terminal", [report]))
    return report.is_ready


def _print_open_ends(folder: IssueFolder) -> None:
    """Print what is still missing, field by field, with its place."""
    from newsletter.manifest.open_ends import open_ends
    from newsletter.manifest.written_items import read_written

    waiting = list(open_ends(read_written(folder)))
    say()
    if not waiting:
        say(f"Nothing is missing in {folder.name}.")
        return

    say(styled(f"Still missing in {folder.name}:", bold=True))
    for line in _by_item(waiting):
        say(line)


def _by_item(waiting: Sequence[OpenEnd]) -> Iterator[str]:
    """Yield the lines of the list: each item, and what it waits for."""
    from newsletter.files import relative_to_cwd

    title = None
    for each in waiting:
        if each.item != title:
            title = each.item
            yield f"  {title}"
        yield f"    {relative_to_cwd(each.path)}:{each.line}: {each.name}: {each.note}"

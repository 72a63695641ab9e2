"""``newsletter import``: all old issues out of a WordPress site, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from newsletter.cli.output import progress, say

if TYPE_CHECKING:
    from newsletter.adding.old_issues import OldIssue
    from newsletter.adding.old_posts import OldPosts
    from newsletter.manifest import Project
    from newsletter.model import Publication

_ADDRESS = ("https://", "http://")


class _Site(NamedTuple):
    """The posts of a site."""

    posts: Iterator[dict[str, Any]]
    total: int | None
    """How many there are; None if that is not known before."""
    left_out: Counter[str]


@click.command("import")
@click.argument("source", metavar="EXPORT.XML|ADDRESS")
@click.option(
    "--type",
    "types",
    multiple=True,
    default=("post",),
    show_default=True,
    metavar="TEXT",
    help="The type of the posts in an export; can be given several times.",
)
@click.option("--pictures", is_flag=True, help="Fetch the pictures of the posts from the web, too.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
def import_(source: str, types: tuple[str, ...], pictures: bool, dry_run: bool) -> None:
    """Make the old issues of a WordPress site, each of the posts that say they appeared in it.

    Give the file that Tools > Export in WordPress saves, or the address of the site. What is there
    already stays as it is, so the command can be given again if it was stopped. What belongs to no
    issue is listed in build/import-report.csv, with the reason; issues/old-addresses.csv says where
    each old address leads now.
    """
    from newsletter.adding.old_posts import old_posts
    from newsletter.manifest import Project, read_publication

    project = Project.containing(Path.cwd())
    publication = read_publication(project)
    site = _site(source, types)
    with old_posts(project, publication.name) as posts:
        with progress(posts.sort(site.posts), "Reading the posts", site.total) as bar:
            count = sum(1 for _ in bar)
        _say_what_is_there(posts, count, site.left_out)
        if not dry_run:
            issues = list(_issues(posts, project, publication, pictures=pictures))
            _say_what_was_done(project, posts, issues)


def _site(source: str, types: tuple[str, ...]) -> _Site:
    """Return the posts of an export, all of which was read once, or of a site on the web."""
    if source.lower().startswith(_ADDRESS):
        return _on_web(source)

    from newsletter.importers.wordpress_export import posts_in, survey

    path = Path(source)
    found = survey(path, types)
    return _Site(posts_in(path, found, types), found.posts, found.left_out)


def _on_web(address: str) -> _Site:
    import json

    from newsletter.importers.fetching import fetch
    from newsletter.importers.wordpress import posts

    originals = posts(address, fetch)
    return _Site((json.loads(original.content) for original in originals), None, Counter())


def _issues(
    posts: OldPosts, project: Project, publication: Publication, *, pictures: bool
) -> Iterator[OldIssue]:
    """Yield each issue when it is made."""
    from newsletter.parallel import in_order

    numbers = posts.numbers
    work = partial(
        _issue,
        posts=posts.folder,
        issues=project.issues,
        publication=publication,
        pictures=pictures,
    )
    with progress(in_order(work, numbers), "Making the issues", len(numbers)) as bar:
        yield from bar


def _issue(
    number: str, posts: Path, issues: Path, publication: Publication, *, pictures: bool
) -> OldIssue:
    """Make an issue, in whichever process works on it."""
    from newsletter.adding.old_issues import make_issue
    from newsletter.adding.old_posts import posts_of
    from newsletter.importers import fetching
    from newsletter.manifest import IssueFolder, Project

    folder = IssueFolder(issues / number, Project(issues))
    fetch = fetching.fetch if pictures else None
    return make_issue(folder, posts_of(posts, number), publication, fetch)


def _say_what_is_there(posts: OldPosts, count: int, left_out: Counter[str]) -> None:
    placed = count - len(posts.not_placed)
    issues = len(posts.numbers)
    say(f"Posts: {count:,}. Of these, {placed:,} name an issue ({issues:,} in all).")

    kinds = [f"{name} {number:,}" for name, number in sorted(left_out.items())]
    if kinds:
        say(f"Left out: {', '.join(kinds)}.")


def _say_what_was_done(project: Project, posts: OldPosts, issues: list[OldIssue]) -> None:
    from newsletter.adding.import_report import REPORT, write_old_addresses, write_report
    from newsletter.files import relative_to_cwd
    from newsletter.manifest.project import OLD_ADDRESSES

    addresses = write_old_addresses(project, issues)
    rows = write_report(project, posts.not_placed, issues)

    pieces = sum(len(issue.pieces) for issue in issues)
    made = sum(issue.is_new for issue in issues)
    to_fix = sum(bool(issue.problems) for issue in issues)
    say(f"Issues made: {made:,}. Pieces in all that were imported: {pieces:,}.")
    table = relative_to_cwd(project.issues / OLD_ADDRESSES)
    say(f"Old addresses: {addresses:,}, in {table}.")
    if to_fix:
        say(f"Issues that need something before they can be read, such as a date: {to_fix:,}.")
    if rows:
        report = relative_to_cwd(project.build / REPORT)
        say(f"What is in no issue, or is to be fixed: {rows:,}, in {report}.")

"""``newsletter archive``: all issues as a static site."""

from __future__ import annotations

import os
import shlex
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from newsletter.cli.archive_facts import (
    print_check,
    print_dead_links,
    print_moved,
    print_summary,
    print_uploaded,
)
from newsletter.cli.output import counting, say
from newsletter.files import relative_to_cwd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from newsletter.archive.archive import Archive
    from newsletter.archive.looking.look import Look
    from newsletter.archive.site.sources import Sources
    from newsletter.archive.site.writing import Changes
    from newsletter.manifest import Project


class _Choices(NamedTuple):
    """What was chosen on the command line."""

    out: Path
    base: str
    drafts: bool
    only_check: bool
    verify: bool
    to: str
    """Where it is to be uploaded; empty for nowhere."""

    @property
    def command(self) -> str:
        """The command that writes this site."""
        words = ["newsletter", "archive"]
        if self.out != _public():
            words += ["--out", str(self.out)]
        if self.base:
            words += ["--base-url", self.base]
        if self.drafts:
            words.append("--drafts")
        return shlex.join(words)


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder for the site; without it, public/ in the newsletter's folder.",
)
@click.option("--base-url", "base", metavar="ADDRESS", help="Of the site, instead of 'archive:'.")
@click.option("--drafts", is_flag=True, help="Also issues of a day to come.")
@click.option("--check", "only_check", is_flag=True, help="Only say whether it is up to date.")
@click.option("--verify", is_flag=True, help="Read every file, whatever its date says.")
@click.option("--to", metavar="PLACE", help="Upload it too: to a folder, s3://... or sftp://...")
@click.pass_context
def archive(
    ctx: click.Context,
    out: Path | None,
    base: str | None,
    drafts: bool,
    only_check: bool,
    verify: bool,
    to: str | None,
) -> None:
    """Write every issue, and every piece with a body, as a page of a static site.

    Upload the folder to any web server, object store or static host. Only what has changed is
    written, and with --to uploaded. An issue of a day to come that was not handed over is a draft
    and is left out; its faults stop nothing, those of any other issue do. A link in a text that
    leads nowhere is named and stops nothing. Exit status: 0 if the site is there; with --check, 1
    if it is not up to date or a link leads nowhere; 2 if it could not be made.
    """
    from newsletter.archive.site.place import alone, require_place

    for name, value in (("--base-url", base), ("--to", to)):
        if value is not None and not value.strip():
            raise click.UsageError(f"{name} is empty: write the address, or leave {name} out.")
    if only_check and to:
        raise click.UsageError("--check changes nothing, so nothing is uploaded: leave --to out.")

    out = out or _public()
    require_place(out, _root())
    choices = _Choices(out, base or "", drafts, only_check, verify, to or "")
    if only_check:
        ctx.exit(_run(choices))
    with alone(out, lambda: say("Another run is writing this site: waiting for it.", err=True)):
        status = _run(choices)
        if to:
            _upload(choices)
    ctx.exit(status)


def _upload(choices: _Choices) -> None:
    """Bring what differs to where the site is served from, and say how much that was."""
    from newsletter.archive.site.uploading import upload_site

    with counting("Uploading") as progress:
        done = upload_site(
            choices.out, choices.to, _root(), verify=choices.verify, progress=progress
        )
    print_uploaded(choices.to, done)


def _root() -> Path:
    """Return the newsletter's folder. Raise ManifestError if there is none."""
    from newsletter.archive.site.sources import root_of

    root = root_of(Path.cwd())
    return root if (root / "issues").is_dir() else _project().root


def _public() -> Path:
    """Return the folder of the site, if none is named. Raise ManifestError if there is no
    newsletter.
    """
    return relative_to_cwd(_root() / "public")


def _run(choices: _Choices) -> int:
    """Bring the site up to date, or only look. Print the outcome, and return the exit status.

    Where nothing has changed, that is known before a library is loaded.
    """
    from newsletter.archive.site.sources import Sources

    start = time.perf_counter()
    sources = Sources.near(Path.cwd(), choices.out, choices.base, choices.drafts)
    if not choices.verify and sources.are_as_remembered():
        print_check(choices.out, None, choices.command)
        return 0

    project = _project()
    now = _now(project)
    found = _with_moved(_read(project, choices, sources.look, now.date()), project, choices)
    changes = _changes(found, choices, sources)
    if choices.only_check:
        print_check(choices.out, changes, choices.command)
        print_dead_links(found, choices.out, changes)
        return 0 if changes.is_none and not changes.dead_links else 1

    sources.remember(changes, found.templates.folder.folders, now)
    seconds = time.perf_counter() - start
    print_summary(found, choices.out, changes, seconds, is_uploaded=bool(choices.to))
    print_dead_links(found, choices.out, changes)
    return 0


def _project() -> Project:
    from newsletter.manifest import Project

    return Project.containing(Path.cwd())


def _now(project: Project) -> datetime:
    """Return what time it is where the publication lives."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from newsletter.manifest import read_publication

    return datetime.now(ZoneInfo(read_publication(project).time_zone))


def _read(project: Project, choices: _Choices, look: Look, today: date) -> Archive:
    """Return the archive. Raise ManifestError if it has a fault, or no issue at all."""
    from newsletter.archive.reading import read_archive
    from newsletter.errors import ManifestError

    found = read_archive(
        project,
        look,
        base=_site_address(choices.base),
        today=today,
        drafts=choices.drafts,
        verify=choices.verify,
    )
    if found.issues:
        return found

    message = "No issue is out yet, so nothing was written."
    hint = "For those of a day to come: newsletter archive --drafts."
    raise ManifestError.at(project.issues, None, message, hint)


def _site_address(base: str) -> str:
    """Return the address of the site as it is written in pages; "" for that of the publication.
    Raise UsageError if no site can be there.
    """
    from newsletter.text.addresses import site_address

    try:
        return base and site_address(base)
    except ValueError as error:
        raise click.UsageError(f"--base-url: {error}") from None


def _with_moved(found: Archive, project: Project, choices: _Choices) -> Archive:
    """Return the archive with the pages that have moved since the last run, which are added to the
    table of old addresses. Raise NewsletterError if that run was another newsletter's.
    """
    from newsletter.adding.old_addresses import add_old_addresses
    from newsletter.archive.moved.lists import moved_lists
    from newsletter.archive.moved.pages import moved_pages, with_moved
    from newsletter.archive.site.owner import require_own
    from newsletter.archive.site.state import load_state, subjects

    published = load_state(choices.out) or {}
    require_own(choices.out, published, found)
    moved = [*moved_pages(subjects(published), found), *moved_lists(published, found, choices.out)]
    if moved and not choices.only_check:
        add_old_addresses(project, [page.row for page in moved])
        print_moved(found.old_addresses.path, moved)
    return with_moved(found, moved)


def _changes(found: Archive, choices: _Choices, sources: Sources) -> Changes:
    """Write the pages that differ, or only find out which do."""
    from newsletter.archive.pages import all_pages
    from newsletter.archive.site.writing import compare_site, write_site

    run: Callable[..., Changes] = compare_site if choices.only_check else write_site
    label = "Comparing the pages" if choices.only_check else "Making the pages"
    with counting(label) as progress, _named(choices.out):
        return run(
            all_pages(found),
            choices.out,
            base=found.base,
            stamps={} if choices.verify else sources.stamps,
            progress=progress,
        )


@contextmanager
def _named(folder: Path) -> Iterator[None]:
    """Let an error of the system that names no file name this folder: that its disk is full, say.

    Raise OSError.
    """
    try:
        yield
    except OSError as error:
        error.filename = error.filename or os.fspath(folder)
        raise

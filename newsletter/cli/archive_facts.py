"""What an editor needs to know about a site, in a few lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.cli.output import say
from newsletter.files import relative_to_cwd
from newsletter.problem import Problem
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.adding.old_addresses import OldAddress
    from newsletter.archive.archive import Archive
    from newsletter.archive.moved.pages import Moved
    from newsletter.archive.site.uploading import Uploaded
    from newsletter.archive.site.writing import Changes

_MOST_NAMED = 5
"""Drafts, or pages that have moved, that are named; the others are counted."""
_MOST_DEAD = 100
"""Dead links that are printed; the others are counted."""
_FEEDS = ("feed.xml", "feed.json")
_MEGABYTE = 1_000_000


def print_summary(
    archive: Archive, out: Path, changes: Changes, seconds: float, *, is_uploaded: bool
) -> None:
    """Print what the site has now, what was done to it, and what to do next: to upload it, unless
    that comes now.
    """
    folder = f"{relative_to_cwd(out).as_posix()}/"
    facts = {
        "Address": archive.base,
        "Pages": _pages(archive, changes.stamps),
        "Changes": _changed(changes),
        "Files": f"{len(changes.stamps):,} in {folder}, {_size(changes.size)}",
        "Moved": _old(archive),
        "Left out": _left_out(sorted(archive.left_out)),
        "Cards": _without_title(archive),
        "Time": f"{seconds:.1f} s",
        "Next": "" if is_uploaded else _next(folder, changes),
    }
    say(f"The archive of {archive.publication.name}")
    for name, fact in facts.items():
        if fact:
            say(f"  {name:<10} {fact}")


def print_moved(table: Path, moved: Sequence[Moved]) -> None:
    """Print where pages have moved, and which file says so from now on."""
    for page in moved[:_MOST_NAMED]:
        say(f"{page.row.address} leads to {page.now} now.")
    if len(moved) > _MOST_NAMED:
        say(_more(len(moved) - _MOST_NAMED))
    say(f"Commit {relative_to_cwd(table).as_posix()}, which has these addresses from now on.")


def print_uploaded(place: str, done: Uploaded) -> None:
    """Print what an upload has done."""
    brought = f"{done.brought:,} uploaded, {done.removed:,} removed"
    say(f"{place}: {brought}, {done.unchanged:,} were there already.")


def print_check(out: Path, changes: Changes | None, command: str) -> None:
    """Print whether the site is up to date; without ``changes`` it is, and nobody had to look.

    ``command`` is the one that brings it up to date.
    """
    folder = f"{relative_to_cwd(out).as_posix()}/"
    if changes is None or changes.is_none:
        say(f"{folder} is up to date.")
        return
    say(f"{folder} is not up to date: {_changed(changes)}.")
    say(f"  To write it:  {command}")


def print_dead_links(archive: Archive, out: Path, changes: Changes) -> None:
    """Print each link of the site that leads nowhere, at the line where an author wrote it, or
    else at its page; and that such a link is no reason to keep the site from readers.
    """
    from newsletter.archive.site.written_links import place_of

    for dead in changes.dead_links[:_MOST_DEAD]:
        path, line = place_of(dead, archive) or (out / dead.page, None)
        message = f"A link leads to '{dead.link}', which is not there."
        say(str(Problem(path, line, message, f"It is on the page {dead.page}.")), err=True)
    count = len(changes.dead_links)
    if count > _MOST_DEAD:
        say(_more(count - _MOST_DEAD), err=True)
    if count:
        links = _many(count, "link leads", "links lead")
        say(f"{links} nowhere. The site is whole all the same, and can be published.", err=True)


def _pages(archive: Archive, files: Iterable[str]) -> str:
    """Return how many pages of each kind there are."""
    names = [path.rpartition("/")[2] for path in files]
    pages = sum(name.endswith(".html") for name in names)
    feeds = sum(name in _FEEDS for name in names)
    issues = _many(len(archive.issues), "issue")
    pieces = _many(len(archive.pieces), "piece")
    return f"{pages:,}: {issues}, {pieces}, lists; {feeds:,} feeds"


def _changed(changes: Changes) -> str:
    """Return how many files are new, changed, removed and as they were."""
    new, changed, removed = len(changes.new), len(changes.changed), len(changes.removed)
    return (
        f"{new:,} new, {changed:,} changed, {removed:,} removed, {changes.unchanged:,} as they were"
    )


def _size(count: int) -> str:
    return f"{count / _MEGABYTE:,.1f} MB"


def _left_out(drafts: list[str]) -> str:
    """Return which issues are left out; empty if none is."""
    if not drafts:
        return ""

    them = "it" if len(drafts) == 1 else "them"
    return f"{_some_of(drafts)}, of a day to come; --drafts writes {them} too"


def _some_of(numbers: Sequence[str]) -> str:
    """Return the first of some numbers, and how many more there are."""
    named = ", ".join(numbers[:_MOST_NAMED])
    more = len(numbers) - _MOST_NAMED
    return f"{named} and {more:,} more" if more > 0 else named


def _without_title(archive: Archive) -> str:
    """Return which issues have a share card without a title; empty if none has."""
    from newsletter.archive.parts.cards import titles_left_out

    found = dict(titles_left_out(archive))
    if not found:
        return ""
    named = _some_of(list(found))
    letters = "".join(sorted(set().union(*found.values())))
    return f"no title on that of {named}: their font lacks {printable(letters)}"


def _old(archive: Archive) -> str:
    """Return how many pages were elsewhere once, and which of them are gone, if the table of old
    addresses names their files; empty if none was.
    """
    count = len(archive.old_addresses.rows)
    if not count:
        return ""
    said = f"{count:,} old addresses lead to where their pages are now"
    if count == 1:
        said = "1 old address leads to where its page is now"

    gone = [str(row.line) for row in _rows_of_gone_files(archive)]
    if not gone:
        return said
    table = relative_to_cwd(archive.old_addresses.path).as_posix()
    lines = _some_of(gone)
    return f"{said}, but lines {lines} of {table} to an issue, as it has no page of such a file"


def _rows_of_gone_files(archive: Archive) -> Iterator[OldAddress]:
    """Yield the old addresses that lead to a file of which their issue has no page."""
    files = {(piece.number, piece.file) for piece in archive.pieces}
    for row in archive.old_addresses.rows:
        names_file = row.file and not row.to
        is_left_out = row.issue in archive.left_out
        if names_file and not is_left_out and (row.issue, row.file) not in files:
            yield row


def _next(folder: str, changes: Changes) -> str:
    """Return what to do next; empty if there is nothing to upload."""
    if changes.is_none:
        return ""
    return f"upload what {folder}.archive/changes.txt lists, then delete what removed.txt lists"


def _more(count: int) -> str:
    return f"… and {count:,} more."


def _many(count: int, thing: str, things: str = "") -> str:
    """Return a count of things: "1 issue", "2 issues"; ``things`` if that is no "s" more."""
    if count == 1:
        return f"1 {thing}"
    return f"{count:,} {things or f'{thing}s'}"

"""What an editor names to be added: files, folders, addresses, what was pasted, or the inbox."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.cli.output import read_in, say

if TYPE_CHECKING:
    from newsletter.importers import Original
    from newsletter.manifest import IssueFolder
    from newsletter.model import Publication

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_PASTED = "-"


@dataclass(frozen=True)
class Named:
    """Something to be added, which is opened when its turn comes."""

    name: str
    open: Callable[[], Original]
    """Raises NewsletterError or OSError."""
    waiting: Path | None = None
    """Its file in the inbox, from which it goes once it was added."""


def named(names: Sequence[str], inbox: Path) -> list[Named]:
    """Return what is named; each file of a folder is one. What is in the inbox goes from there."""
    sources: list[Named] = []
    for name in names:
        if name == _PASTED:
            sources.append(Named("standard input", _standard_input))
        elif _ADDRESS.fullmatch(name):
            sources.append(Named(name, partial(_fetched, name)))
        elif name and os.path.isdir(name):  # noqa: PTH112 - False for a name that cannot be
            sources += in_folder(Path(name), inbox)
        else:
            sources.append(_file(Path(name), inbox))
    return sources


def pasted() -> Named:
    """Return what is in the clipboard."""

    def read_clipboard() -> Original:
        from newsletter.importers.clipboard import clipboard

        return clipboard()

    return Named("the clipboard", read_clipboard)


def in_folder(folder: Path, inbox: Path) -> list[Named]:
    """Return the files of a folder, and say which are left alone, and why."""
    from newsletter.adding.inbox import waiting_in
    from newsletter.files import relative_to_cwd

    if not folder.is_dir():
        return []
    waiting = waiting_in(folder)
    for path, reason in waiting.left_alone:
        say(f"{relative_to_cwd(path)}: {reason}", err=True)
    return [_file(path, inbox) for path in waiting.files]


def of_site(folder: IssueFolder, publication: Publication, since: datetime) -> Iterator[Named]:
    """Yield the posts on the publisher's own site since a moment on the publication's clock.

    Those that ran in the issue before this one are passed over: a site may publish its pieces after
    they went out. Raise UnreadableError if the site cannot be asked.
    """
    from newsletter.importers.own_site import posts_since

    ran = _addresses_before(folder)
    for post in posts_since(publication, since):
        address = post.address or post.name
        if address.rstrip("/") in ran:
            say(f"{address}: it ran in the issue before.", err=True)
        else:
            yield Named(address, partial(_as_it_is, post))


def _addresses_before(folder: IssueFolder) -> set[str]:
    """Return where the pieces of the issue before are on the web."""
    from newsletter.errors import NewsletterError
    from newsletter.manifest import read_issue

    last = next(folder.project.before(folder.name), None)
    if last is None:
        return set()
    try:
        items = read_issue(last).items
    except NewsletterError:  # it went out as it is
        return set()
    return {item.url.rstrip("/") for item in items if item.url}


def moment_of_last(folder: IssueFolder, publication: Publication) -> datetime:
    """Return when the issue before this one went out, on the publication's clock.

    Raise ManifestError if there is none.
    """
    from newsletter.errors import ManifestError
    from newsletter.manifest import read_issue

    last = next(folder.project.before(folder.name), None)
    if last is None:
        message = "There is no issue before this one."
        raise ManifestError.at(folder.path, None, message, "Give a day: --since 2012-04-09.")
    return datetime.combine(read_issue(last).date, publication.time)


def _as_it_is(original: Original) -> Original:
    return original


def _file(path: Path, inbox: Path) -> Named:
    from newsletter.adding.originals import original_in
    from newsletter.files import relative_to_cwd

    name = str(relative_to_cwd(path))
    is_waiting = path.absolute().parent == inbox.absolute()
    return Named(name, partial(original_in, path), path if is_waiting else None)


def _fetched(address: str) -> Original:
    from newsletter.importers.fetching import fetch

    return fetch(address)


def _standard_input() -> Original:
    from newsletter.adding.originals import MOST_READ
    from newsletter.importers import Original

    return Original("standard input", read_in(MOST_READ))

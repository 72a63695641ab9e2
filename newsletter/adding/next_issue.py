"""The issue after the last: its number and day, last week's sections, and what is still current."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple, get_args
from zoneinfo import ZoneInfo

from newsletter.adding.blank_issue import BlankSection, Entry, blank_issue
from newsletter.adding.carried_on import MOST_COPIED, Current, items_with_end, without_end
from newsletter.adding.corrections import Corrected, corrected_since
from newsletter.errors import ManifestError
from newsletter.files import read_regular
from newsletter.manifest import IssueFolder, Manuscript, Project, read_manuscript, read_publication
from newsletter.manifest.project import MANIFEST, number_order
from newsletter.manifest.references import encoded
from newsletter.manifest.text_file import called_otherwise
from newsletter.manifest.writing import changing, write_changes
from newsletter.model import Issue, Publication
from newsletter.model.publication import Weekday
from newsletter.text.holes import fill
from newsletter.theme.folder import ThemeFolder
from newsletter.theme.words import Words, read_words

_NEWS, _NOTICES = "news", "notices"
_FIRST = "1"


class NextIssue(NamedTuple):
    """An issue that was just made, and what is in it already."""

    folder: IssueFolder
    last: IssueFolder | None
    """The issue that it follows; None if it is the first."""
    date: date
    publication: Publication
    sections: tuple[str, ...]
    """Their headings, in order."""
    carried_on: tuple[Current, ...]
    """What is still current of the last issue."""
    ended: tuple[Current, ...]
    """What is no longer current."""
    without_end: tuple[str, ...]
    """The titles of events and jobs that are still to come, but do not say until when they are
    current."""
    corrected: tuple[str, ...]
    """The titles of the pieces that its notices correct."""


class _Before(NamedTuple):
    """What is known of an issue before it is made: what all issues share, and what the last has."""

    publication: Publication
    sections: list[BlankSection]
    last: IssueFolder | None = None
    issue: Issue | None = None
    """What is in that folder."""
    with_end: tuple[Current, ...] = ()
    corrected: tuple[Corrected, ...] = ()

    @property
    def day(self) -> date:
        """The day of the last issue; the first of all days if there is none."""
        if self.issue is None:
            return date.min
        return self.issue.date

    def without_end(self, day: date) -> tuple[str, ...]:
        """Return the titles of what is still to come on a day, but has no end."""
        if self.issue is None:
            return ()
        return tuple(without_end(self.issue, day))


def next_issue(
    project: Project,
    number: str | None = None,
    day: date | None = None,
    *,
    today: date | None = None,
) -> NextIssue:
    """Make the issue after the last, and return it.

    Its number is the next, its day the next one on which issues go out. Raise ManifestError if it
    exists, or if the last issue cannot be read; OSError if the disk refuses. Then nothing is
    written.
    """
    before = _before(project, number)
    publication = before.publication
    day = day or next_day(publication, before.day, today)
    name = number or _number_after(before.last)
    folder = IssueFolder(project.issues / name, Project(project.issues))  # a list without this one

    words = _words(publication, project)
    current, ended = _still_current(before.with_end, day)
    for item in current:
        before.sections[item.section].items.append(item.entry)
    _add_notices(before.sections, [_notice(one, words) for one in before.corrected])

    manifest = blank_issue(publication.name, name, day, before.sections)
    _write(folder, current, manifest)
    return NextIssue(
        folder=folder,
        last=before.last,
        date=day,
        publication=publication,
        sections=tuple(section.heading(words) for section in before.sections),
        carried_on=current,
        ended=ended,
        without_end=before.without_end(day),
        corrected=tuple(one.title for one in before.corrected),
    )


def next_number(last: str) -> str:
    """Return the number after another one: 653 after 652, and 1269 after 1268a."""
    digits, _ = number_order(last)
    return str(int(digits) + 1)


def next_day(publication: Publication, last: date, today: date | None = None) -> date:
    """Return the next day on which issues go out, after the last issue and not before today."""
    today = today or datetime.now(ZoneInfo(publication.time_zone)).date()
    return first_day(publication.day, max(last + timedelta(days=1), today))


def first_day(weekday: str, earliest: date) -> date:
    """Return the first day of a name, such as Monday, that is not before another day."""
    position = get_args(Weekday).index(weekday)
    wait = (position - earliest.weekday()) % 7
    return earliest + timedelta(days=wait)


def _number_after(last: IssueFolder | None) -> str:
    if last is None:
        return _FIRST
    return next_number(last.name)


def _before(project: Project, number: str | None) -> _Before:
    """Return what is known of an issue of this number, or of the next. Raise ManifestError."""
    last = _last(project, number)
    if last is None:
        return _Before(read_publication(project), [BlankSection(_NEWS, None, [])])

    manuscript = read_manuscript(last)
    issue = manuscript.issue
    return _Before(
        issue.publication,
        _empty_sections(manuscript),
        last,
        issue,
        tuple(items_with_end(manuscript)),
        tuple(corrected_since(issue, last)),
    )


def _last(project: Project, number: str | None) -> IssueFolder | None:
    """Return the issue before one, or the newest; None if there is none."""
    newest = next(project.newest_first(), None)
    if number is None:
        return newest
    return next(project.before(number), newest)


def _words(publication: Publication, project: Project) -> Words:
    """Return the words that readers see around the issue's own."""
    theme = ThemeFolder.find(publication.theme, project.templates)
    return read_words(theme, publication.language)


# What is in it


def _still_current(
    items: Iterable[Current], day: date
) -> tuple[tuple[Current, ...], tuple[Current, ...]]:
    """Return the items that are current on a day, and those that are no more."""
    current: list[Current] = []
    ended: list[Current] = []
    for item in items:
        list_of_it = current if item.until >= day else ended
        list_of_it.append(item)
    return tuple(current), tuple(ended)


def _empty_sections(manuscript: Manuscript) -> list[BlankSection]:
    """Return the last issue's sections as they are written, without items."""
    nodes = manuscript.sections
    return [BlankSection(node.text("kind") or "", node.text("title"), []) for node in nodes]


def _add_notices(sections: list[BlankSection], notices: list[Entry]) -> None:
    """Put notices before all others."""
    if not notices:
        return

    for section in sections:
        if section.kind == _NOTICES:
            section.items[:0] = notices
            return
    sections.append(BlankSection(_NOTICES, None, notices))


def _notice(corrected: Corrected, words: Words) -> Entry:
    title = fill(str(words["correction"]), {"title": corrected.title})
    return {
        "title": title,
        "url": encoded(corrected.url),
        "teaser": corrected.text,
    }


# Writing it


def _write(folder: IssueFolder, items: Iterable[Current], manifest: str) -> None:
    """Write the files of a new issue, or none. Raise ManifestError or OSError."""
    files: dict[str, bytes] = {}
    for item in items:
        files |= item.files
    files[MANIFEST] = manifest.encode()

    with changing(folder.path):
        _require_new(folder)
        _require_nothing_is_lost(folder, files)
        write_changes(folder.path, files)


def _require_new(folder: IssueFolder) -> None:
    """Raise ManifestError if there is an issue of this number, or the record of one."""
    number = folder.path.name
    if folder.exists or called_otherwise(folder.manifest):
        hint = f"Go on with it, or name another number: newsletter new {next_number(number)}."
        raise ManifestError.at(folder.manifest, None, f"Issue {number} exists already.", hint)

    for record in (folder.approvals, folder.handed_over):
        if record.exists():
            message = f"This belongs to an issue {number} that is no longer there."
            hint = "Bring that back, delete this, or name another number."
            raise ManifestError.at(record, None, message, hint)


def _require_nothing_is_lost(folder: IssueFolder, files: dict[str, bytes]) -> None:
    """Raise ManifestError if another file would be written over."""
    for name, content in files.items():
        path = folder.path / name
        if path.exists() and read_regular(path, MOST_COPIED) != content:
            hint = "Move it elsewhere, and give the command again."
            raise ManifestError.at(path, None, "This file would be written over.", hint)

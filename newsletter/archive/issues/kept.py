"""What is known of each issue, kept between runs in the cache: a look at its files says whether it
still holds, or else their contents.

What lists show, and the words, are kept of a group of issues in one file. A whole issue has a file
of its own, as the issues that a feed shows are of many years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import groupby
from typing import Any, NamedTuple

from newsletter.archive.issues.cache_files import (
    group_of,
    keep_made,
    load_made,
    name_of_group,
    name_of_one,
)
from newsletter.archive.issues.pickled import from_bytes, to_bytes
from newsletter.archive.looking.contents import contents_of
from newsletter.archive.looking.look import Look
from newsletter.archive.nouns import PublishedIssue
from newsletter.archive.words.counting import Words, words_of
from newsletter.cache import program
from newsletter.email.typesetting import lines_in_type
from newsletter.errors import ManifestError
from newsletter.manifest import IssueFolder, Manuscript, read_manuscript
from newsletter.model import Issue
from newsletter.parallel import in_order
from newsletter.problem import Problem

Publish = Callable[[Manuscript, Issue], PublishedIssue]
"""An issue as it is written, and the same in type, to what lists show of it."""
Problems = tuple[Problem, ...]


class _OnDisk(NamedTuple):
    """An issue as it lies on the disk."""

    folder: IssueFolder
    look: str | None
    """What a look says of its files; None if that is not enough."""

    @property
    def name(self) -> str:
        """What it is kept under in the file of its group."""
        return self.folder.path.name


class _Facts(NamedTuple):
    """What is kept of an issue for lists."""

    look: str | None
    """As of the issue when it was read."""
    contents: str
    """The digest of all that was in its folder then."""
    published: PublishedIssue
    """Without its folder."""


class _CountedWords(NamedTuple):
    """What is kept of an issue for the search: its Words, and what they are of."""

    files: bytes
    """The digest of the issue's files."""
    forms: str
    drawers: tuple[str, ...]


class _Group(NamedTuple):
    """Issues that are kept in one file."""

    issues: tuple[_OnDisk, ...]
    made_by: str
    """A digest of all that turns an issue's files into what is kept, but for these files."""
    by_contents: bool
    """Whether no look is trusted."""

    @property
    def facts_file(self) -> str:
        """The name of the file that keeps what lists show."""
        return name_of_group(self.issues[0].folder, "facts")

    @property
    def words_file(self) -> str:
        """The name of the file that keeps their words."""
        return name_of_group(self.issues[0].folder, "words")

    def kept_facts(self) -> dict[str, _Facts]:
        """Return what is kept for lists, by the names of the issues."""
        kept = _load(self.facts_file, self.made_by) or {}
        return {name: _Facts(*row) for name, row in kept.items()}

    def holds(self, issue: _OnDisk, kept: _Facts) -> bool:
        """Return whether a look alone says that what is kept of an issue still holds."""
        return issue.look is not None and issue.look == kept.look and not self.by_contents


def read_issues(
    folders: Iterable[IssueFolder],
    look: Look,
    publish: Publish,
    made_by: bytes,
    *,
    by_contents: bool = False,
) -> Iterator[PublishedIssue | Problems]:
    """Yield what ``publish`` makes of each issue, or else its problems, on all cores.

    ``look`` was taken before anything was read. ``publish`` can be pickled. ``made_by`` is a digest
    of all that it depends on, but for the files in the issue's own folder. With ``by_contents`` the
    look is not trusted.
    """
    _words_in.cache_clear()  # they may be replaced now
    groups = list(_groups(folders, look, made_by.hex(), by_contents))
    known = [_known(group) for group in groups]
    unknown = [group for group, published in zip(groups, known, strict=True) if published is None]
    outcomes = in_order(partial(_read, publish), unknown)
    for group, published in zip(groups, known, strict=True):
        yield from _with_folders(group, next(outcomes) if published is None else published)


def _groups(
    folders: Iterable[IssueFolder], look: Look, made_by: str, by_contents: bool
) -> Iterator[_Group]:
    for _, several in groupby(folders, key=group_of):
        issues = tuple(_OnDisk(folder, _look_at(look, folder)) for folder in several)
        yield _Group(issues, made_by, by_contents)


def _look_at(look: Look, folder: IssueFolder) -> str | None:
    """Return what a look says of an issue's files; None of a link, as its target has the issue's
    number, and no look sees that.
    """
    return None if folder.path.is_symlink() else look.within(folder.path)


def _with_folders(
    group: _Group, outcomes: Sequence[PublishedIssue | Problems]
) -> Iterator[PublishedIssue | Problems]:
    for issue, outcome in zip(group.issues, outcomes, strict=True):
        if isinstance(outcome, PublishedIssue):
            yield outcome._replace(folder=issue.folder)
        else:
            yield outcome


# What lists show


def _known(group: _Group) -> list[PublishedIssue] | None:
    """Return what is kept of all issues of a group, if the look says that all of it still holds."""
    kept = group.kept_facts()
    published = []
    for issue in group.issues:
        facts = kept.get(issue.name)
        if facts is None or not group.holds(issue, facts):
            return None
        published.append(facts.published)
    return published


def _read(publish: Publish, group: _Group) -> list[PublishedIssue | Problems]:
    """Return what is known of each issue of a group, or its problems, and keep it."""
    kept_facts = group.kept_facts()
    kept_words = _load_words(group.words_file)
    outcomes: list[PublishedIssue | Problems] = []
    facts: dict[str, _Facts] = {}
    words: dict[str, _CountedWords] = {}
    for issue in group.issues:
        before = kept_facts.get(issue.name) if issue.name in kept_words else None
        contents = _contents(group, issue, before)
        if before and before.contents == contents:
            published, counted = before.published, kept_words[issue.name]
        else:
            try:
                published, counted = _read_one(publish, issue.folder)
            except ManifestError as error:
                outcomes.append(error.problems)
                continue

        facts[issue.name] = _Facts(issue.look, contents, published)
        words[issue.name] = counted
        outcomes.append(published)

    _keep(group.facts_file, group.made_by, _as_tuples(facts))
    _keep(group.words_file, _program(), _as_tuples(words))
    return outcomes


def _contents(group: _Group, issue: _OnDisk, kept: _Facts | None) -> str:
    """Return the digest of all that is in an issue's folder, unread if what is kept still holds."""
    if kept and group.holds(issue, kept):
        return kept.contents
    return contents_of(issue.folder.path)


def _read_one(publish: Publish, folder: IssueFolder) -> tuple[PublishedIssue, _CountedWords]:
    """Return what lists show of an issue, and its words, which are counted while its texts are at
    hand. Keep all of it. Raise ManifestError.
    """
    manuscript = read_manuscript(folder)
    issue = lines_in_type(manuscript.issue)
    published = publish(manuscript, issue)
    words = words_of(issue, [piece.key for piece in published.pieces])
    _keep(name_of_one(folder, "issue"), _made_by(published.files), issue)

    without_folder = published._replace(folder=None)  # type: ignore[arg-type]
    return without_folder, _CountedWords(published.files, *words)


# Whole issues, and their words


def kept_issue(folder: IssueFolder, files: bytes) -> Issue | None:
    """Return the issue of this digest of its files, its lines in type, if it is kept."""
    issue: Issue | None = _load(name_of_one(folder, "issue"), _made_by(files))
    return issue


def kept_words(issue: PublishedIssue) -> Words | None:
    """Return the words of an issue, if they are kept."""
    words = _words_in(name_of_group(issue.folder, "words")).get(issue.folder.path.name)
    if words is None or words.files != issue.files:
        return None
    return Words(words.forms, words.drawers)


@lru_cache(maxsize=8)
def _words_in(name: str) -> dict[str, _CountedWords]:
    return _load_words(name)


def _load_words(name: str) -> dict[str, _CountedWords]:
    kept = _load(name, _program()) or {}
    return {issue: _CountedWords(*row) for issue, row in kept.items()}


def _made_by(files: bytes) -> str:
    return f"{_program()} {files.hex()}"


def _program() -> str:
    return program(".").hex()


# Values in the cache, which are plain tuples and nouns


def _as_tuples(rows: Mapping[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    return {name: tuple(row) for name, row in rows.items()}


def _load(name: str, made_by: str) -> Any:
    """Return what is kept under a name; None if something else made it."""
    content = load_made(name, made_by)
    return None if content is None else from_bytes(content)


def _keep(name: str, made_by: str, value: object) -> None:
    keep_made(name, made_by, to_bytes(value))

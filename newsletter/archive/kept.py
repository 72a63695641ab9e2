"""What is known of each issue, kept between runs in the cache: a look at its files says whether it
still holds (looking.py), or else their contents.

What lists show, and the words, are kept of twenty issues in a file, which is quicker than a file
for each. A whole issue has a file of its own, as the issues that a feed shows are of many years.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import groupby
from typing import NamedTuple

from newsletter.archive.looking import content, look
from newsletter.archive.nouns import PublishedIssue
from newsletter.archive.plain_data import from_json, to_json
from newsletter.archive.search.counting import Words, words_of
from newsletter.cache import keep, load, program
from newsletter.email.typesetting import lines_in_type
from newsletter.errors import ManifestError
from newsletter.manifest import IssueFolder, Manuscript, read_manuscript
from newsletter.model import Issue
from newsletter.parallel import in_order
from newsletter.problem import Problem

Publish = Callable[[Manuscript, Issue], PublishedIssue]
"""An issue as it is written, and the same in type, to what lists show of it."""
Problems = tuple[Problem, ...]
_TOGETHER = 20
_BETWEEN_DRAWERS = "/"
_Lines = dict[str, tuple[str, ...]]
"""What is kept about several issues, by their numbers."""


class _Group(NamedTuple):
    """Issues that are kept in one file."""

    folders: tuple[IssueFolder, ...]
    made_by: str
    """A digest of all that turns an issue's files into what is kept, but for these files."""

    @property
    def facts(self) -> str:
        """The name of the file that keeps what lists show."""
        return _name(self.folders[0], "facts")

    @property
    def words(self) -> str:
        """The name of the file that keeps their words."""
        return _name(self.folders[0], "words")


def read_issues(
    folders: Iterable[IssueFolder], publish: Publish, made_by: bytes, *, by_content: bool = False
) -> Iterator[PublishedIssue | Problems]:
    """Yield what ``publish`` makes of each issue, or else its problems, on all cores.

    ``publish`` can be pickled. ``made_by`` is a digest of all that it depends on, but for the files
    in the issue's own folder. With ``by_content`` no look at the files is trusted.
    """
    _lines.cache_clear()  # it may be replaced now
    groups = [_Group(tuple(several), made_by.hex()) for _, several in groupby(folders, key=_place)]
    known = [None if by_content else _known(group) for group in groups]
    unknown = [group for group, published in zip(groups, known, strict=True) if published is None]
    outcomes = in_order(partial(_read, publish), unknown)
    for group, published in zip(groups, known, strict=True):
        yield from published or _with_folders(group, next(outcomes))


def _place(folder: IssueFolder) -> int:
    """Return the place of the file that an issue is kept in."""
    digits = "".join(filter(str.isdecimal, folder.path.name))
    return int(digits or 0) // _TOGETHER


def _name(folder: IssueFolder, kind: str) -> str:
    return f"{_newsletter(folder)}/{_place(folder)}.{kind}"


def name_of(folder: IssueFolder, kind: str) -> str:
    """Return the name of a file of the cache that belongs to one issue alone."""
    return f"{_newsletter(folder)}/{folder.path.name}.{kind}"


def _newsletter(folder: IssueFolder) -> str:
    newsletter = hashlib.sha256(os.fsencode(folder.project.issues.resolve())).hexdigest()
    return f"issues-{newsletter[:16]}"


# What lists show


def _known(group: _Group) -> list[PublishedIssue] | None:
    """Return what is kept of all issues of a group, if a look says that all of it still holds."""
    lines = _load(group.facts, group.made_by)
    published: list[PublishedIssue] = []
    for folder in group.folders:
        name = folder.path.name
        if name not in lines or lines[name][0] != look(folder.path):
            return None
        published.append(_published(lines[name][-1], folder))
    return published


def _read(publish: Publish, group: _Group) -> list[str | Problems]:
    """Return what is known of each issue of a group as JSON, or its problems, and keep it."""
    kept = _load(group.facts, group.made_by)
    kept_words = _load(group.words, _program())
    outcomes: list[str | Problems] = []
    facts: _Lines = {}
    words: _Lines = {}
    for folder in group.folders:
        name = folder.path.name
        seen, digest = look(folder.path), content(folder.path)
        if name in kept and name in kept_words and kept[name][1] == digest:
            json = kept[name][-1]
            words[name] = kept_words[name]
        else:
            try:
                manuscript = read_manuscript(folder)
                issue = lines_in_type(manuscript.issue)
                published = publish(manuscript, issue)
            except ManifestError as error:
                outcomes.append(error.problems)
                continue
            json = to_json(published._replace(folder=None))  # type: ignore[arg-type]
            files = published.files.hex()
            keep(name_of(folder, "issue"), f"{_program()} {files}\n{to_json(issue)}".encode())
            words[name] = (files, *_counted(issue, published))  # while its texts are at hand
        facts[name] = (seen, digest, json)
        outcomes.append(json)

    _keep(group.facts, group.made_by, facts)
    _keep(group.words, _program(), words)
    return outcomes


def _with_folders(
    group: _Group, outcomes: Iterable[str | Problems]
) -> Iterator[PublishedIssue | Problems]:
    for folder, outcome in zip(group.folders, outcomes, strict=True):
        yield _published(outcome, folder) if isinstance(outcome, str) else outcome


def _published(json: str, folder: IssueFolder) -> PublishedIssue:
    published: PublishedIssue = from_json(json)
    return published._replace(folder=folder)


# Whole issues, and their words


def kept_issue(folder: IssueFolder, files: bytes) -> Issue | None:
    """Return the issue of this digest of its files, its lines in type, if it is kept."""
    above, _, kept = (load(name_of(folder, "issue")) or b"").partition(b"\n")
    if above != f"{_program()} {files.hex()}".encode():
        return None
    issue: Issue = from_json(kept.decode())
    return issue


def kept_words(issue: PublishedIssue) -> Words | None:
    """Return the words of an issue, if they are kept."""
    name = _name(issue.folder, "words")
    digest, *kept = _lines(name).get(issue.folder.path.name, ("",))
    if digest != issue.files.hex():
        return None
    forms, drawers = kept
    return Words(forms, tuple(drawers.split(_BETWEEN_DRAWERS)))


def _counted(issue: Issue, published: PublishedIssue) -> tuple[str, str]:
    words = words_of(issue, [piece.key for piece in published.pieces])
    return words.forms, _BETWEEN_DRAWERS.join(words.drawers)


@lru_cache(maxsize=8)
def _lines(name: str) -> _Lines:
    return _load(name, _program())


def _program() -> str:
    return program(".").hex()


# Files of the cache: a line for each issue, and one above them for what they were made by


def _load(name: str, made_by: str) -> _Lines:
    kept = load(name) or b""
    above, *lines = kept.decode().split("\n")
    if above != made_by:
        return {}
    return {number: tuple(parts) for number, *parts in (line.split("\t") for line in lines)}


def _keep(name: str, made_by: str, lines: _Lines) -> None:
    rows = ("\t".join((number, *parts)) for number, parts in lines.items())
    keep(name, "\n".join((made_by, *rows)).encode())

"""What is known of each issue, kept between runs in the cache: a look at its files says whether it
still holds (looking.py), or else their contents.

Issues are kept twenty to a file, which is quicker than a file for each.
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
from newsletter.cache import keep, load, program
from newsletter.email.typesetting import lines_in_type
from newsletter.errors import ManifestError
from newsletter.manifest import IssueFolder, Manuscript, read_manuscript
from newsletter.model import Issue
from newsletter.parallel import in_order
from newsletter.problem import Problem

Publish = Callable[[Manuscript], PublishedIssue]
Problems = tuple[Problem, ...]
_TOGETHER = 20
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


def read_issues(
    folders: Iterable[IssueFolder], publish: Publish, made_by: bytes, *, by_content: bool = False
) -> Iterator[PublishedIssue | Problems]:
    """Yield what ``publish`` makes of each issue, or else its problems, on all cores.

    ``publish`` can be pickled. ``made_by`` is a digest of all that it depends on, but for the files
    in the issue's own folder. With ``by_content`` no look at the files is trusted.
    """
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
    kept_issues = _load(_name(group.folders[0], "issues"), _program())
    outcomes: list[str | Problems] = []
    facts: _Lines = {}
    issues: _Lines = {}
    for folder in group.folders:
        name = folder.path.name
        seen, digest = look(folder.path), content(folder.path)
        if name in kept and name in kept_issues and kept[name][1] == digest:
            json = kept[name][-1]
            issues[name] = kept_issues[name]
        else:
            try:
                manuscript = read_manuscript(folder)
                published = publish(manuscript)
            except ManifestError as error:
                outcomes.append(error.problems)
                continue
            json = to_json(published._replace(folder=None))  # type: ignore[arg-type]
            issue = lines_in_type(manuscript.issue)
            issues[name] = (published.files.hex(), to_json(issue))
        facts[name] = (seen, digest, json)
        outcomes.append(json)

    _keep(group.facts, group.made_by, facts)
    _keep(_name(group.folders[0], "issues"), _program(), issues)
    return outcomes


def _with_folders(
    group: _Group, outcomes: Iterable[str | Problems]
) -> Iterator[PublishedIssue | Problems]:
    for folder, outcome in zip(group.folders, outcomes, strict=True):
        yield _published(outcome, folder) if isinstance(outcome, str) else outcome


def _published(json: str, folder: IssueFolder) -> PublishedIssue:
    published: PublishedIssue = from_json(json)
    return published._replace(folder=folder)


# Whole issues


def kept_issue(folder: IssueFolder, files: bytes) -> Issue | None:
    """Return the issue of this digest of its files, its lines in type, if it is kept."""
    lines = _issues(_name(folder, "issues"))
    digest, json = lines.get(folder.path.name, ("", ""))
    if digest != files.hex():
        return None
    issue: Issue = from_json(json)
    return issue


@lru_cache(maxsize=8)
def _issues(name: str) -> _Lines:
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

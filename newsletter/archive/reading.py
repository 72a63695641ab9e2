"""All issues of a newsletter to an Archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from hashlib import sha256

from newsletter.adding.old_addresses import read_old_addresses
from newsletter.archive.archive import Archive
from newsletter.archive.issues.days_of_corrections import corrections_to_come
from newsletter.archive.issues.drafts import is_draft, is_unreadable_draft
from newsletter.archive.issues.kept import Problems, read_issues
from newsletter.archive.issues.publishing import published
from newsletter.archive.issues.references import with_mentions
from newsletter.archive.issues.slugs import with_own_paths
from newsletter.archive.lists.related import unknown_choices
from newsletter.archive.looking.look import Look
from newsletter.archive.nouns import PublishedIssue
from newsletter.archive.templates import Templates
from newsletter.cache import program
from newsletter.errors import ManifestError
from newsletter.manifest import IssueFolder, Project, read_publication
from newsletter.problem import Problem
from newsletter.theme.folder import ThemeFolder


def read_archive(
    project: Project,
    look: Look | None = None,
    *,
    base: str = "",
    today: date = date.max,
    drafts: bool = False,
    verify: bool = False,
) -> Archive:
    """Return the archive of a newsletter.

    ``look`` is a look at its folder of issues, if one was taken before anything was read. ``base``
    is the address of the site's root, if it is not the publication's ``archive``. An issue of a
    later day than ``today`` that was not handed over is a draft: without ``drafts`` it is left out,
    and with faults it always is. With ``verify`` every file is read, whatever its date says. Raise
    ManifestError with the problems of all issues that are no drafts, and ThemeError.
    """
    publication = read_publication(project)
    folder = ThemeFolder.find(publication.theme, project.templates)
    templates = Templates.of(folder, publication.language)

    made_by = sha256(_digest(templates, "") + project.publication.read_bytes()).digest()
    publish = partial(published, templates.words)
    look = look or Look.at([project.issues])
    folders = project.issue_folders()
    outcomes = read_issues(folders, look, publish, made_by, by_contents=verify)
    issues, left_out = _sorted_out(folders, outcomes, today, with_drafts=drafts)

    root = f"{(base or publication.archive).rstrip('/')}/"
    archive = Archive(
        publication=publication,
        base=root,
        issues=tuple(with_own_paths(with_mentions(issues))),
        templates=templates,
        digest=_digest(templates, root),
        left_out=frozenset(left_out),
        old_addresses=read_old_addresses(project),
    )
    mistakes = [*unknown_choices(archive), *corrections_to_come(archive.issues, today)]
    if mistakes:
        raise ManifestError(mistakes)
    return archive


def _sorted_out(
    folders: Sequence[IssueFolder],
    outcomes: Iterable[PublishedIssue | Problems],
    today: date,
    *,
    with_drafts: bool,
) -> tuple[list[PublishedIssue], list[str]]:
    """Return the issues that the archive has, and the numbers of the drafts that it leaves out.

    ``outcomes`` are those of reading each of the ``folders``. Raise ManifestError with every
    problem, but for those of drafts.
    """
    issues: list[PublishedIssue] = []
    left_out: list[str] = []
    problems: list[Problem] = []
    for folder, outcome in zip(folders, outcomes, strict=True):
        if isinstance(outcome, PublishedIssue):
            issue = _as_draft(outcome) if is_draft(folder, outcome.day, today) else outcome
            if with_drafts or not issue.is_draft:
                issues.append(issue)
            else:
                left_out.append(folder.name)
        elif is_unreadable_draft(folder, today):
            left_out.append(folder.name)
        else:
            problems += outcome

    problems += _in_two_folders(folders)
    if problems:
        raise ManifestError(problems)
    return issues, left_out


def _in_two_folders(folders: Sequence[IssueFolder]) -> Iterator[Problem]:
    """Yield a problem for each folder that is a link to an issue which is among them already."""
    links = [folder for folder in folders if folder.path.is_symlink()]
    first = {folder.path.name: folder for folder in folders if folder not in links}
    for link in links:
        earlier = first.setdefault(link.name, link)
        if earlier is not link:
            message = f"This is issue {link.name}, which is in '{earlier.path.name}' already."
            yield Problem(link.path, None, message, "Delete this link.")


def _digest(templates: Templates, base: str) -> bytes:
    """Return a digest of the program, of all files of the theme, and of the site's address."""
    digest = sha256(program(".") + base.encode())
    for path in templates.folder.files():
        digest.update(path.read_bytes())
    return digest.digest()


def _as_draft(issue: PublishedIssue) -> PublishedIssue:
    facts = sha256(issue.facts + b"draft").digest()
    return issue._replace(is_draft=True, facts=facts)

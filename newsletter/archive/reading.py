"""All issues of a newsletter to an Archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from hashlib import sha256

from newsletter.adding.old_addresses import read_old_addresses
from newsletter.archive.archive import Archive
from newsletter.archive.days_of_corrections import corrections_to_come
from newsletter.archive.drafts import is_draft, is_unreadable_draft
from newsletter.archive.kept import read_issues
from newsletter.archive.nouns import PublishedIssue
from newsletter.archive.publishing import published
from newsletter.archive.references import with_mentions
from newsletter.archive.related import unknown_choices
from newsletter.archive.slugs import with_own_paths
from newsletter.archive.templates import Templates
from newsletter.cache import program
from newsletter.errors import ManifestError
from newsletter.manifest import IssueFolder, Project, read_publication
from newsletter.problem import Problem
from newsletter.theme.folder import ThemeFolder


def read_archive(
    project: Project,
    *,
    base: str = "",
    today: date = date.max,
    drafts: bool = False,
    verify: bool = False,
) -> Archive:
    """Return the archive of a newsletter.

    ``base`` is the address of the site's root, if it is not the publication's ``archive``. Issues
    of a later day than ``today`` that were not handed over are drafts, which are left out without
    ``drafts``, and always if they have faults. With ``verify`` every file is read, whatever its
    date says. Raise ManifestError with every problem of all the
    others, and ThemeError.
    """
    publication = read_publication(project)
    folder = ThemeFolder.find(publication.theme, project.templates)
    templates = Templates.of(folder, publication.language)

    issues: list[PublishedIssue] = []
    left_out: list[str] = []
    problems: list[Problem] = []
    folders = project.issue_folders()
    publish = partial(published, templates.words)
    made_by = _digest(templates, "") + project.publication.read_bytes()
    outcomes = read_issues(folders, publish, sha256(made_by).digest(), by_content=verify)
    for issue_folder, outcome in zip(folders, outcomes, strict=True):
        if not isinstance(outcome, PublishedIssue):
            if is_unreadable_draft(issue_folder, today):
                left_out.append(issue_folder.name)
            else:
                problems += outcome
        elif not is_draft(issue_folder, outcome.day, today):
            issues.append(outcome)
        elif drafts:
            issues.append(_as_draft(outcome))
        else:
            left_out.append(issue_folder.name)
    problems += _in_two_folders(folders)
    if problems:
        raise ManifestError(problems)

    root = f"{(base or publication.archive).rstrip('/')}/"
    whole = tuple(with_own_paths(with_mentions(issues)))
    archive = Archive(
        publication,
        root,
        whole,
        templates,
        _digest(templates, root),
        frozenset(left_out),
        read_old_addresses(project),
    )
    if mistakes := [*unknown_choices(archive), *corrections_to_come(archive, today)]:
        raise ManifestError(mistakes)
    return archive


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
    digest = sha256(program(".") + base.encode())
    for path in templates.folder.files():
        digest.update(path.read_bytes())
    return digest.digest()


def _as_draft(issue: PublishedIssue) -> PublishedIssue:
    facts = sha256(issue.facts + b"draft").digest()
    return issue._replace(is_draft=True, facts=facts)

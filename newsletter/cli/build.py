"""``newsletter build``: an issue to email.html, email.txt and email.eml."""

from __future__ import annotations

import gc
from collections.abc import Generator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from newsletter.cli.output import progress, say

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley
    from newsletter.email.built import Built, BuiltIssues
    from newsletter.manifest import IssueFolder
    from newsletter.model import Finding
    from newsletter.problem import Problem


@click.command()
@click.argument("issues", nargs=-1, metavar="[ISSUE]...")
@click.option("--all", "build_all", is_flag=True, help="Build every issue.")
@click.option("--open", "open_it", is_flag=True, help="Show the HTML email in the browser.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the results, instead of build/.",
)
def build(issues: tuple[str, ...], build_all: bool, open_it: bool, output: Path | None) -> None:
    """Build the HTML and the plain-text email of each ISSUE.

    An ISSUE is a number (652) or a path (issues/652). Without one, the newest issue is built.
    """
    if build_all and issues:
        raise click.UsageError("Name issues or use --all, not both.")
    if open_it and (build_all or len(issues) > 1):
        raise click.UsageError("--open shows one issue: name just one.")

    if build_all:
        _build_all(output)
    elif len(issues) > 1:
        _build_several(issues, output)
    else:
        _build_and_check(*issues, output=output, open_it=open_it)


def _build_and_check(issue: str | None = None, *, output: Path | None, open_it: bool) -> None:
    """Build and check one issue, and print what an editor needs to know about it."""
    from newsletter.checks.preflight import preflight
    from newsletter.cli.issue_argument import find_issue
    from newsletter.email.summary import summary

    galley, target = build_one(find_issue(issue, Path.cwd()), output)
    findings = preflight(galley).findings
    for line in summary([one.sent for one in galley.every_format], target):
        say(line)
    say(f"  {'Checks':<10} {_found(findings, galley.issue.number)}")
    if open_it:
        name = "email.html" if galley.sent.html else "email.txt"
        click.launch(str(target / name))


def build_one(folder: IssueFolder | Path, output: Path | None) -> tuple[Galley, Path]:
    """Build the issue in ``folder`` in all its formats. Return its galley, and the folder that its
    files are in.

    Raise NewsletterError if the issue or its theme has a fault, or if the files cannot be written.
    """
    from newsletter.checks.galley import galley_of
    from newsletter.email.building import build_files, write_build

    galley = galley_of(folder)
    target = (output or galley.folder.project.build) / galley.issue.number
    write_build(target, build_files([one.sent for one in galley.every_format]))
    return galley, target


def _found(findings: Sequence[Finding], issues: str) -> str:
    """Return what the checks found in these issues, in a few words."""
    from newsletter.checks.verdict import counted

    if not findings:
        return counted(findings)
    return f"{counted(findings)}; 'newsletter check {issues}' says more"


def _build_several(names: tuple[str, ...], output: Path | None) -> None:
    """Build and check those issues that can be built, and list every problem of the others."""
    from newsletter.checks.preflight import preflight
    from newsletter.cli.issue_argument import find_issues
    from newsletter.errors import NewsletterError

    gc.enable()  # they may be hundreds
    folders = find_issues(names, Path.cwd())
    problems: list[Problem] = []
    findings: list[Finding] = []
    built = 0
    with progress(folders, "Building", len(folders), name=lambda folder: folder.path.name) as bar:
        for folder in bar:
            try:
                galley, _ = build_one(folder, output)
            except NewsletterError as error:
                problems += error.problems
                continue
            built += 1
            findings += preflight(galley).findings

    numbers = " ".join(folder.name for folder in folders)
    _print_outcome(built, len(folders), _found(findings, numbers), problems)


def _build_all(output: Path | None) -> None:
    """Build all issues that can be built, and list every problem of the others.

    An issue is left as it is if nothing that goes into it has changed since it was built. They are
    not checked: that takes several times as long.
    """
    from newsletter.email.built import BuiltIssues
    from newsletter.manifest import Project

    project = Project.containing(Path.cwd())
    folders = [folder.path for folder in project.issue_folders()]
    places = _Places(project.templates, output or project.build)
    already = BuiltIssues(project.issues, project.templates)
    problems: list[Problem] = []
    failed = 0
    try:
        with (
            closing(_all_built(folders, places, already)) as results,
            progress(results, "Building", len(folders), name=lambda result: result.name) as bar,
        ):
            for result in bar:
                if result.built:
                    already.add(result.built)
                if result.problems:
                    failed += 1
                    problems += result.problems
    finally:
        already.save()

    _print_outcome(
        len(folders) - failed, len(folders), "'newsletter check --all' looks for mistakes", problems
    )


class _Places(NamedTuple):
    """Where all issues find their themes, and where their files go."""

    templates: Path
    output: Path


class _Result(NamedTuple):
    """An issue that was built just now, that was built already, or that has problems."""

    name: str
    built: Built | None = None
    problems: tuple[Problem, ...] = ()


def _all_built(
    folders: Sequence[Path], places: _Places, already: BuiltIssues
) -> Generator[_Result]:
    """Yield a result for each issue: first of those that were built already, then of the others."""
    from newsletter.parallel import in_order

    changed: list[Path] = []
    for folder in folders:
        if already.is_current(folder, places.output):
            yield _Result(folder.name)
        else:
            changed.append(folder)

    yield from in_order(partial(_built, places=places), changed)


def _built(folder: Path, places: _Places) -> _Result:
    """Build one issue of many."""
    from newsletter.email.built import build_issue
    from newsletter.errors import NewsletterError

    try:
        return _Result(folder.name, build_issue(folder, *places))
    except NewsletterError as error:
        return _Result(folder.name, problems=error.problems)


def _print_outcome(built: int, issues: int, found: str, problems: list[Problem]) -> None:
    """Print how many issues were built. Raise ManifestError if the others have problems."""
    from newsletter.errors import ManifestError

    say(f"{built} of {issues} issues built.")
    say(f"Checks: {found}.")
    if problems:
        raise ManifestError(problems)

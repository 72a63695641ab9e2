"""``newsletter build``: an issue to email.html, email.txt and email.eml."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from newsletter.checks.formats import counted
from newsletter.checks.galley import Galley, galley_of
from newsletter.checks.preflight import preflight
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import progress, say
from newsletter.email.building import email_files, write_files
from newsletter.email.summary import summary
from newsletter.errors import ManifestError, NewsletterError
from newsletter.manifest import IssueFolder, Project
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
    here = Path.cwd()
    if build_all:
        folders = Project.containing(here).issue_folders()
    else:
        folders = [find_issue(name, here) for name in issues or (None,)]
    if build_all or len(folders) > 1:
        if open_it:
            raise click.UsageError("--open shows one issue: name just one.")
        _build_many(folders, output, checked=not build_all)
    else:
        galley, target = build_one(folders[0], output)
        found = _found(preflight(galley).findings, galley.issue.number)
        for line in summary(galley.sent, target):
            say(line)
        say(f"  {'Checks':<10} {found}")
        if open_it:
            click.launch(str(target / "email.html"))


def build_one(folder: IssueFolder | Path, output: Path | None) -> tuple[Galley, Path]:
    """Build the issue in ``folder``. Return its galley, and the folder that the files are in.

    Raise NewsletterError if the issue or its theme has a fault, or if the files cannot be written.
    """
    galley = galley_of(folder)
    target = (output or galley.folder.project.build) / galley.issue.number
    write_files(target, email_files(galley.sent))
    return galley, target


def _found(findings: Sequence[Finding], issues: str) -> str:
    """Return what the checks found in these issues, in a few words."""
    return (
        f"{counted(findings)}; 'newsletter check {issues}' says more"
        if findings
        else counted(findings)
    )


def _build_many(folders: list[IssueFolder], output: Path | None, *, checked: bool) -> None:
    """Build all that can be built, and name every problem of the others. What is built can be checked as well; checking
    all issues takes several times as long as building them.
    """
    built, problems, findings = 0, list[Problem](), list[Finding]()
    with progress(folders, "Building", len(folders), name=lambda folder: folder.path.name) as bar:
        for folder in bar:
            try:
                galley, _ = build_one(folder, output)
            except NewsletterError as error:
                problems.extend(error.problems)
                continue
            built += 1
            if checked:
                findings.extend(preflight(galley).findings)
    names = " ".join(folder.name for folder in folders)
    found = _found(findings, names) if checked else "'newsletter check --all' looks for mistakes"
    say(f"{built} of {len(folders)} issues built.")
    say(f"Checks: {found}.")
    if problems:
        raise ManifestError(problems)

"""``newsletter check``: find every mistake of an issue before its readers do."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.checks import manual
from newsletter.checks.formats import FORMATS, Result
from newsletter.checks.galley import galley_of
from newsletter.checks.preflight import preflight
from newsletter.checks.report import Report
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import counting, say, say_all, write_out
from newsletter.errors import NewsletterError
from newsletter.manifest import IssueFolder, Project


def known_rules(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names, if each is the name of a rule."""
    for name in names:
        if name not in manual.names():
            raise click.BadParameter(f"there is no rule '{name}'. {manual.suggestion(name)}")
    return names


@click.command()
@click.argument("issues", nargs=-1, metavar="[ISSUE]...")
@click.option("--all", "check_all", is_flag=True, help="Check every issue.")
@click.option(
    "--rule",
    "only",
    multiple=True,
    callback=known_rules,
    help="Only this rule; can be given several times.",
)
@click.option(
    "--skip", multiple=True, callback=known_rules, help="Not this rule; can be given several times."
)
@click.option("--online", is_flag=True, help="Also try each link on the web.")
@click.option("--spam", is_flag=True, help="Also run SpamAssassin, if it is installed.")
@click.option("--strict", is_flag=True, help="Warnings must be fixed as well as errors.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="terminal",
    show_default=True,
    help="Format of the report.",
)
@click.option("--timing", is_flag=True, help="Say how long each rule took.")
@click.pass_context
def check(
    ctx: click.Context,
    issues: tuple[str, ...],
    check_all: bool,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    online: bool,
    spam: bool,
    strict: bool,
    form: str,
    timing: bool,
) -> None:
    """Check each ISSUE, the newest if none is named: what is wrong, where, and what to do.

    An ISSUE is a number (652), a path (issues/652), or any file of an issue. Exit status: 0 if there are no errors, 1
    if there are, 2 if an issue could not be checked. 'newsletter explain RULE' says what a rule is about.
    """
    if check_all and issues:
        raise click.UsageError("Name issues or use --all, not both.")
    needs = [need for need, is_chosen in (("network", online), ("spamassassin", spam)) if is_chosen]
    results: list[Result] = []
    for folder in _folders(issues, check_all):
        try:
            galley = galley_of(folder)
            with counting(f"Asking the web about {galley.issue.number}") as progress:
                report = preflight(galley, only=only, skip=skip, needs=needs, progress=progress)
            results.append(report)
        except NewsletterError as error:
            results.append(error)
    show = say_all if form == "terminal" else write_out
    show(FORMATS[form](results))
    reports = [result for result in results if isinstance(result, Report)]
    if timing:
        for report in reports:
            _show_times(report)
    ctx.exit(_status(results, strict))


def _folders(issues: tuple[str, ...], check_all: bool) -> list[IssueFolder]:
    here = Path.cwd()
    if check_all:
        return Project.containing(here).issue_folders()
    return list(dict.fromkeys(find_issue(name, here) for name in issues or (None,)))


def _status(results: list[Result], strict: bool) -> int:
    reports = [result for result in results if isinstance(result, Report)]
    if len(reports) < len(results):
        return 2
    failing = [
        report for report in reports if not report.is_ready or (strict and report.of("warning"))
    ]
    return 1 if failing else 0


def _show_times(report: Report) -> None:
    slowest_first = sorted(report.seconds.items(), key=lambda pair: -pair[1])
    for name, seconds in [*slowest_first, ("together", sum(report.seconds.values()))]:
        say(f"{1000 * seconds:8.1f} ms  {name}", err=True)

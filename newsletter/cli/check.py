"""``newsletter check``: find every mistake of an issue before its readers do."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from newsletter.checks import formats
from newsletter.cli.names import Names
from newsletter.cli.output import counting, say, say_all, write_out

if TYPE_CHECKING:
    from newsletter.manifest import IssueFolder, Project

_CANNOT, _FOUND, _SOUND = 2, 1, 0
"""Exit statuses, worst first."""


def _rule_names() -> tuple[str, ...]:
    from newsletter.checks import manual

    return manual.names()


class _RuleNames(Names):
    """The names of all rules. For a misspelt one there is a suggestion, not the whole list."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name, if a rule has it."""
        from newsletter.checks import manual

        if value not in self.choices:
            self.fail(f"there is no rule '{value}'. {manual.suggestion(value)}", param, ctx)
        return value


_RULE = _RuleNames(_rule_names)


@click.command()
@click.argument("issues", nargs=-1, metavar="[ISSUE]...")
@click.option("--all", "check_all", is_flag=True, help="Check every issue.")
@click.option(
    "--rule",
    "only",
    multiple=True,
    type=_RULE,
    metavar="TEXT",
    help="Only this rule; can be given several times.",
)
@click.option(
    "--skip",
    multiple=True,
    type=_RULE,
    metavar="TEXT",
    help="Not this rule; can be given several times.",
)
@click.option("--online", is_flag=True, help="Also try each link and picture on the web.")
@click.option("--spam", is_flag=True, help="Also run SpamAssassin, if it is installed.")
@click.option("--strict", is_flag=True, help="Warnings must be fixed as well as errors.")
@click.option(
    "--format",
    "form",
    type=click.Choice(formats.NAMES),
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

    An ISSUE is a number (652), a path (issues/652), or any file of an issue. Exit status: 0 if
    there are no errors, 1 if there are, 2 if an issue could not be checked. 'newsletter explain
    RULE' says what a rule is about.
    """
    if check_all and issues:
        raise click.UsageError("Name issues or use --all, not both.")

    choices = _Choices(only, skip, _needs(online=online, spam=spam), strict, form)
    if check_all:
        outcomes = _all_outcomes(choices)
    else:
        outcomes = _outcomes(issues, choices)

    with closing(outcomes):
        status = _print(outcomes, form, timing=timing)
    ctx.exit(status)


def _needs(*, online: bool, spam: bool) -> tuple[str, ...]:
    """Return what rules may need, besides the issue, that was chosen on the command line."""
    needs: list[str] = []
    if online:
        needs.append("network")
    if spam:
        needs.append("spamassassin")
    return tuple(needs)


class _Choices(NamedTuple):
    """What was chosen on the command line."""

    only: tuple[str, ...]
    skip: tuple[str, ...]
    needs: tuple[str, ...]
    strict: bool
    form: str


class _Outcome(NamedTuple):
    """All that is needed of a report. The report itself holds a whole issue, and is thrown away."""

    piece: Any
    """What the format prints of it."""
    status: int
    seconds: Mapping[str, float]


def _print(outcomes: Iterable[_Outcome], form: str, *, timing: bool) -> int:
    """Print each report as soon as it is there, and return the exit status."""
    statuses = {_SOUND}
    times: list[Mapping[str, float]] = []

    def pieces() -> Iterator[Any]:
        for outcome in outcomes:
            statuses.add(outcome.status)
            if timing and outcome.seconds:
                times.append(outcome.seconds)
            yield outcome.piece

    show = say_all if form == "terminal" else write_out
    report = formats.format_of(form).whole(pieces())
    for part in report:
        show(part)

    for seconds in times:
        _print_times(seconds)
    return max(statuses)


def _outcomes(names: tuple[str, ...], choices: _Choices) -> Generator[_Outcome]:
    """Yield the outcome for each issue that is named; for the newest, if none is."""
    from newsletter.cli.issue_argument import find_issues

    if len(names) > 1:
        gc.enable()  # they may be hundreds
    for folder in find_issues(names, Path.cwd()):
        yield _checked(folder, choices)


def _all_outcomes(choices: _Choices) -> Generator[_Outcome]:
    """Yield the outcome for each issue, in order."""
    from newsletter.manifest import Project
    from newsletter.parallel import in_order

    project = Project.containing(Path.cwd())
    numbers = [folder.path.name for folder in project.issue_folders()]
    work = partial(_one_of_many, issues=project.issues, choices=choices)

    if _asks_the_web(choices):  # in one process, which asks each site for one link at a time
        yield from map(work, numbers)
    else:
        yield from in_order(work, numbers)


def _asks_the_web(choices: _Choices) -> bool:
    from newsletter.checks import manual

    pages = map(manual.page, choices.only)
    return "network" in (*choices.needs, *(page.needs for page in pages))


def _one_of_many(number: str, issues: Path, choices: _Choices) -> _Outcome:
    """Return the outcome for an issue, in whichever process works on it."""
    folder = _project(issues).issue(number)
    return _checked(folder, choices)


@lru_cache(maxsize=1)
def _project(issues: Path) -> Project:
    """Return the newsletter, whose folders are listed once for all issues."""
    from newsletter.manifest import Project

    return Project(issues)


def _checked(folder: IssueFolder, choices: _Choices) -> _Outcome:
    """Check an issue, and return what is to be printed about it."""
    from newsletter.checks.galley import galley_of
    from newsletter.checks.preflight import preflight
    from newsletter.errors import NewsletterError

    only, skip, needs, strict, form = choices
    try:
        galley = galley_of(folder)
        with counting(f"Asking the web about {galley.issue.number}") as progress:
            report = preflight(galley, only=only, skip=skip, needs=needs, progress=progress)
    except NewsletterError as error:
        return _Outcome(formats.format_of(form).piece(error), _CANNOT, {})

    status = _SOUND
    if not report.is_ready or (strict and report.of("warning")):
        status = _FOUND
    return _Outcome(formats.format_of(form).piece(report), status, report.seconds)


def _print_times(seconds: Mapping[str, float]) -> None:
    """Print how long each rule took, the slowest first."""
    slowest_first = sorted(seconds, key=seconds.__getitem__, reverse=True)
    for rule in slowest_first:
        _print_time(rule, seconds[rule])

    together = sum(seconds.values())
    _print_time("together", together)


def _print_time(name: str, seconds: float) -> None:
    milliseconds = 1000 * seconds
    say(f"{milliseconds:8.1f} ms  {name}", err=True)

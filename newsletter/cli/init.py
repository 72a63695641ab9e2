"""``newsletter init``: another newsletter, in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import click

from newsletter.cli.output import ask, say, styled

if TYPE_CHECKING:
    from datetime import date

_NOT_IN_THE_WAY = {".git", ".DS_Store", "Thumbs.db", "desktop.ini"}
"""What may be in a folder that its owner sees as empty."""


def _time_zone() -> str:
    """Return this computer's time zone, if its system has the name that all computers know."""
    from newsletter.manifest.starting import fault_of

    try:
        link = str(Path("/etc/localtime").readlink())
    except OSError:
        link = ""
    name = os.environ.get("TZ") or link.partition("zoneinfo/")[2]
    if not name or fault_of("time_zone", name):
        return "Europe/London"
    return name


class _Question(NamedTuple):
    """A field of publication.yaml that is asked for."""

    field: str
    words: str
    usual: Callable[[], str] | None = None
    """Returns what is meant if nothing is typed; None if there must be an answer."""

    @property
    def option(self) -> str:
        """The option that answers it: ``--home-page``."""
        return f"--{self.field.replace('_', '-')}"


_QUESTIONS = (
    _Question("name", "Name of the newsletter"),
    _Question("publisher", "Who publishes it"),
    _Question("home_page", "Its home page (https://…)"),
    _Question("from", "Who sends it: a mail address, or Name <user@host>"),
    _Question("postal_address", "The publisher's postal address, for the footer"),
    _Question("day", "Day of the week on which it goes out", lambda: "Monday"),
    _Question("time", "Time of day", lambda: "17:00"),
    _Question("time_zone", "Time zone", _time_zone),
    _Question("language", "Language tag", lambda: "en-GB"),
)


def _with_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for each question to a command."""
    for question in reversed(_QUESTIONS):
        command = click.option(question.option, question.field, help=f"{question.words}.")(command)
    return command


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_with_options
@click.option("--number", default="1", show_default=True, help="Number of the first issue.")
def init(folder: Path, number: str, **given: str | None) -> None:
    """Start a newsletter in FOLDER, which is made if it is not there.

    What the options do not say is asked for. The first issue has examples, and can be built at
    once.
    """
    from newsletter.cli.new import require_number
    from newsletter.text.days import in_words

    require_number(number, "--number")
    _require_free(folder)
    answers = _answers(given)
    day = _write(folder, answers, number)
    title = f"{answers['name']} {number}, {day:%A} {in_words(day)}"
    _print_next_steps(folder, f"{title} at {answers['time']}, {answers['time_zone']}")


def _require_free(folder: Path) -> None:
    """Raise ManifestError if there is anything in a folder already."""
    from newsletter.errors import ManifestError
    from newsletter.manifest.project import PUBLICATION

    if (folder / "issues" / PUBLICATION).exists():
        hint = "Go to that folder, and make the next issue with 'newsletter new'."
        raise ManifestError.at(folder, None, "There is a newsletter here already.", hint)

    hint = "Name a new folder, or an empty one."
    if folder.exists() and not folder.is_dir():
        raise ManifestError.at(folder, None, "This is a file, not a folder.", hint)
    if folder.is_dir() and {path.name for path in folder.iterdir()} - _NOT_IN_THE_WAY:
        raise ManifestError.at(folder, None, "There are other files in this folder.", hint)


def _answers(given: dict[str, str | None]) -> dict[str, str]:
    """Return an answer to each question: that of its option, what is typed, or what is usual.

    Nothing is asked if the options say all that must be known.
    """
    asks = any(given[question.field] is None for question in _QUESTIONS if not question.usual)
    answers: dict[str, str] = {}
    for question in _QUESTIONS:
        answer = given[question.field]
        if answer is not None:
            _require_right(question, answer)
        elif asks or question.usual is None:
            answer = _asked(question, given)
        else:
            answer = question.usual()
        answers[question.field] = answer
    return answers


def _require_right(question: _Question, answer: str) -> None:
    """Raise BadParameter if an option has no right answer to its question."""
    from newsletter.manifest.starting import fault_of

    fault = fault_of(question.field, answer)
    if fault:
        raise click.BadParameter(" ".join(fault), param_hint=question.option)


def _asked(question: _Question, given: dict[str, str | None]) -> str:
    """Ask until the answer is right. Raise UsageError if there is nobody to answer."""
    from newsletter.manifest.starting import fault_of

    usual = question.usual() if question.usual else ""
    words = f"{question.words} [{usual}]" if usual else question.words
    while True:
        typed = ask(words)
        if typed is None:
            missing = [one.option for one in _QUESTIONS if not one.usual and not given[one.field]]
            message = f"Nothing was written. Answer, or give these options: {', '.join(missing)}."
            raise click.UsageError(message)

        answer = typed.strip() or usual
        fault = fault_of(question.field, answer) if answer else ("This cannot be left empty.",)
        if fault is None:
            return answer
        say(f"  {' '.join(fault)}", err=True)


def _write(folder: Path, answers: dict[str, str], number: str) -> date:
    """Write the first files, and return the day on which the first issue goes out."""
    from newsletter.adding.next_issue import first_day
    from newsletter.cli.schema import as_text, schemas
    from newsletter.files import write_atomically
    from newsletter.manifest.starting import first_files

    today = datetime.now(ZoneInfo(answers["time_zone"].strip())).date()
    day = first_day(answers["day"].strip(), today)
    files = first_files(answers, number, day)
    for name, schema in schemas().items():
        files[f"issues/{name}.schema.json"] = f"{as_text(schema)}\n".encode()
    write_atomically(folder, files)
    return day


def _print_next_steps(folder: Path, title: str) -> None:
    from newsletter.files import relative_to_cwd

    name = relative_to_cwd(folder.absolute())
    say(styled(title, bold=True))
    say(f"  {name / 'issues' / 'publication.yaml'}   what all issues share: read it once")
    say("Next:")
    if name != Path():
        say(f'  cd "{name}"')
    say("  newsletter build --open   shows the first issue, which has examples")
    say("  newsletter check          lists what is still to be written in it")

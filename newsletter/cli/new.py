"""``newsletter new``: the next issue, from the last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.output import say

if TYPE_CHECKING:
    from datetime import date

    from newsletter.adding.carried_on import Current
    from newsletter.adding.next_issue import NextIssue


@click.command()
@click.argument("number", required=False)
@click.option(
    "--date", "day", metavar="DAY", help="The day it goes out, as 2012-04-23, if not the next."
)
def new(number: str | None, day: str | None) -> None:
    """Make the next issue: the folder NUMBER, by default the number after the last.

    It has the last issue's sections, in order, and what is still current: items whose 'until:' has
    not passed, and corrections of pieces that went out.
    """
    from newsletter.adding.next_issue import next_issue
    from newsletter.manifest import Project

    require_number(number)
    made = next_issue(Project.containing(Path.cwd()), number, _day(day))
    print_new(made)
    name = made.folder.name
    say("Next:")
    say(f"  newsletter add {name} piece.docx   adds what was sent: Word, mail, web pages, text")
    say(f"  newsletter add {name}              adds all that lies in issues/inbox/")
    say(f"  newsletter check {name}            says what is still missing")


def print_new(made: NextIssue) -> None:
    """Print what is in an issue that was just made."""
    from newsletter.cli.facts import print_facts
    from newsletter.files import relative_to_cwd
    from newsletter.text.days import in_words

    name = made.folder.name
    title = f"{made.publication.name} {name}, {made.date:%A} {in_words(made.date)}"
    facts = {
        "Written": str(relative_to_cwd(made.folder.manifest)),
        "Follows": made.last.name if made.last else "",
        "Sections": ", ".join(made.sections),
        "Carried on": _with_ends(made.carried_on),
        "Left out": _with_ends(made.ended),
        "No 'until:'": _not_carried_on(made.without_end),
        "Corrections": "; ".join(made.corrected),
    }
    print_facts(title, {fact: value for fact, value in facts.items() if value})


def _with_ends(items: tuple[Current, ...]) -> str:
    from newsletter.text.days import in_words

    return "; ".join(f"{item.title} (until {in_words(item.until)})" for item in items)


def _not_carried_on(titles: tuple[str, ...]) -> str:
    if not titles:
        return ""
    return f"{'; '.join(titles)} (still to come, but not carried on)"


def require_number(number: str | None, name: str = "NUMBER") -> None:
    """Raise BadParameter, with the name of an argument, if it is not the number of an issue."""
    from newsletter.manifest.project import is_number

    if number is not None and not is_number(number):
        message = f"'{number}' is not the number of an issue. Write one such as 653 or 653a."
        raise click.BadParameter(message, param_hint=name)


def _day(day: str | None) -> date | None:
    """Return the day that is written. Raise BadParameter if it is none."""
    if day is None:
        return None

    from pydantic import TypeAdapter, ValidationError

    from newsletter.model.dates import Day

    try:
        return TypeAdapter(Day).validate_python(day)
    except ValidationError as error:
        context = error.errors()[0].get("ctx", {})
        words = f"{context.get('message', '')} {context.get('hint', '')}"
        raise click.BadParameter(words, param_hint="--date") from None

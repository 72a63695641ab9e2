"""What the commands that talk to a mailing service share: reaching it, showing what is about to be done, asking."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
from pydantic_core import PydanticCustomError

from newsletter.building import galley_of
from newsletter.cli.output import ask, say, say_all, styled
from newsletter.handover import Destination, reach
from newsletter.handover.people import person_name
from newsletter.model import Audience, Issue, Publication, Report
from newsletter.model import Service as ServiceName
from newsletter.proofreading import preflight
from newsletter.reports import FORMATS
from newsletter.services import profile_of

if TYPE_CHECKING:
    import httpx


def transport() -> httpx.BaseTransport | None:
    """How services are reached; None, unless whoever calls the command brings another way."""
    given: httpx.BaseTransport | None = click.get_current_context().obj
    return given


def checked(folder: Path) -> Report:
    """The report of the issue in ``folder``; what stops it is printed, and ends the command with status 1."""
    report = preflight(galley_of(folder))
    if not report.is_ready:
        say_all(FORMATS["terminal"]([report]), err=True)
        click.get_current_context().exit(1)
    return report


def destination(
    publication: Publication,
    folder: Path,
    service: ServiceName,
    audience: str | None = None,
    tags: ServiceName | None = None,
) -> Destination:
    """The service, reached, with the audience that is named, or else the publication's own if it is of this service."""
    own = publication.audience if service == publication.service else None
    return reach(service, folder, own if audience is None else audience, tags, transport())


def shown(title: str, lines: Mapping[str, str]) -> None:
    """Print what is about to be done, or was done, a line for each fact."""
    say(styled(title, bold=True))
    for name, value in lines.items():
        say(f"  {name:<12} {value}")


def title_of(issue: Issue) -> str:
    """Name, number and day of an issue."""
    return f"{issue.publication.name} {issue.number}, {issue.published:%A} {issue.date.day} {issue.date:%B %Y}"


def place_of(to: Destination) -> dict[str, str]:
    """Service, account and audience, in words."""
    audience = {"Audience": readers(to.audience)} if to.audience else {}
    return {"Service": to.profile.title, "Account": to.account, **audience}


def readers(audience: Audience) -> str:
    """An audience by name, size and id."""
    size = "size not told" if audience.size is None else f"{audience.size:,} readers"
    return f"{audience.name}, {size} (id {audience.id})"


def clock(at: datetime, zone: str) -> str:
    """A time on the clock of a time zone, and in UTC."""
    local = at.astimezone(ZoneInfo(zone))
    utc = at.astimezone(UTC)
    day = "" if utc.date() == local.date() else f"{utc:%A} "
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M} {zone} ({day}{utc:%H:%M} UTC)"


def confirm(number: str, what: str, *, yes: bool) -> None:
    """Let the editor type the issue's number; anything else ends the command with status 1, and nothing was done."""
    if yes:
        return
    typed = ask(f"Type {number} to {what}")
    if typed is None:
        say("Nothing was done.", err=True)
    elif typed.strip() != number:
        say(f"'{typed.strip()}' is not {number}. Nothing was done.", err=True)
    else:
        return
    click.get_current_context().exit(1)


def a_name(_: click.Context, __: click.Parameter, name: str) -> str:
    """The name of a person, as it can be kept in a record."""
    try:
        return person_name(name)
    except PydanticCustomError as error:
        raise click.BadParameter(error.message()) from None


def this_person() -> str:
    """Who is at this computer."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        return "somebody"


def title(service: ServiceName) -> str:
    """The service's own name."""
    return profile_of(service).title

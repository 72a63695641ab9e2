"""What the commands that talk to a mailing service share: reach it, show what is about to be done, and ask."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
from pydantic_core import PydanticCustomError

from newsletter.checks.formats import text_of
from newsletter.checks.galley import galley_of
from newsletter.checks.preflight import preflight
from newsletter.checks.report import Report
from newsletter.cli.output import ask, say, say_all, styled
from newsletter.handover import Destination, connect_to
from newsletter.handover.person_names import person_name
from newsletter.manifest import IssueFolder
from newsletter.model import Audience, Issue
from newsletter.services import profile_of

if TYPE_CHECKING:
    import httpx


def transport() -> httpx.BaseTransport | None:
    """Return how services are reached; None, unless the caller of the command has set another way."""
    given: httpx.BaseTransport | None = click.get_current_context().obj
    return given


def checked(folder: IssueFolder) -> Report:
    """Return the report of the issue in ``folder``. If errors must be fixed, print them, and exit with status 1."""
    report = preflight(galley_of(folder))
    if not report.is_ready:
        say_all(text_of("terminal", [report]), err=True)
        click.get_current_context().exit(1)
    return report


def destination(
    report: Report,
    service: str,
    audience: str | None = None,
    tags: str | None = None,
) -> Destination:
    """Connect to the service for a checked issue, with the audience that is named.

    Without one, it is the publication's, if that is an audience of this service.
    """
    publication = report.galley.issue.publication
    if audience is None and service == publication.service:
        audience = publication.audience
    return connect_to(service, report.folder.project, audience, tags, transport())


def shown(title: str, lines: Mapping[str, str]) -> None:
    """Print what is about to be done, or was done, with a line for each fact."""
    say(styled(title, bold=True))
    for name, value in lines.items():
        say(f"  {name:<12} {value}")


def title_of(issue: Issue) -> str:
    """Return name, number and day of an issue."""
    return f"{issue.publication.name} {issue.number}, {issue.published:%A} {issue.date.day} {issue.date:%B %Y}"


def place_of(to: Destination) -> dict[str, str]:
    """Return service, account and audience, in words."""
    audience = {"Audience": readers(to.audience)} if to.audience else {}
    return {"Service": to.profile.title, "Account": to.account, **audience}


def readers(audience: Audience) -> str:
    """Return the name, size and id of an audience, in words."""
    size = "size unknown" if audience.size is None else f"{audience.size:,} readers"
    return f"{audience.name}, {size} (id {audience.id})"


def clock(at: datetime, zone: str) -> str:
    """Return a time on the clock of a time zone, and in UTC."""
    local = at.astimezone(ZoneInfo(zone))
    utc = at.astimezone(UTC)
    day = "" if utc.date() == local.date() else f"{utc:%A} "
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M} {zone} ({day}{utc:%H:%M} UTC)"


def confirm(number: str, message: str, *, yes: bool) -> None:
    """Ask the editor to type the issue's number. Anything else ends the command with status 1, and nothing is done."""
    if yes:
        return
    typed = ask(f"Type {number} to {message}")
    if typed is None:
        say("Nothing was done.", err=True)
    elif typed.strip() != number:
        say(f"'{typed.strip()}' is not {number}. Nothing was done.", err=True)
    else:
        return
    click.get_current_context().exit(1)


def a_name(_: click.Context, __: click.Parameter, name: str) -> str:
    """Return the name of a person as it can be kept in a record."""
    try:
        return person_name(name)
    except PydanticCustomError as error:
        raise click.BadParameter(error.message()) from None


def this_person() -> str:
    """Return who is at this computer."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        return "somebody"


def title(service: str) -> str:
    """Return the service's own name."""
    return profile_of(service).title

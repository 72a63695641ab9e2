"""Facts of an issue, a service and a time, in words, and tables of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsletter.cli.output import say, styled

if TYPE_CHECKING:
    from newsletter.handover import Destination
    from newsletter.model import Audience, File, Issue, Publication


def print_facts(title: str, facts: Mapping[str, str]) -> None:
    """Print a title, and a line for each fact under its name."""
    say(styled(title, bold=True))
    for name, value in facts.items():
        say(f"  {name:<12} {value}")


def issue_title(issue: Issue) -> str:
    """Return name, number and day of an issue."""
    name = f"{issue.publication.name} {issue.number}"
    weekday = f"{issue.published:%A}"
    month = f"{issue.date:%B %Y}"
    return f"{name}, {weekday} {issue.date.day} {month}"


def account_facts(destination: Destination) -> dict[str, str]:
    """Return service and account, each under its name."""
    return {"Service": destination.title, "Account": destination.account}


def destination_facts(destination: Destination) -> dict[str, str]:
    """Return service, account and audience, each under its name."""
    facts = account_facts(destination)
    if destination.audience:
        facts["Audience"] = audience_in_words(destination.audience)
    return facts


def audience_in_words(audience: Audience) -> str:
    """Return the name, size and id of an audience."""
    size = "size unknown"
    if audience.size is not None:
        size = f"{audience.size:,} readers"
    return f"{audience.name}, {size} (id {audience.id})"


def say_copied(publication: Publication) -> Callable[[Sequence[File]], None]:
    """Return a function that prints which files were copied to where a publication serves them."""
    from newsletter.checks.verdict import files_in_words

    def copied(files: Sequence[File]) -> None:
        say(f"Copied {files_in_words(files)} to '{publication.pictures_to}'.")

    return copied


def local_time(at: datetime, zone: str) -> str:
    """Return a time on the clock of a time zone, and in UTC."""
    local = at.astimezone(ZoneInfo(zone))
    weekday = f"{local:%A}"
    month_and_clock = f"{local:%B %Y, %H:%M}"

    utc = at.astimezone(UTC)
    in_utc = f"{utc:%H:%M} UTC"
    if utc.date() != local.date():
        in_utc = f"{utc:%A} {in_utc}"
    return f"{weekday} {local.day} {month_and_clock} {zone} ({in_utc})"

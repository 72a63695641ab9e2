"""``newsletter test-send``: send the issue to a few people as a test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.connection import transport
from newsletter.cli.facts import say_copied
from newsletter.cli.format_option import require_format
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.names import SERVICES
from newsletter.cli.output import say

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley
    from newsletter.model import Email


@click.command("test-send")
@click.argument("issue", required=False)
@click.option(
    "--to",
    "people",
    multiple=True,
    required=True,
    metavar="ADDRESS",
    help="Who gets it; can be given several times.",
)
@click.option(
    "--via",
    "service",
    type=SERVICES,
    metavar="SERVICE",
    help="The service, instead of the publication's.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help="This format, instead of the leading one; can be given several times.",
)
def test_send(
    issue: str | None, people: tuple[str, ...], service: str | None, formats: tuple[str, ...]
) -> None:
    """Send ISSUE (the newest, if none is named) to people as a test, never to an audience.

    Its subject is marked [Test], and [full] too if that format is not the leading one. It goes
    through the publication's service or, if that cannot send tests, through smtp. The issue's
    drafts are left as they are. What smtp sends has its pictures inside; in other tests they come
    from the web: from the service's own store, if it has one.
    """
    from newsletter.checks.galley import galley_of
    from newsletter.checks.preflight import preflight
    from newsletter.checks.verdict import verdict
    from newsletter.handover import send_test
    from newsletter.services import connect, profile_of
    from newsletter.services.settings import Settings

    galley = galley_of(find_issue(issue, Path.cwd()))
    chosen = _chosen(galley, formats)
    name = service or _service_for_tests(galley.issue.publication.service)
    profile = profile_of(name)
    settings = Settings.from_environment(galley.folder.project.root)
    there = connect(name, settings, transport())
    copied = say_copied(galley.issue.publication)
    for each in chosen:
        sent = send_test(each, profile, there, people, copied=copied)
        say(f"'{sent.title}' was sent to {', '.join(people)}, through {profile.title}.")
        if _lacks_pictures(sent.email, each.email) and not profile.carries_pictures:
            say("  Its pictures appear once they are served; --via smtp sends them inside.")
    say(verdict(preflight(galley)))


def _chosen(galley: Galley, formats: tuple[str, ...]) -> list[Galley]:
    """Return the issue in these formats; in the leading one if none is named.

    Raise UsageError for a format that the publication does not have.
    """
    for name in formats:
        require_format(galley.issue.publication, name)

    in_format = {each.email.format.name: each for each in galley.every_format}
    return [in_format[name] for name in dict.fromkeys(formats)] or [galley]


def _lacks_pictures(sent: Email, email: Email) -> bool:
    """Return whether a person must still bring a file of the email to where it is served."""
    if email.issue.publication.pictures_to:
        return False
    own = {file.address for file in email.files}
    return any(file.address in own for file in sent.files)


def _service_for_tests(service: str) -> str:
    """Return the publication's service or, if that cannot send tests, the one that can."""
    from newsletter.services import FOR_TESTS, profile_of
    from newsletter.services.protocol import Capability

    if Capability.TEST_SEND in profile_of(service).can:
        return service
    return FOR_TESTS

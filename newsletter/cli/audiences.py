"""``newsletter audiences``: the audiences of a mailing service."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.asking import transport
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.errors import Unsupported
from newsletter.manifest import read_issue
from newsletter.services import connect, names, profile_of
from newsletter.services.protocol import Capability
from newsletter.services.settings import Settings


@click.command()
@click.argument("service", required=False, type=click.Choice(names()), metavar="[SERVICE]")
def audiences(service: str | None) -> None:
    """List the audiences of SERVICE (the publication's, if none is named): id, name and number of readers.

    Put the id of the right one into publication.yaml, as 'audience:'.
    """
    folder = find_issue(None, Path.cwd())
    service = service or read_issue(folder).publication.service
    profile = profile_of(service)
    if Capability.AUDIENCES not in profile.can:
        raise Unsupported(
            profile.title,
            "It has no audiences.",
            "Name another service, such as: newsletter audiences mailchimp.",
        )
    settings = Settings.from_environment(folder.project.root)
    account = connect(service, settings, transport())
    say(f"{profile.title}, {account.account()}")
    for audience in account.audiences():
        size = "?" if audience.size is None else f"{audience.size:,}"
        say(f"  {audience.id:<38} {size:>10}  {audience.name}")

"""``newsletter audiences``: the audiences of a mailing service."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.connection import transport
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.names import SERVICES
from newsletter.cli.output import say
from newsletter.errors import Unsupported


@click.command()
@click.argument("service", required=False, type=SERVICES, metavar="[SERVICE]")
def audiences(service: str | None) -> None:
    """List the audiences of SERVICE (the publication's, if none is named).

    Each has an id, a number of readers and a name. Put the id of the right one into
    publication.yaml, as 'audience:'.
    """
    from newsletter.manifest import read_issue
    from newsletter.services import connect, profile_of
    from newsletter.services.protocol import Capability
    from newsletter.services.settings import Settings

    folder = find_issue(None, Path.cwd())
    service = service or read_issue(folder).publication.service
    profile = profile_of(service)
    if Capability.AUDIENCES not in profile.can:
        hint = "Name another service, such as: newsletter audiences mailchimp."
        raise Unsupported(profile.title, "It has no audiences.", hint)

    settings = Settings.from_environment(folder.project.root)
    account = connect(service, settings, transport())
    say(f"{profile.title}, {account.account()}")
    for audience in account.audiences():
        size = "?"
        if audience.size is not None:
            size = f"{audience.size:,}"
        say(f"  {audience.id:<38} {size:>10}  {audience.name}")

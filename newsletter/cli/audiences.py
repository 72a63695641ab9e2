"""``newsletter audiences``: the audiences of a mailing service."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.connection import transport
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.names import SERVICES
from newsletter.cli.output import say
from newsletter.errors import Unsupported

if TYPE_CHECKING:
    from newsletter.model import Audience

_ID_WIDTH = 38
_WHAT_FOR = (
    "Put an id after 'audience:' in publication.yaml. With 'formats:', each format has its own."
)


@click.command()
@click.argument("service", required=False, type=SERVICES, metavar="[SERVICE]")
def audiences(service: str | None) -> None:
    """List the audiences of SERVICE (the publication's, if none is named).

    Each has an id, a number of readers and a name. Put the id of the right one into
    publication.yaml, as 'audience:'. Below a list are its parts, which a service calls segments,
    groups or tags: with 'formats:', each format has the id of its own.
    """
    from newsletter.manifest import read_issue
    from newsletter.services import connect, profile_of
    from newsletter.services.audience_ids import AudienceId
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
    found = account.audiences()
    _print_audiences(found)
    if any(AudienceId.of(audience.id).kind for audience in found):
        say()
        say(_WHAT_FOR)


def _print_audiences(audiences: Sequence[Audience]) -> None:
    """Print each audience on a line, the parts of a list indented below it."""
    ids = [_indent(audience) + audience.id for audience in audiences]
    width = max([_ID_WIDTH, *map(len, ids)])
    for written, audience in zip(ids, audiences, strict=True):
        size = "?"
        if audience.size is not None:
            size = f"{audience.size:,}"
        say(f"  {written:<{width}} {size:>10}  {audience.name}")


def _indent(audience: Audience) -> str:
    return "  " if audience.within else ""

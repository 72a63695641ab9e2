"""How commands reach a mailing service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Collection

    import httpx

    from newsletter.checks.report import Report
    from newsletter.handover import Destination
    from newsletter.model import Format


def transport() -> httpx.BaseTransport | None:
    """Return how services are reached; None unless the caller of the command has set a way."""
    transport: httpx.BaseTransport | None = click.get_current_context().obj
    return transport


def destinations_of(
    report: Report,
    service: str,
    audience: str | None,
    tags: str | None = None,
    only: Collection[str] = (),
) -> tuple[Destination, ...]:
    """Connect to the service for each format of a checked issue, with the format's own audience.

    ``only`` names the formats that are handed over, if not all are; ``audience`` is the id of
    another audience for one of them. The audiences of publication.yaml are those of its own
    service: at another one, only these formats have a destination.
    """
    from newsletter.handover import connect_formats

    publication = report.galley.issue.publication
    is_own = service == publication.service
    formats: list[Format] = []
    for format in publication.every_format:
        is_meant = not only or format.name in only
        if is_meant and (audience is not None or not is_own):
            formats.append(format.model_copy(update={"audience": audience}))
        elif is_meant or is_own:
            formats.append(format)
    return connect_formats(service, report.folder.project, formats, tags, transport())

"""How commands reach a mailing service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import httpx

    from newsletter.checks.report import Report
    from newsletter.handover import Destination


def transport() -> httpx.BaseTransport | None:
    """Return how services are reached; None unless the caller of the command has set a way."""
    transport: httpx.BaseTransport | None = click.get_current_context().obj
    return transport


def destination_of(
    report: Report, service: str, audience: str | None, tags: str | None = None
) -> Destination:
    """Connect to the service for a checked issue, with the audience of this id.

    Without an id, it is the publication's, if that is an audience of this service.
    """
    from newsletter.handover import connect_to

    publication = report.galley.issue.publication
    if audience is None and service == publication.service:
        audience = publication.audience
    return connect_to(service, report.folder.project, audience, tags, transport())

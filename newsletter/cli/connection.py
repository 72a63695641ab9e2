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
    """Connect to the service for the leading format of a checked issue.

    All else is as in ``destinations_of``.
    """
    return destinations_of(report, service, audience, tags)[0]


def destinations_of(
    report: Report, service: str, audience: str | None, tags: str | None = None
) -> tuple[Destination, ...]:
    """Connect to the service for each format of a checked issue, with the audience of this id.

    Without an id, it is the format's own, if that is an audience of this service.
    """
    from newsletter.handover import connect_formats

    publication = report.galley.issue.publication
    formats = publication.every_format
    if audience is not None or service != publication.service:
        formats = tuple(each.model_copy(update={"audience": audience}) for each in formats)
    return connect_formats(service, report.folder.project, formats, tags, transport())

"""Whether the issue's pages in the archive are on the web: asked before readers can get links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import sleep
from typing import TYPE_CHECKING

from newsletter.checks.ignores import sort_out
from newsletter.errors import HandoverError
from newsletter.problem import Problem
from newsletter.services import profile_of

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley
    from newsletter.handover.destination import Destination

_PAUSES = (1, 3)
"""Seconds before the pages are asked for again: they may have been uploaded just now."""


def require_published(galleys: Sequence[Galley], destination: Destination, undone: str) -> None:
    """Raise HandoverError unless each page of the archive that the emails lead to is there.

    ``galleys`` are formats of one issue. The issue's own page is not asked for where the service
    makes the web version, and nothing is if a person uploads the email later. The error names each
    page that readers would not get, and says what is ``undone``, such as "No draft was made".
    """
    if destination.profile.needs_upload:
        return

    from newsletter.checks.archive_pages import RULE, how_to_publish, pages_of

    has_web_version = "web-version" in profile_of(destination.tags).merge_tags
    pages = pages_of(galleys, without_web_version=has_web_version)
    leading = galleys[0]
    problems = _unpublished(leading, pages, destination)
    for seconds in _PAUSES:
        if not problems:
            return
        sleep(seconds)
        problems = _unpublished(leading, pages, destination)

    if problems:
        message = f"{undone}: readers would not find every page that the email leads to."
        hint = f"{how_to_publish(leading)} 'newsletter explain {RULE}' says more."
        summary = Problem(leading.folder.handed_over, None, message, hint)
        raise HandoverError([summary, *problems])


def _unpublished(galley: Galley, pages: Sequence[str], destination: Destination) -> list[Problem]:
    """Return what is wrong with the pages, without what the publication or the issue ignores."""
    # TLS and threads, only where they are used
    from newsletter.checks.archive_pages import RULE, asked, unpublished

    found = asked(pages, destination.transport)
    findings = unpublished(galley, found, "Open it in a browser to see what readers would get.")
    reported, _ = sort_out(galley, (replace(finding, check=RULE) for finding in findings))
    return [finding.problem for finding in reported if finding.severity == "error"]

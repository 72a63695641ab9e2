"""Whether readers will get the pictures of an email: asked before it can reach anybody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from time import sleep
from typing import TYPE_CHECKING

from newsletter.checks.ignores import sort_out
from newsletter.errors import HandoverError
from newsletter.model import File, Finding

if TYPE_CHECKING:
    import httpx

    from newsletter.checks.galley import Galley

_RULE = "picture-not-served"
"""The rule that asks the same; what is ignored there is ignored here."""
_PAUSES = (1, 3)
"""Seconds before what is not there is asked for again: it may have been brought there just now."""


def require_served(
    galley: Galley,
    files: Collection[File],
    hint: str,
    transport: httpx.BaseTransport | None = None,
) -> None:
    """Raise HandoverError unless each of ``files`` is at its address, to the byte.

    A picture from elsewhere must be there, and be a picture. The error names each that is not, and
    has the ``hint`` for the issue's own. Without a ``transport``, they are asked for over the
    network.
    """
    errors = _errors(galley, files, hint, transport)
    for seconds in _PAUSES:
        if not errors:
            return
        sleep(seconds)
        errors = _errors(galley, files, hint, transport)
    if errors:
        raise HandoverError(finding.problem for finding in errors)


def _errors(
    galley: Galley,
    files: Collection[File],
    hint: str,
    transport: httpx.BaseTransport | None,
) -> list[Finding]:
    """Return what readers would not get, without what the publication or the issue ignores."""
    # TLS and threads, only where they are used
    from newsletter.checks.serving import fetched, is_offline, unserved

    found = fetched(galley, files, transport)
    if is_offline(found):
        message = f"The {len(found)} pictures could not be asked for: there is no network."
        offline = galley.manuscript.place().error(
            message, "Run the command again when you are online."
        )
        return [offline]

    findings = [replace(finding, check=_RULE) for finding in unserved(galley, files, found, hint)]
    reported, _ = sort_out(galley, findings)
    return [finding for finding in reported if finding.severity == "error"]

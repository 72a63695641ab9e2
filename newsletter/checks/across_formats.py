"""What is found in the formats of one issue, each thing once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from newsletter.model import Finding

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley

Check = Callable[["Galley"], Iterable[Finding]]


def found_in(galleys: Sequence[Galley], check: Check) -> Iterator[Finding]:
    """Yield what ``check`` finds in these galleys, which are one issue in different formats.

    Equal findings are one. It names its formats, unless it is in all of them.
    """
    formats: dict[Finding, dict[str, None]] = {}
    for galley in galleys:
        name = galley.email.format.name
        for finding in check(galley):
            formats.setdefault(finding, {})[name] = None

    for finding, names in formats.items():
        if len(names) == len(galleys):
            yield finding
        else:
            yield replace(finding, formats=tuple(names))

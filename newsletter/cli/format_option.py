"""Which formats of an issue a command is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.model import Publication


def require_format(publication: Publication, name: str) -> None:
    """Raise UsageError if the publication has no format of that name."""
    names = [format.name for format in publication.formats]
    if name in names:
        return

    there_are = "has no formats: leave --format out"
    if names:
        there_are = f"has no format '{printable(name)}'; it has {', '.join(names)}"
    raise click.UsageError(f"{publication.name} {there_are}.")

"""``newsletter fields``: forms to copy."""

from __future__ import annotations

import click

from newsletter.cli.output import say, write_out
from newsletter.forms import FORMS, form


@click.command()
@click.argument("kind", type=click.Choice(list(FORMS)), required=False, metavar="[KIND]")
def fields(kind: str | None) -> None:
    """Print a form to copy: every field of KIND, with what it is for and an example.

    Without a KIND, list all kinds.
    """
    if kind:
        write_out(form(kind))
        return
    width = max(map(len, FORMS))
    for name, (noun, *_) in FORMS.items():
        say(f"{name:<{width}}  {(noun.__doc__ or '').splitlines()[0]}")

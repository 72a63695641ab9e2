"""``newsletter fields``: forms to copy."""

from __future__ import annotations

import click

from newsletter.cli.output import say, write_out
from newsletter.manifest.forms import FORMS, KIND_OF_SECTION, form


class _Kind(click.Choice[str]):
    """The name of a form; that of a section ('reviews') will do as well."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(KIND_OF_SECTION.get(value, value), param, ctx)


@click.command()
@click.argument("kind", type=_Kind(list(FORMS)), required=False, metavar="[KIND]")
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

"""``newsletter fields``: forms to copy."""

from __future__ import annotations

from collections.abc import Iterable

import click

from newsletter.cli.names import Names
from newsletter.cli.output import say, write_out


def _forms() -> Iterable[str]:
    from newsletter.manifest.forms import FORMS

    return FORMS


class _Kinds(Names):
    """The names of all forms; that of a section ('reviews') will do as well."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name of the form."""
        from newsletter.manifest.forms import KIND_OF_SECTION

        kind = KIND_OF_SECTION.get(value, value)
        return super().convert(kind, param, ctx)


@click.command()
@click.argument("kind", type=_Kinds(_forms), required=False, metavar="[KIND]")
def fields(kind: str | None) -> None:
    """Print a form to copy: every field of KIND, with what it is for and an example.

    Without a KIND, list all kinds.
    """
    from newsletter.manifest.forms import FORMS, form

    if kind:
        write_out(form(kind))
        return

    width = max(map(len, FORMS))
    for name, (noun, *_) in FORMS.items():
        summary = (noun.__doc__ or "").splitlines()[0]
        say(f"{name:<{width}}  {summary}")

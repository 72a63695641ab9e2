"""``newsletter fields``: forms to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newsletter.cli.output import say, write_out

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class _Kind(click.ParamType[str]):
    """The name of a form; that of a section ('reviews') will do as well."""

    name = "kind"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name of the form."""
        from newsletter.manifest.forms import KIND_OF_SECTION

        kind = KIND_OF_SECTION.get(value, value)
        return _kinds().convert(kind, param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the forms whose names begin so."""
        return _kinds().shell_complete(ctx, param, incomplete)


def _kinds() -> click.Choice[str]:
    """Return the choice among all forms, which are slow to load."""
    from newsletter.manifest.forms import FORMS

    return click.Choice(list(FORMS))


@click.command()
@click.argument("kind", type=_Kind(), required=False, metavar="[KIND]")
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

"""The command ``newsletter``: one file for each verb, loaded when it is asked for."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import click

from newsletter import __version__
from newsletter.errors import NewsletterError

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plug-ins of pydantic takes 15 ms

VERBS = (
    *("build", "check", "explain", "preview", "proof", "schema", "theme"),
    *("services", "audiences", "test-send", "approve", "hand-over", "schedule", "unschedule", "status", "verify"),
)
MOST_SHOWN = 100
"""Problems printed at once; the rest is counted."""


class _Verbs(click.Group):
    """Finds a verb in the module of its name, and prints an editor's mistakes as what they are: exit status 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"newsletter.cli.{name}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NewsletterError as error:
            for problem in error.problems[:MOST_SHOWN]:
                click.echo(problem, err=True)
            if len(error.problems) > MOST_SHOWN:
                click.echo(f"… and {len(error.problems) - MOST_SHOWN:,} more.", err=True)
            ctx.exit(2)
        except OSError as error:
            click.echo(f"{error.filename or 'newsletter'}: {error.strerror or error}.", err=True)
            ctx.exit(2)


@click.group(cls=_Verbs)
@click.version_option(__version__, package_name="newsletter")
def main() -> None:
    """Make a numbered email newsletter: build an issue, look at it, check it, hand it over."""
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        click.get_current_context().color = False

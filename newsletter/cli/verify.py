"""``newsletter verify``: whether an issue is still what was handed over."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say


@click.command()
@click.argument("issue", required=False)
@click.pass_context
def verify(ctx: click.Context, issue: str | None) -> None:
    """Compare ISSUE (the newest, if none is named) with what was handed over.

    It is built again, and compared byte for byte. Exit status: 0 if they are the same, 1 if they
    differ.
    """
    from newsletter.checks.galley import galley_of
    from newsletter.handover import verify as compare

    galley = galley_of(find_issue(issue, Path.cwd()))
    differences = compare(galley)
    for difference in differences:
        say(difference)
    if differences:
        ctx.exit(1)
    say("The same, byte for byte, as what was handed over.")

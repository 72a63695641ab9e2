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
    """Build ISSUE (the newest, if none is named) again and compare it, byte for byte, with what was handed over.

    Exit status: 0 if they are the same, 1 if they differ.
    """
    from newsletter.checks.galley import galley_of
    from newsletter.handover import verify as verifying

    differences = verifying(galley_of(find_issue(issue, Path.cwd())))
    for difference in differences:
        say(difference)
    if not differences:
        say("The same, byte for byte, as what was handed over.")
    ctx.exit(1 if differences else 0)

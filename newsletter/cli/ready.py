"""The check that comes before anything goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newsletter.cli.output import say_all

if TYPE_CHECKING:
    from newsletter.checks.report import Report
    from newsletter.manifest import IssueFolder


def ready_report(folder: IssueFolder) -> Report:
    """Check the issue in ``folder``, and return its report.

    If errors must be fixed, print them, and end the command with status 1.
    """
    from newsletter.checks.formats import text_of
    from newsletter.checks.galley import galley_of
    from newsletter.checks.preflight import preflight

    report = preflight(galley_of(folder))
    if not report.is_ready:
        say_all(text_of("terminal", [report]), err=True)
        click.get_current_context().exit(1)
    return report

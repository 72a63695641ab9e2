"""``newsletter explain``: the manual of the checks."""

from __future__ import annotations

import click

from newsletter.checks import manual
from newsletter.cli.output import say, write_out

_HOW = {"network": "only with --online", "spamassassin": "only with --spam"}
"""How a rule is run that needs something more than the issue, by what it needs."""


@click.command()
@click.argument("rule", required=False)
@click.option(
    "--all", "all_rules", is_flag=True, help="Print the manual of all rules, as one Markdown page."
)
def explain(rule: str | None, all_rules: bool) -> None:
    """Say what RULE of 'newsletter check' is about.

    The manual says what the rule does and why it matters, with a wrong example and a right one.
    Without a RULE, list all rules.
    """
    if rule and all_rules:
        raise click.UsageError("Name a rule or use --all, not both.")

    names = manual.names()
    if all_rules:
        pages = [_page(name) for name in names]
        write_out("\n\n".join(["# The rules of newsletter check", *pages]))
    elif rule is None:
        _list_rules()
    elif rule in names:
        write_out(_page(rule))
    else:
        raise click.UsageError(f"There is no rule '{rule}'. {manual.suggestion(rule)}")


def _list_rules() -> None:
    """Print each rule with what it is about."""
    names = manual.names()
    width = max(map(len, names))
    for name in names:
        summary = manual.page(name).summary
        say(f"{name:<{width}}  {summary}")


def _page(name: str) -> str:
    """Return the manual of a rule, in Markdown."""
    page = manual.page(name)
    kinds = " or ".join(page.severities)
    if len(page.severities) > 2:
        *others, last = page.severities
        kinds = f"{', '.join(others)} or {last}"

    kinds = kinds.capitalize()
    if page.needs:
        kinds += f"; {_HOW[page.needs]}"
    return f"## {name}\n\n{page.summary} ({kinds}.)\n\n{page.text}"

"""``newsletter explain``: the manual of the checks."""

from __future__ import annotations

import click

from newsletter.checks import manual
from newsletter.cli.output import say, write_out

_HOW = {"network": "only with --online", "spamassassin": "only with --spam"}


@click.command()
@click.argument("rule", required=False)
@click.option(
    "--all", "all_rules", is_flag=True, help="Print the manual of all rules, as one Markdown page."
)
def explain(rule: str | None, all_rules: bool) -> None:
    """Say what RULE of 'newsletter check' is about: what it does, why it matters, a wrong example and a right one.
    Without a RULE, list all rules.
    """
    if rule and all_rules:
        raise click.UsageError("Name a rule or use --all, not both.")
    if all_rules:
        write_out(
            "# The rules of newsletter check\n\n"
            + "\n\n".join(_page(name) for name in manual.names())
        )
    elif rule is None:
        width = max(map(len, manual.names()))
        for name in manual.names():
            say(f"{name:<{width}}  {manual.page(name).summary}")
    elif rule in manual.names():
        write_out(_page(rule))
    else:
        raise click.UsageError(f"There is no rule '{rule}'. {manual.suggestion(rule)}")


def _page(name: str) -> str:
    page = manual.page(name)
    *others, last = page.severities
    kinds = f"{', '.join(others)} or {last}" if others else last
    how = f"; {_HOW[page.needs]}" if page.needs else ""
    return f"## {name}\n\n{page.summary} ({kinds.capitalize()}{how}.)\n\n{page.text}"

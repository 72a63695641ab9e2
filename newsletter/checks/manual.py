"""The manual of rules: one file for each rule, whose docstring is its manual page.

A rule ``rules/two_words.py`` is called ``two-words``. It has ``SEVERITIES``, which lists the severities of
its findings, worst first, and ``check(galley)``, which yields the findings. A rule that needs something that may be
missing names it in ``NEEDS`` ("network" or "spamassassin"), and runs only when it is asked for.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, Protocol, cast

from newsletter.checks import rules
from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity

REPORT_IT = (
    "This is a fault in the program, not in your issue: please report it, and attach the issue."
)
"""The hint where an editor cannot fix it."""


class Rule(Protocol):
    """What a module in ``rules/`` has."""

    __doc__: str
    SEVERITIES: tuple[Severity, ...]

    @staticmethod
    def check(galley: Galley) -> Iterator[Finding]:
        """Yield what is wrong, in any order."""


class Manual(NamedTuple):
    """A rule's manual page: one line that says what is wrong, and the rest, in Markdown."""

    summary: str
    text: str

    @property
    def why(self) -> str:
        """Why it matters, on one line."""
        found = re.search(r"^Why it matters: (.+?)(?:\n\n|\Z)", self.text, re.DOTALL | re.MULTILINE)
        return " ".join(found[1].split()) if found else ""


@cache
def names() -> tuple[str, ...]:
    """Return the names of all rules, in alphabetical order."""
    return tuple(sorted(module.name.replace("_", "-") for module in iter_modules(rules.__path__)))


def rule(name: str) -> Rule:
    """Return the rule of this name. Raise KeyError if it does not exist."""
    if name not in names():
        raise KeyError(name)
    return cast("Rule", import_module(f"newsletter.checks.rules.{name.replace('-', '_')}"))


def suggestion(name: str) -> str:
    """Return a hint for a name that no rule has."""
    near = difflib.get_close_matches(name, names(), n=1)
    return f"Did you mean '{near[0]}'?" if near else "'newsletter explain' lists the rules."


def needs(name: str) -> str | None:
    """Return what a rule needs that may be missing, such as the network; None if it needs nothing."""
    needed: str | None = getattr(rule(name), "NEEDS", None)
    return needed


def page(name: str) -> Manual:
    """Return the manual page of a rule."""
    summary, _, text = rule(name).__doc__.strip().partition("\n")
    return Manual(summary, text.strip())

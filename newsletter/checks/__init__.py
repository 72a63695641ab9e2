"""The checks: one file for each rule, whose docstring is its manual page.

A rule ``newsletter/checks/two_words.py`` is called ``two-words``. It has ``SEVERITIES``, those that its findings can
have, the worst first, and ``check(galley)``, which yields the findings. A rule that needs what is not always there
names it in ``NEEDS``: "network" or "spamassassin"; such a rule runs only when it is asked for.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, Protocol, cast

from newsletter.galley import Galley
from newsletter.model import Finding, Severity

REPORT_IT = "That is a fault of this program, not of yours: report it, with the issue."
"""What to do where an editor can do nothing."""


class Rule(Protocol):
    """What a module in this folder has."""

    __doc__: str
    SEVERITIES: tuple[Severity, ...]

    @staticmethod
    def check(galley: Galley) -> Iterator[Finding]:
        """What is wrong, in any order."""


class Manual(NamedTuple):
    """A rule's manual page: what is wrong, in one line, and the rest of it, in Markdown."""

    summary: str
    text: str

    @property
    def why(self) -> str:
        """Why it matters, on one line."""
        told = re.search(r"^Why it matters: (.+?)(?:\n\n|\Z)", self.text, re.DOTALL | re.MULTILINE)
        return " ".join(told[1].split()) if told else ""


@cache
def names() -> tuple[str, ...]:
    """The names of all rules, in alphabetical order."""
    return tuple(sorted(module.name.replace("_", "-") for module in iter_modules(__path__)))


def rule(name: str) -> Rule:
    """The rule of this name. Raises KeyError if there is none."""
    if name not in names():
        raise KeyError(name)
    return cast("Rule", import_module(f"newsletter.checks.{name.replace('-', '_')}"))


def suggestion(name: str) -> str:
    """What is said of a name that no rule has."""
    near = difflib.get_close_matches(name, names(), n=1)
    return f"Did you mean '{near[0]}'?" if near else "'newsletter explain' lists the rules."


def needs(name: str) -> str | None:
    """What a rule needs that is not always there."""
    needed: str | None = getattr(rule(name), "NEEDS", None)
    return needed


def manual(name: str) -> Manual:
    """The manual page of a rule."""
    summary, _, text = rule(name).__doc__.strip().partition("\n")
    return Manual(summary, text.strip())

"""The manual of rules: one file for each rule, whose docstring is its manual page.

A rule ``rules/two_words.py`` is called ``two-words``. Another distribution can add rules: through
the entry point group ``newsletter.checks``, each with the name that people type. ``Rule`` says what
a rule has.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from newsletter.checks import rules
from newsletter.plugins import Plugin, found, require_own_names

if TYPE_CHECKING:  # to know the rules' names takes no model
    from newsletter.checks.galley import Galley
    from newsletter.checks.report import Report
    from newsletter.model import Finding, Severity

GROUP = "newsletter.checks"
"""The group of entry points for rules of other distributions."""
NEEDS = ("network", "spamassassin")
"""What a rule can need that may be missing."""
ABOUT = ("manuscript", "email", "html")
"""What a rule can be about: what editors write, the finished email, or the HTML part of that."""
_WHY = re.compile(r"^Why it matters: (.+?)(?:\n\n|\Z)", re.DOTALL | re.MULTILINE)
REPORT_IT = (
    "This is a fault in the program, not in your issue: please report it, and attach the issue."
)
"""The hint where an editor cannot fix it."""


class Rule(Protocol):
    """What a rule's module has.

    It may have three names more. ``ABOUT`` is one of those above. A rule about the manuscript, as
    all are that do not say, runs once, on the issue in its leading format; one about the email runs
    for each format, one about HTML for each that has HTML. ``NEEDS`` is one of those above: the
    rule then runs only when it is asked for. ``after(report)`` yields findings about the report on
    what all rules found.
    """

    __doc__: str
    SEVERITIES: tuple[Severity, ...]
    """The severities of its findings, worst first."""

    @property
    def check(self) -> Callable[[Galley], Iterator[Finding]]:
        """A function that yields what is wrong, in any order."""


class Page(NamedTuple):
    """The manual page of a rule."""

    summary: str
    """One line that says what is wrong."""
    text: str
    """The rest, in Markdown."""
    severities: tuple[Severity, ...]
    needs: str | None

    @property
    def why(self) -> str:
        """Why it matters, on one line."""
        match = _WHY.search(self.text)
        if match is None:
            return ""
        return " ".join(match[1].split())


def names() -> tuple[str, ...]:
    """Return the names of all rules, in alphabetical order."""
    ours = _own_files()
    installed = found(GROUP)
    return tuple(sorted({*ours, *installed}))


def require_unique_names() -> None:
    """Raise PluginError if a rule that was installed has the name of another one."""
    require_own_names(GROUP, _own_files())


def rule(name: str) -> Rule:
    """Return the rule of this name.

    Raise KeyError if there is none, and PluginError if it cannot be used.
    """
    file = _own_files().get(name)
    if file is None:
        return _installed(name)

    module = import_module(f"{rules.__name__}.{file.stem}")
    return cast("Rule", module)


def page(name: str) -> Page:
    """Return the manual page of a rule.

    Raise KeyError if there is none, and PluginError if it cannot be read.
    """
    file = _own_files().get(name)
    if file:
        return _page_in(file)

    installed = _installed(name)
    return _page(installed.__doc__, installed.SEVERITIES, installed.NEEDS)


def why(name: str) -> str:
    """Return why a rule matters; nothing for what is no rule, such as "manifest" and "theme"."""
    if name not in names():
        return ""
    return page(name).why


def suggestion(name: str) -> str:
    """Return a hint for a name that no rule has."""
    similar = difflib.get_close_matches(name, names(), n=1)
    if similar:
        return f"Did you mean '{similar[0]}'?"
    return "'newsletter explain' lists the rules."


@cache
def _own_files() -> dict[str, Path]:
    """Return the file of each rule of ours, by the rule's name."""
    files: dict[str, Path] = {}
    folder = Path(rules.__path__[0])
    for path in folder.glob("[!_]*.py"):
        name = path.stem.replace("_", "-")
        files[name] = path
    return files


@cache
def _page_in(file: Path) -> Page:
    """Return the manual page in a rule's file.

    The file is not imported: to import all rules takes ten times as long.
    """
    import ast

    # Two blank lines come before the first function, and all that is declared stands above it.
    head = file.read_text("utf-8").partition("\n\n\n")[0]
    tree = ast.parse(head)
    declared: dict[str, Any] = {}
    for node in tree.body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(name)], value=value)
                | ast.AnnAssign(target=ast.Name(name), value=ast.expr() as value)
            ) if name in ("SEVERITIES", "NEEDS"):
                declared[name] = ast.literal_eval(value)

    docstring = ast.get_docstring(tree, clean=False) or ""
    return _page(docstring, declared["SEVERITIES"], declared.get("NEEDS"))


def _page(docstring: str, severities: tuple[Severity, ...], needs: str | None) -> Page:
    whole = docstring.strip()
    summary, _, text = whole.partition("\n")
    return Page(summary, text.strip(), severities, needs)


def _installed(name: str) -> _InstalledRule:
    plugin = found(GROUP)[name]
    return _InstalledRule(plugin)


class _InstalledRule:
    """A rule of another distribution. If it fails, the error names the distribution."""

    def __init__(self, plugin: Plugin) -> None:
        module = plugin.load()
        for name in ("__doc__", "SEVERITIES", "check"):
            if not getattr(module, name, None):
                raise plugin.error(f"has no '{name}'")

        self._plugin = plugin
        self._module = module
        self.__doc__: str = module.__doc__ or ""
        self.SEVERITIES: tuple[Severity, ...] = tuple(module.SEVERITIES)
        self.NEEDS: str | None = getattr(module, "NEEDS", None)
        if self.NEEDS not in (None, *NEEDS):
            raise plugin.error(f"needs '{self.NEEDS}', which is not known here")

        self.ABOUT: str = getattr(module, "ABOUT", "manuscript")
        if self.ABOUT not in ABOUT:
            raise plugin.error(f"is about '{self.ABOUT}', which is not known here")

    def check(self, galley: Galley) -> Iterator[Finding]:
        return self._run(self._module.check, galley)

    def after(self, report: Report) -> Iterator[Finding]:
        if hasattr(self._module, "after"):
            yield from self._run(self._module.after, report)

    def _run(self, function: Callable[[Any], Iterable[Any]], about: Any) -> Iterator[Finding]:
        from newsletter.model import Finding

        try:
            findings = list(function(about))
        except Exception as error:
            raise self._plugin.failure("failed", error) from error

        for finding in findings:
            if not isinstance(finding, Finding):
                raise self._plugin.error(f"reports a {type(finding).__name__}, not a finding")
            yield finding

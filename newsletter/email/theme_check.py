"""Check a theme: its own files, and the names that its templates use."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2.meta import find_undeclared_variables

from newsletter.email.templating import VALUES, html_environment, text_environment
from newsletter.errors import ThemeError
from newsletter.problem import Problem
from newsletter.theme import Theme, compile_theme
from newsletter.theme.folder import TEMPLATE, TEXT_TEMPLATE, ThemeFolder
from newsletter.theme.linting import lint
from newsletter.theme.tokens import TokenisedTemplate, tokenise

_OWN_TO_PYTHON = re.compile(r"__\w+?__")


def check_theme(name: str, templates: Path) -> list[Problem]:
    """Return the problems of the theme ``templates/name``, in the order of their places; none if it is sound."""
    try:
        return lint(ThemeFolder.find(name, templates)) or _unknown_names(
            compile_theme(name, templates)
        )
    except ThemeError as error:
        return list(error.problems)


def _unknown_names(theme: Theme) -> list[Problem]:
    """Return a problem for each name in the templates that is neither a value (templating.py) nor set there, and for
    each unknown filter.
    """
    problems = set[Problem]()
    for name, environment in (
        (TEMPLATE, html_environment(theme)),
        (TEXT_TEMPLATE, text_environment(theme)),
    ):
        template = tokenise(theme.folder, name)
        problems.update(_for_programs(template))
        tree = environment.parse(template.restore(template.text))
        unknown = {
            *_not_in(environment.filters, tree.find_all(jinja2.nodes.Filter)),
            *_not_in(environment.tests, tree.find_all(jinja2.nodes.Test)),
        }
        for used, known in unknown:
            problems.add(
                _unknown(template, rf"(?:\||\b(?:is|not|filter)\b)\s*{used}\b", used, known)
            )
        if unknown:  # Jinja2 looks no further
            continue
        set_there = {
            found.name for found in tree.find_all(jinja2.nodes.Name) if found.ctx == "store"
        }
        for value in find_undeclared_variables(tree) - {*VALUES, *environment.globals, *set_there}:
            problems.add(_unknown(template, rf"\b{value}\b", value, VALUES))
    return sorted(problems, key=Problem.sort_key)


def _not_in(
    known: Mapping[str, object], used: Iterable[Any]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of each filter or test that is used and not known, with those that are."""
    return ((node.name, tuple(known)) for node in used if node.name not in known)


def _for_programs(template: TokenisedTemplate) -> Iterator[Problem]:
    """Yield a problem for each name such as ``__class__``: a template could use it to try to leave its sandbox."""
    for tag in template.tags.values():
        for name in _OWN_TO_PYTHON.findall(tag.source):
            hint = "Delete the tag. If the theme is not your own, ask its author what this is for."
            yield Problem(
                tag.path,
                tag.line,
                f"'{name}' is one of Python's own names, which no theme needs.",
                hint,
            )


def _unknown(template: TokenisedTemplate, pattern: str, name: str, known: Iterable[str]) -> Problem:
    tag = next(tag for tag in template.tags.values() if re.search(pattern, tag.source))
    near = difflib.get_close_matches(name, known, n=1)
    hint = (
        f"Did you mean '{near[0]}'?"
        if near
        else "newsletter/templating.py lists what templates can use."
    )
    return Problem(tag.path, tag.line, f"Templates have no '{name}'.", hint)

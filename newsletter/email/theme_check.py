"""Check a theme: its own files, and the names that its templates use."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import jinja2
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from newsletter.email.rendering import render
from newsletter.email.template_values import VALUES
from newsletter.email.templating import html_environment, text_environment
from newsletter.errors import ThemeError
from newsletter.model import Format, Issue, News, Publication, Section
from newsletter.problem import Problem
from newsletter.theme import Theme, compile_theme
from newsletter.theme.folder import TEMPLATE, TEXT_TEMPLATE, ThemeFolder
from newsletter.theme.linting import lint
from newsletter.theme.tokens import TokenisedTemplate, tokenise

_OWN_TO_PYTHON = re.compile(r"__\w+?__")
_TEASER = "teaser-of-a-trial"
"""A word that no template has."""
_A_MONDAY = date(2000, 1, 3)


def check_theme(name: str, templates: Path) -> list[Problem]:
    """Return the problems of the theme ``templates/name``, in the order of their places; none if it
    is sound.
    """
    try:
        problems = lint(ThemeFolder.find(name, templates))
        if not problems:
            problems = _unknown_names(compile_theme(name, templates))
    except ThemeError as error:
        return list(error.problems)
    return problems


def templates_without_headlines(theme: Theme, publication: Publication) -> list[str]:
    """Return the names of the theme's templates that show teasers among headlines, since they never
    ask what ``shows`` is.

    Raise ThemeError as ``render`` does.
    """
    story = News(title="Title", teaser=_TEASER)
    section = Section(kind="news", items=(story,))
    issue = Issue(
        publication=publication,
        number="1",
        date=_A_MONDAY,
        preheader=publication.name,
        sections=(section,),
    )
    email = render(issue, theme, Format(name="headlines", shows="headlines"))
    parts = {TEMPLATE: email.html, TEXT_TEMPLATE: email.text}
    return [name for name, part in parts.items() if _TEASER in part]


def _unknown_names(theme: Theme) -> list[Problem]:
    """Return a problem for each name in the templates that is neither a value (templating.py) nor
    set there, and for each unknown filter.
    """
    environments = {TEMPLATE: html_environment(theme), TEXT_TEMPLATE: text_environment(theme)}
    problems: set[Problem] = set()
    for name, environment in environments.items():
        template = tokenise(theme.folder, name)
        problems.update(_own_to_python(template))

        tree = environment.parse(template.restore(template.text))
        unknown = list(_unknown_filters(template, tree, environment))
        if not unknown:  # otherwise Jinja2 looks no further
            unknown = list(_unknown_values(template, tree, environment))
        problems.update(unknown)
    return sorted(problems, key=Problem.sort_key)


def _own_to_python(template: TokenisedTemplate) -> Iterator[Problem]:
    """Yield a problem for each name such as ``__class__``: a template could use it to try to leave
    its sandbox.
    """
    hint = "Delete the tag. If the theme is not your own, ask its author what this is for."
    for tag in template.tags.values():
        for name in _OWN_TO_PYTHON.findall(tag.source):
            message = f"'{name}' is one of Python's own names, which no theme needs."
            yield Problem(tag.path, tag.line, message, hint)


def _unknown_filters(
    template: TokenisedTemplate, tree: nodes.Template, environment: jinja2.Environment
) -> Iterator[Problem]:
    """Yield a problem for each filter, and each test, that templates do not have."""
    known_of = {nodes.Filter: environment.filters, nodes.Test: environment.tests}
    for kind, known in known_of.items():
        for node in tree.find_all(kind):
            if node.name not in known:
                pattern = rf"(?:\||\b(?:is|not|filter)\b)\s*{node.name}\b"
                yield _unknown(template, pattern, node.name, known)


def _unknown_values(
    template: TokenisedTemplate, tree: nodes.Template, environment: jinja2.Environment
) -> Iterator[Problem]:
    """Yield a problem for each name that is neither a value nor set in the template."""
    known = {*VALUES, *environment.globals}
    for node in tree.find_all(nodes.Name):
        if node.ctx == "store":  # the template sets it
            known.add(node.name)
    for name in find_undeclared_variables(tree) - known:
        yield _unknown(template, rf"\b{name}\b", name, VALUES)


def _unknown(template: TokenisedTemplate, pattern: str, name: str, known: Iterable[str]) -> Problem:
    tag = next(tag for tag in template.tags.values() if re.search(pattern, tag.source))
    hint = "newsletter/email/templating.py lists what templates can use."
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        hint = f"Did you mean '{near[0]}'?"
    return Problem(tag.path, tag.line, f"Templates have no '{name}'.", hint)

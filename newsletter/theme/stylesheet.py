"""A theme's CSS, split into what is inlined, what stays in the head, and its dark rules.

A theme names its colours once, in palette.css, for light and for dark, and uses them as
``var(--name)``. Mail clients know no variables (caniemail: css-variables), so they are replaced by
their values here, and every rule that uses a colour gets its dark partner: under
``prefers-color-scheme: dark`` (Apple Mail, Thunderbird, Samsung), and under ``[data-ogsc]`` and
``[data-ogsb]``, with which Outlook.com marks what it recolours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import cssselect
import tinycss2
from tinycss2.ast import AtRule, Declaration, QualifiedRule

from newsletter.errors import ThemeError
from newsletter.theme.css import declarations, is_colour, rules, rules_within, value_of
from newsletter.theme.palette import Palette

_NOT_INLINED = re.compile(r"[:\[]")
"""What marks a selector of pseudo-classes or attributes: its rule stays in the head."""
_WHITE_SPACE = re.compile(r"\s+")
_AROUND_MARKS = re.compile(r"\s*([{};,>])\s*")


@dataclass
class Stylesheet:
    """The parts of a theme's CSS, ready for use."""

    inlined: str = ""
    """Rules on tags and classes, light scheme, for premailer."""
    head: list[str] = field(default_factory=list)
    """What cannot be inlined (media queries, pseudo-classes) and the dark scheme, each for its own
    style tag in the head: a client that cannot read one of them, and drops it, keeps the others."""
    dark_selectors: dict[str, list[str]] = field(default_factory=dict)
    """Each property that the dark scheme changes, with the selectors of the inlined rules."""
    selectors: list[tuple[str, int]] = field(default_factory=list)
    """Every selector of the inlined rules, one by one, with its line."""
    fixed_colours: list[tuple[str, int]] = field(default_factory=list)
    """Every colour that has no partner in the dark scheme, with its line."""


class _DarkRule(NamedTuple):
    """A declaration that holds in the dark scheme, and the selectors for which it does."""

    name: str
    value: str
    is_same: bool
    """Whether it holds in the light scheme too."""
    selectors: list[str]


def read_stylesheet(path: Path, css: str, palette: Palette) -> Stylesheet:
    """Return the parts of a style.css. Raise ThemeError with the line of a fault."""
    return _Splitter(path, palette).split(css)


class _Splitter:
    """Splits the rules of one style.css."""

    def __init__(self, path: Path, palette: Palette) -> None:
        self.path = path
        self.palette = palette
        self.sheet = Stylesheet()
        self.inlined: list[str] = []
        self.kept: list[str] = []
        self.dark: dict[tuple[str, str, bool], _DarkRule] = {}

    def split(self, css: str) -> Stylesheet:
        for rule in rules(self.path, css):
            if isinstance(rule, AtRule):
                self._keep(rule)
            else:
                self._split_rule(rule)

        self.sheet.inlined = "\n".join(self.inlined)
        self.sheet.head = [":root{color-scheme:light dark}", *self.kept]
        if self.dark:
            self.sheet.head += _dark_css(list(self.dark.values()))
        return self.sheet

    def _keep(self, rule: AtRule) -> None:
        """Keep an at-rule for the head."""
        colours = _colours_in_at_rule(self.path, rule)
        self.sheet.fixed_colours += colours
        resolved = self.palette.resolve(rule.serialize(), self.path, rule.source_line)
        self.kept.append(compact(resolved))

    def _split_rule(self, rule: QualifiedRule) -> None:
        selector = _selector(self.path, rule)
        is_inlined = not _NOT_INLINED.search(selector)

        light = []
        for declaration in declarations(self.path, rule):
            self.sheet.fixed_colours += _colours(declaration)
            light.append(self._light(declaration))
            if "var(" not in value_of(declaration):
                continue

            self._add_dark(declaration, selector)
            if is_inlined:
                selectors = self.sheet.dark_selectors.setdefault(declaration.name, [])
                selectors.append(selector)

        css = f"{selector}{{{';'.join(light)}}}"
        if not is_inlined:
            self.kept.append(css)
            return
        self.inlined.append(css)
        for part in selector.split(","):
            self.sheet.selectors.append((part, rule.source_line))

    def _light(self, declaration: Declaration) -> str:
        """Return a declaration with its colours of the light scheme."""
        value = self._resolve(declaration)
        important = "!important" if declaration.important else ""
        return f"{declaration.name}:{value}{important}"

    def _resolve(self, declaration: Declaration, *, dark: bool = False) -> str:
        """Return the value of a declaration with its colours of one scheme."""
        value = value_of(declaration)
        line = declaration.source_line
        return self.palette.resolve(value, self.path, line, dark=dark)

    def _add_dark(self, declaration: Declaration, selector: str) -> None:
        """Add a selector to the dark partner of a declaration."""
        value = self._resolve(declaration, dark=True)
        name = declaration.name
        is_same = value == self._resolve(declaration)
        new = _DarkRule(name, value, is_same, [])
        partner = self.dark.setdefault((name, value, is_same), new)
        partner.selectors.append(selector)


def _dark_css(dark: list[_DarkRule]) -> Iterator[str]:
    """Yield the dark rules twice: for clients that follow the reader's scheme, for Outlook.com.

    Only that one changes colours by itself, so that it needs to be told those which stay the same.
    """
    by_scheme, for_outlook = [], []
    for name, value, is_same, selectors in dark:
        declared = f"{name}:{value}!important"
        if not is_same:
            by_scheme.append(f"{','.join(selectors)}{{{declared}}}")

        mark = "[data-ogsb]" if name.startswith("background") else "[data-ogsc]"
        marked = [f"{mark} {part}" for part in ",".join(selectors).split(",")]
        for_outlook.append(f"{','.join(marked)}{{{declared}}}")

    yield "@media (prefers-color-scheme:dark){\n" + "\n".join(by_scheme) + "\n}"
    yield "\n".join(for_outlook)


def _selector(path: Path, rule: QualifiedRule) -> str:
    """Return the selector of a rule. Raise ThemeError if it is none."""
    selector = compact(tinycss2.serialize(rule.prelude))
    try:
        cssselect.parse(selector)
    except cssselect.SelectorError as error:
        message = f"CSS: '{selector}' is not a selector ({error})."
        hint = "Compare it with the rules around it."
        raise ThemeError.at(path, rule.source_line, message, hint) from error
    return selector


def _colours(declaration: Declaration) -> Iterator[tuple[str, int]]:
    """Yield the colours that are written out in a declaration, each with its line."""
    for token in declaration.value:
        if is_colour(token):
            yield token.serialize(), token.source_line


def _colours_in_at_rule(path: Path, rule: AtRule) -> Iterator[tuple[str, int]]:
    """Yield all colours of, say, a media query, each with its line; also those of the palette.

    The rule is copied into the head unchanged, so they are the same in the dark scheme.
    """
    for inner in rules_within(rule):
        for declaration in declarations(path, inner):
            yield from _colours(declaration)
            value = value_of(declaration)
            if "var(" in value:
                yield value, declaration.source_line


def compact(css: str) -> str:
    """Return CSS without the white space that does not matter."""
    css = _WHITE_SPACE.sub(" ", css)
    return _AROUND_MARKS.sub(r"\1", css).replace(";}", "}").strip()

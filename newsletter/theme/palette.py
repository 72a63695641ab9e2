"""A theme's colours by name, in light and in dark: its palette.css, over the default theme's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tinycss2
from tinycss2 import color3
from tinycss2.ast import QualifiedRule

from newsletter.errors import ThemeError
from newsletter.problem import Problem
from newsletter.text.printable import printable
from newsletter.theme.css import declarations, rules, rules_within, value_of

_VARIABLE = re.compile(r"var\(\s*--([\w-]+)\s*(?:,[^)]*)?\)")
_COLOUR_FUNCTION = re.compile(r"(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)[\w-]*\(", re.IGNORECASE)
_HOW_TO_WRITE = "Write it as #1b2a3c, or as a name such as navy."


@dataclass(frozen=True)
class Palette:
    """Name to colour, in the light and in the dark scheme.

    A colour without a dark value stays as it is.
    """

    light: dict[str, str]
    dark: dict[str, str]

    def resolve(self, text: str, path: Path, line: int, *, dark: bool = False) -> str:
        """Return the text with each ``var(--name)`` replaced by its colour.

        Raise ThemeError if palette.css does not have a name; ``path`` and ``line`` say where the
        text begins.
        """
        colours = self.light | self.dark if dark else self.light

        def colour(match: re.Match[str]) -> str:
            name = match[1]
            if name not in self.light:
                line_of_name = line + text.count("\n", 0, match.start())
                message = f"There is no colour '{name}' in palette.css."
                hint = f"Use one of: {', '.join(sorted(self.light))}."
                raise ThemeError.at(path, line_of_name, message, hint)
            return colours[name]

        return _VARIABLE.sub(colour, text)


def read_palette(files: list[tuple[Path, str]]) -> Palette:
    """Return the colours of palette.css files; a later file overrides an earlier one.

    Raise ThemeError for each value that is not a colour which every mail client knows: it would be
    copied into every place that uses it, whatever it is.
    """
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    problems: list[Problem] = []
    for path, css in files:
        for rule, is_dark in _palette_rules(path, css):
            problems += _problems(path, rule)
            colours = dark if is_dark else light
            colours |= _colours(path, rule)

    if problems:
        raise ThemeError(problems)
    return Palette(light, dark)


def colour_names(path: Path, css: str) -> Iterator[tuple[str, int]]:
    """Yield each name that a palette.css gives a colour, such as ``--ink``, with its line."""
    for rule, _ in _palette_rules(path, css):
        for declaration in declarations(path, rule):
            yield declaration.name, declaration.source_line


def _palette_rules(path: Path, css: str) -> Iterator[tuple[QualifiedRule, bool]]:
    """Yield each rule of a palette.css, and whether it is for the dark scheme."""
    for rule in rules(path, css):
        if isinstance(rule, QualifiedRule):
            yield rule, False
        elif "dark" in tinycss2.serialize(rule.prelude):
            for inner in rules_within(rule):
                yield inner, True


def _colours(path: Path, rule: QualifiedRule) -> dict[str, str]:
    """Return the colours that a rule of palette.css names, without the hyphens before a name."""
    colours: dict[str, str] = {}
    for declaration in declarations(path, rule):
        colours[declaration.name[2:]] = _without_function(value_of(declaration))
    return colours


def _without_function(value: str) -> str:
    """Return a colour without ``rgb(…)``: Gmail drops a style element that has one with spaces."""
    if "(" in value and _is_safe(value):
        return _hex(color3.parse_color(value))
    return value


def _problems(path: Path, rule: QualifiedRule) -> Iterator[Problem]:
    """Yield a problem for each declaration of palette.css that does not name a colour."""
    for declaration in declarations(path, rule):
        name, value, line = declaration.name, value_of(declaration), declaration.source_line
        if not name.startswith("--"):
            hint = f"Write --{name.lstrip('-')}, with two hyphens before it."
            yield Problem(path, line, f"'{name}' is not the name of a colour.", hint)
        elif not _is_safe(value):
            reason, hint = _why_not_safe(name, value)
            yield Problem(path, line, f"{name}: {reason}", hint)


def _is_safe(value: str) -> bool:
    """Return whether a value is a colour in a form that every mail client knows.

    Such a form is #1b2a3c, rgb(…) without transparency, or a name (caniemail: css-rgba,
    css-modern-color). The program has no figures for hsl(…).
    """
    if not _is_css_colour(value):
        return False
    return "(" not in value or value.lower().startswith("rgb(")


def _is_css_colour(value: str) -> bool:
    colour = color3.parse_color(value)
    return isinstance(colour, color3.RGBA)


def _why_not_safe(name: str, value: str) -> tuple[str, str]:
    """Return what is wrong with the value of a name, which is no safe colour, and what to do."""
    first_line, line_break, _ = value.partition("\n")
    if line_break and _is_css_colour(first_line):
        hint = f"Write {name}: {first_line.strip()};"
        return "a semicolon is missing at the end.", hint

    if _is_css_colour(f"#{value}"):
        return f"'{value}' is not a colour: its # is missing.", f"Write #{value}."

    quoted = f"'{printable(value)}'"
    if _COLOUR_FUNCTION.match(value):
        return f"{quoted} is not a colour that every mail client knows.", _as_hex(value)
    return f"{quoted} is not a colour.", _HOW_TO_WRITE


def _as_hex(value: str) -> str:
    """Return a hint: the same colour in a form that every mail client knows, if there is one."""
    colour = color3.parse_color(value)
    if not isinstance(colour, color3.RGBA):
        return _HOW_TO_WRITE

    if colour.alpha < 1:
        what_to_write = "Write the colour that readers are to see"
        return f"{what_to_write}, not how much shines through it, as in #1b2a3c."

    return f"Write {_hex(colour)}."


def _hex(colour: color3.RGBA) -> str:
    red, green, blue = (round(part * 255) for part in colour[:3])
    return f"#{red:02x}{green:02x}{blue:02x}"

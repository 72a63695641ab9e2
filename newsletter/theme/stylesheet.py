"""A theme's CSS, split into what is inlined, what stays in the head, and what the dark scheme changes.

A theme names its colours once, in palette.css, for light and for dark, and uses them as ``var(--name)``. Mail clients
know no variables (caniemail: css-variables), so they are replaced by their values here, and every rule that uses a
colour gets its dark partner: under ``prefers-color-scheme: dark`` (Apple Mail, Thunderbird, Samsung), and under
``[data-ogsc]`` and ``[data-ogsb]``, with which Outlook.com marks what it recolours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cssselect
import tinycss2
from tinycss2 import color3
from tinycss2.ast import AtRule, Declaration, Node, ParseError, QualifiedRule

from newsletter.errors import ThemeError
from newsletter.problem import Problem
from newsletter.text.printable import printable

_FETCHING = ("url", "src", "image", "image-set", "expression")
"""Functions of CSS that fetch something, and the one with which old Outlooks run scripts."""
_COLOUR_FUNCTION = re.compile(r"(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)[\w-]*\(", re.IGNORECASE)
_VARIABLE = re.compile(r"var\(\s*--([\w-]+)\s*(?:,[^)]*)?\)")


@dataclass(frozen=True)
class Palette:
    """Name to colour, in the light and in the dark scheme; a colour without a dark value stays as it is."""

    light: dict[str, str]
    dark: dict[str, str]

    def resolve(self, text: str, path: Path, line: int, *, dark: bool = False) -> str:
        """Return the text with each ``var(--name)`` replaced. Raises ThemeError if palette.css does not have a name."""

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name not in self.light:
                place = line + text.count("\n", 0, match.start())
                hint = f"Use one of: {', '.join(sorted(self.light))}."
                raise ThemeError.at(
                    path, place, f"There is no colour '{name}' in palette.css.", hint
                )
            return self.dark.get(name, self.light[name]) if dark else self.light[name]

        return _VARIABLE.sub(value, text)


@dataclass
class Stylesheet:
    """The parts of a theme's CSS, ready for use."""

    inlined: str = ""
    """Rules on tags and classes, light scheme, for premailer."""
    head: list[str] = field(default_factory=list)
    """What cannot be inlined (media queries, pseudo-classes) and the dark scheme, each for its own style tag in the
    head: a client that cannot read one of them, and drops it, keeps the others."""
    dark_selectors: dict[str, list[str]] = field(default_factory=dict)
    """Each property that the dark scheme changes, with the selectors of the inlined rules concerned."""
    selectors: list[tuple[str, int]] = field(default_factory=list)
    """Every selector of the inlined rules, one by one, with its line."""
    fixed_colours: list[tuple[str, int]] = field(default_factory=list)
    """Every colour that has no partner in the dark scheme, with its line."""


def read_palette(files: list[tuple[Path, str]]) -> Palette:
    """Return the colours of palette.css files; a later file overrides single colours of an earlier one. Raises
    ThemeError for a value that is not a colour, or not one that every mail client knows: it would be copied into every
    place that uses it, whatever it is.
    """
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    problems: list[Problem] = []
    for path, css in files:
        for rule, is_dark in _palette_rules(path, css):
            named = dark if is_dark else light
            named |= _named_colours(path, rule, problems)
    if problems:
        raise ThemeError(problems)
    return Palette(light, dark)


def colour_names(path: Path, css: str) -> Iterator[tuple[str, int]]:
    """Yield each name that a palette.css gives a colour, such as ``--ink``, with its line."""
    for rule, _ in _palette_rules(path, css):
        for declaration in _declarations(path, rule):
            yield declaration.name, declaration.source_line


def _palette_rules(path: Path, css: str) -> Iterator[tuple[QualifiedRule, bool]]:
    """Yield each rule of a palette.css, and whether it is for the dark scheme."""
    for rule in _rules(path, css):
        if isinstance(rule, QualifiedRule):
            yield rule, False
        elif "dark" in tinycss2.serialize(rule.prelude):
            for inner in tinycss2.parse_blocks_contents(rule.content or [], True, True):
                if isinstance(inner, QualifiedRule):
                    yield inner, True


def read_stylesheet(path: Path, css: str, palette: Palette) -> Stylesheet:
    """Return the parts of a style.css. Raises ThemeError with the line of a fault."""
    sheet = Stylesheet()
    inlined: list[str] = []
    kept: list[str] = []
    dark: dict[str, list[str]] = {}
    for rule in _rules(path, css):
        if isinstance(rule, AtRule):
            sheet.fixed_colours.extend(_colours_in_at_rule(path, rule))
            kept.append(_compact(palette.resolve(rule.serialize(), path, rule.source_line)))
            continue
        selector = _selector(path, rule)
        is_inlined = not re.search(r"[:\[]", selector)
        light = []
        for declaration in _declarations(path, rule):
            sheet.fixed_colours.extend(_colours(declaration))
            value = tinycss2.serialize(declaration.value).strip()
            important = "!important" if declaration.important else ""
            light.append(
                f"{declaration.name}:{palette.resolve(value, path, declaration.source_line)}{important}"
            )
            if "var(" in value:
                changed = palette.resolve(value, path, declaration.source_line, dark=True)
                dark.setdefault(f"{declaration.name}:{changed}", []).append(selector)
                if is_inlined:
                    sheet.dark_selectors.setdefault(declaration.name, []).append(selector)
        if is_inlined:
            sheet.selectors.extend((part, rule.source_line) for part in selector.split(","))
        (inlined if is_inlined else kept).append(f"{selector}{{{';'.join(light)}}}")
    sheet.inlined = "\n".join(inlined)
    sheet.head = ["\n".join([":root{color-scheme:light dark}", *kept]), *_dark_css(dark)]
    return sheet


def _dark_css(changes: dict[str, list[str]]) -> Iterator[str]:
    """Yield the dark rules: once for clients that follow the reader's scheme, once for Outlook.com."""
    rules, outlook = [], []
    for change, selectors in changes.items():
        name, _, value = change.partition(":")
        text = f"{name}:{value}!important"
        if name in ("background", "background-color"):
            text = f"background:{value}!important;background-color:{value}!important"
        rules.append(f"{','.join(selectors)}{{{text}}}")
        mark = "[data-ogsb]" if name.startswith("background") else "[data-ogsc]"
        parts = [part for selector in selectors for part in selector.split(",")]
        outlook.append(f"{','.join(f'{mark} {part}' for part in parts)}{{{text}}}")
    if rules:
        yield "@media (prefers-color-scheme:dark){\n" + "\n".join(rules) + "\n}"
        yield "\n".join(outlook)


def _selector(path: Path, rule: QualifiedRule) -> str:
    selector = _compact(tinycss2.serialize(rule.prelude))
    try:
        cssselect.parse(selector)
    except cssselect.SelectorError as error:
        message = f"CSS: '{selector}' is not a selector ({error})."
        raise ThemeError.at(
            path, rule.source_line, message, "Compare it with the rules around it."
        ) from error
    return selector


def _colours(declaration: Declaration) -> Iterator[tuple[str, int]]:
    for token in declaration.value:
        if is_colour(token):
            yield token.serialize(), token.source_line


def _colours_in_at_rule(path: Path, rule: AtRule) -> Iterator[tuple[str, int]]:
    """Yield all colours of, say, a media query, also those of the palette: it is copied into the head unchanged, so
    they are the same in the dark scheme.
    """
    for inner in tinycss2.parse_blocks_contents(
        rule.content or [], skip_comments=True, skip_whitespace=True
    ):
        if isinstance(inner, QualifiedRule):
            for declaration in _declarations(path, inner):
                yield from _colours(declaration)
                if "var(" in tinycss2.serialize(declaration.value):
                    yield tinycss2.serialize(declaration.value).strip(), declaration.source_line


def is_colour(token: Node) -> bool:
    """Return whether a piece of a CSS value is a visible colour: red, #f00 or rgb(…), but not transparent."""
    colour = color3.parse_color(token)
    return isinstance(colour, color3.RGBA) and colour.alpha > 0


def _rules(path: Path, css: str) -> Iterator[QualifiedRule | AtRule]:
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if isinstance(rule, ParseError):
            raise ThemeError.at(
                path,
                rule.source_line,
                f"CSS: {rule.message.rstrip('.')}.",
                "Compare it with the rules around it.",
            )
        if isinstance(rule, AtRule) and rule.lower_at_keyword == "import":
            message = "Mail clients do not fetch style sheets."
            raise ThemeError.at(path, rule.source_line, message, "Write its rules here.")
        yield rule


def _declarations(path: Path, rule: QualifiedRule) -> Iterator[Declaration]:
    for part in tinycss2.parse_blocks_contents(
        rule.content, skip_comments=True, skip_whitespace=True
    ):
        if not isinstance(part, Declaration):
            message = getattr(part, "message", "this is not 'property: value'")
            raise ThemeError.at(
                path, part.source_line, f"CSS: {message.rstrip('.')}.", "Write 'property: value;'."
            )
        yield part


def _no_colour(name: str, value: str) -> tuple[str, str]:
    """Return what is wrong with a value of palette.css that is not a colour, and what to do."""
    first, line_break, _ = value.partition("\n")
    if line_break and isinstance(color3.parse_color(first), color3.RGBA):
        return f"{name}: a semicolon is missing at the end.", f"Write {name}: {first.strip()};"
    if isinstance(color3.parse_color(f"#{value}"), color3.RGBA):
        return f"{name}: '{value}' is not a colour: its # is missing.", f"Write #{value}."
    if _COLOUR_FUNCTION.match(value):
        return (
            f"{name}: '{printable(value)}' is not a colour that every mail client knows.",
            _as_hex(value),
        )
    return (
        f"{name}: '{printable(value)}' is not a colour.",
        "Write it as #1b2a3c, or as a name such as navy.",
    )


def _as_hex(value: str) -> str:
    """Return a hint: the same colour in a form that every mail client knows, if there is one."""
    colour = color3.parse_color(value)
    if not isinstance(colour, color3.RGBA):
        return "Write it as #1b2a3c, or as a name such as navy."
    if colour.alpha < 1:
        return "Write the colour that readers are to see, not how much shines through it, as in #1b2a3c."
    return f"Write #{''.join(f'{round(part * 255):02x}' for part in colour[:3])}."


def _is_safe(value: str) -> bool:
    """Return whether a value of palette.css is a colour in a form that every mail client knows: #1b2a3c, rgb(…) without
    transparency, or a name (caniemail: css-rgba, css-modern-color). The program has no figures for hsl(…).
    """
    is_colour_of_css = isinstance(color3.parse_color(value), color3.RGBA)
    return is_colour_of_css and ("(" not in value or value.lower().startswith("rgb("))


def _named_colours(path: Path, rule: QualifiedRule, problems: list[Problem]) -> dict[str, str]:
    """Return the colours that a rule of palette.css names; add a problem for each value that is not a colour."""
    named: dict[str, str] = {}
    for part in _declarations(path, rule):
        value = tinycss2.serialize(part.value).strip()
        if not part.name.startswith("--"):
            message, hint = (
                f"'{part.name}' is not the name of a colour.",
                f"Write --{part.name.lstrip('-')}, with two hyphens before it.",
            )
            problems.append(Problem(path, part.source_line, message, hint))
        elif not _is_safe(value):
            message, hint = _no_colour(part.name, value)
            problems.append(Problem(path, part.source_line, message, hint))
        named[part.name[2:]] = value
    return named


def fetched(path: Path, css: str) -> Iterator[tuple[str, int]]:
    """Yield what a mail program would fetch or run for a style sheet, such as ``url(…)``, each with its line."""
    for rule in _rules(path, css):
        yield from _fetched([*rule.prelude, *(rule.content or [])])


def _fetched(tokens: Iterable[Node]) -> Iterator[tuple[str, int]]:
    for token in tokens:
        if token.type == "url" or (token.type == "function" and token.lower_name in _FETCHING):
            yield printable(token.serialize()), token.source_line
        elif token.type == "at-keyword" and token.lower_value == "import":
            yield "@import", token.source_line
        else:
            yield from _fetched(
                getattr(token, "arguments", None) or getattr(token, "content", None) or ()
            )


def _compact(css: str) -> str:
    return re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"\s+", " ", css)).strip()

"""Which colours a reader sees: as much of the CSS cascade as decides on text and its background."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Any, Literal, NamedTuple
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2

from newsletter.markup.colour import Colour, contrast_ratio, laid_over
from newsletter.markup.css import Declaration
from newsletter.markup.document import Document

Scheme = Literal["light", "dark"]
_INLINE = (1, 0, 0, 0)
"""Specificity of a ``style`` attribute: above any selector (CSS Cascading 4, 6.1)."""
_SIZES = {
    "xx-small": 9,
    "x-small": 10,
    "small": 13,
    "medium": 16,
    "large": 18,
    "x-large": 24,
    "xx-large": 32,
}
_USUAL_SIZES = {
    "h1": 2.0,
    "h2": 1.5,
    "h3": 1.17,
    "h5": 0.83,
    "h6": 0.67,
    "small": 5 / 6,
    "sub": 5 / 6,
    "sup": 5 / 6,
}
"""What browsers multiply the size around it by (HTML Standard, 15.3)."""
_BOLD_TAGS = ("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6")
_LENGTH = re.compile(r"(\d*\.?\d+)(px|pt|em|rem|%)", re.IGNORECASE)
_POINT = 4 / 3
"""Pixels in a point (CSS Values 4, 6.2)."""
_NOT_A_SCREEN = re.compile("width|height|print|orientation|hover|resolution|moz|webkit")
"""Conditions that not every screen meets."""
_COLOUR_SCHEME = re.compile(r"prefers-color-scheme:\s*(\w+)")


class Shade(NamedTuple):
    """A piece of text with its colours. ``size`` is in pixels; ``is_bold`` from a weight of 700."""

    element: Element
    text: str
    colour: Colour
    background: Colour
    size: float
    is_bold: bool

    @property
    def contrast(self) -> float:
        """The contrast ratio, from 1 to 21."""
        return contrast_ratio(self.colour, self.background)

    @property
    def is_large(self) -> bool:
        """Whether it is large-scale text: 18 points, or 14 if bold (WCAG 2.2, "large scale")."""
        points = 14 if self.is_bold else 18
        return self.size >= points * _POINT


class _Look(NamedTuple):
    """What an element's text looks like, and what the elements in it inherit."""

    colour: Colour
    background: Colour
    size: float = 16.0
    is_bold: bool = False


_CANVAS = {
    "light": _Look((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
    "dark": _Look((1.0, 1.0, 1.0), (0.07, 0.07, 0.07)),
}
_LINK = {"light": (0.0, 0.0, 238 / 255), "dark": (158 / 255, 158 / 255, 1.0)}
"""What browsers give a link that has no colour of its own."""


def shades(document: Document, scheme: Scheme) -> Iterator[Shade]:
    """Yield every text that readers see, with its colours in one scheme."""
    looks = _looks(document, scheme)
    for element, text in document.texts():
        one_line = " ".join(text.split())
        yield Shade(element, one_line, *looks[element])


def _looks(document: Document, scheme: Scheme) -> dict[Element, _Look]:
    """Return how each element looks in one scheme."""
    matcher = _matcher(document, scheme)
    looks: dict[Element, _Look] = {}
    for wrapper in _wrappers(document):
        element = wrapper.etree_element
        around = looks[wrapper.parent.etree_element] if wrapper.parent else _CANVAS[scheme]
        declared = _in_order(matcher.match(wrapper), document.declarations(element))

        is_link = element.tag == "a" and "href" in element.attrib
        link = _LINK[scheme] if is_link else None
        looks[element] = _look(element.tag, link, element.get("bgcolor"), declared, around)
    return looks


@lru_cache(maxsize=2)
def _wrappers(document: Document) -> tuple[Any, ...]:
    """Return all elements in the form in which selectors are matched; one form for both schemes."""
    root = cssselect2.ElementWrapper.from_html_root(document.root)
    return tuple(root.iter_subtree())


# The declarations of an element


def _matcher(document: Document, scheme: Scheme) -> Any:
    """Return what finds the declarations that style sheets have for an element."""
    matcher = cssselect2.Matcher()
    for rule in document.rules:
        if not all(_applies(condition, scheme) for condition in rule.within):
            continue
        for selector in _selectors(rule.selector):
            for declaration in rule.declarations:
                matcher.add_selector(selector, declaration)
    return matcher


@lru_cache(maxsize=512)
def _selectors(text: str) -> tuple[Any, ...]:
    try:
        return tuple(cssselect2.compile_selector_list(text))
    except cssselect2.SelectorError:
        return ()


def _applies(condition: str, scheme: Scheme) -> bool:
    """Return whether an at-rule lets its rules apply on a screen of any size in this scheme."""
    condition = condition.lower()
    if not condition.startswith("@media"):
        return False

    schemes = _COLOUR_SCHEME.findall(condition)
    if schemes and scheme not in schemes:
        return False
    return not _NOT_A_SCREEN.search(condition)


def _in_order(
    matches: Iterable[tuple[Any, ...]], own: tuple[Declaration, ...]
) -> tuple[Declaration, ...]:
    """Return the declarations of an element, the one that wins last.

    ``matches`` are those of style sheets, ``own`` those of the element's own ``style``.
    """
    ranked = []
    for specificity, order, pseudo_element, declaration in matches:
        if pseudo_element is None:
            rank = (declaration.important, (0, *specificity), order)
            ranked.append((rank, declaration))

    has_important = any(declaration.important for declaration in own)
    if not ranked and not has_important:
        return own

    for declaration in own:
        rank = (declaration.important, _INLINE, 0)
        ranked.append((rank, declaration))
    ranked.sort(key=itemgetter(0))
    return tuple(declaration for _, declaration in ranked)


# The look that they give it


@lru_cache(maxsize=1024)
def _look(
    tag: str,
    link: Colour | None,
    bgcolor: str | None,
    declared: tuple[Declaration, ...],
    around: _Look,
) -> _Look:
    """Return the look of an element. In an email there are few; most elements are like another one.

    ``link`` is the usual colour of a link, if the element is one; ``around`` is its parent's look.
    """
    look = around
    if tag in _BOLD_TAGS:
        look = look._replace(is_bold=True)
    if tag in _USUAL_SIZES:
        look = look._replace(size=around.size * _USUAL_SIZES[tag])
    if link:
        look = look._replace(colour=link)
    if bgcolor:
        attribute = Declaration("background-color", bgcolor, important=False)
        look = _with(look, around, attribute)

    # A translucent colour lies on the background, so that comes first.
    for declaration in sorted(declared, key=_is_of_text):
        look = _with(look, around, declaration)
    return look


def _is_of_text(declaration: Declaration) -> bool:
    return declaration.name == "color"


def _with(look: _Look, around: _Look, declaration: Declaration) -> _Look:
    """Return the look with one more declaration applied."""
    name, value = declaration.name, declaration.value
    if name == "color":
        colour = _colour(value, around.colour, look.background)
        return look._replace(colour=colour or look.colour)
    if name in ("background", "background-color"):
        return look._replace(background=_background(value, around.background))
    if name == "font-weight":
        return look._replace(is_bold=_is_bold(value, around.is_bold))
    if name == "font-size":
        return look._replace(size=_size(value, around.size) or look.size)
    if name == "font":
        return _with_font(look, around, value)
    return look


def _colour(value: str, inherited: Colour, background: Colour) -> Colour | None:
    """Return the colour that a value names on a background; None if it names none."""
    if value == "inherit":
        return inherited
    return laid_over(value, background)


def _background(value: str, around: Colour) -> Colour:
    """Return the background that a value gives; the one around it shows through if it gives none."""
    for node in tinycss2.parse_component_value_list(value):
        part = tinycss2.serialize([node])
        colour = _colour(part, around, around)
        if colour:
            return colour
    return around


def _with_font(look: _Look, around: _Look, value: str) -> _Look:
    """Return the look with the size and weight of a ``font`` applied."""
    parts = value.partition("/")[0].split()
    sizes = (_size(part, around.size) for part in parts)
    size = next(filter(None, sizes), look.size)
    is_bold = any(_is_bold(part, inherited=False) for part in parts)
    return look._replace(is_bold=is_bold, size=size)


def _is_bold(value: str, inherited: bool) -> bool:
    if value in ("bold", "bolder"):
        return True
    if value in ("inherit", "unset"):
        return inherited
    is_number = re.fullmatch(r"[0-9]{1,4}", value) is not None
    return is_number and int(value) >= 700


def _size(value: str, around: float) -> float | None:
    """Return a ``font-size`` in pixels; None if it is none that we know."""
    if value in _SIZES:
        return float(_SIZES[value])
    match = _LENGTH.fullmatch(value)
    if not match:
        return None

    number, unit = float(match[1]), match[2].lower()
    pixels = {"px": 1, "pt": _POINT, "em": around, "rem": 16, "%": around / 100}
    return number * pixels[unit]

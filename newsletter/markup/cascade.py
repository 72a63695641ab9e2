"""Which colours a reader sees: the part of the CSS cascade that decides on text and its background, light or dark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Literal, NamedTuple
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2
from tinycss2.color4 import parse_color

from newsletter.markup.css import Declaration
from newsletter.markup.document import Document

Scheme = Literal["light", "dark"]
Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""
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
_BOLD = ("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6")
_LENGTH = re.compile(r"(\d*\.?\d+)(px|pt|em|rem|%)", re.IGNORECASE)
_POINTS = 4 / 3
"""Pixels in a point (CSS Values 4, 6.2)."""


class Shade(NamedTuple):
    """A piece of text with its colours. ``size`` is in pixels; ``is_bold`` from a weight of 700."""

    element: Element
    text: str
    colour: Colour
    ground: Colour
    size: float
    is_bold: bool

    @property
    def contrast(self) -> float:
        """The contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio")."""
        darker, lighter = sorted((_luminance(self.colour), _luminance(self.ground)))
        return (lighter + 0.05) / (darker + 0.05)

    @property
    def is_large(self) -> bool:
        """Whether it is large-scale text: 18 points, or 14 if bold (WCAG 2.2, "large scale")."""
        return self.size >= (14 if self.is_bold else 18) * _POINTS


class _Look(NamedTuple):
    """What an element's text looks like, and what the elements in it inherit."""

    colour: Colour
    ground: Colour
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
        look = looks[element]
        yield Shade(
            element, " ".join(text.split()), look.colour, look.ground, look.size, look.is_bold
        )


def _looks(document: Document, scheme: Scheme) -> dict[Element, _Look]:
    """Return how each element looks in one scheme."""
    matcher = _matcher(document, scheme)
    looks: dict[Element, _Look] = {}
    for wrapper in _wrappers(document):
        element = wrapper.etree_element
        above = looks[wrapper.parent.etree_element] if wrapper.parent else _CANVAS[scheme]
        declared = _declared(matcher.match(wrapper), document.declarations(element))
        is_link = element.tag == "a" and "href" in element.attrib
        link = _LINK[scheme] if is_link else None
        looks[element] = _look(element.tag, link, element.get("bgcolor"), declared, above)
    return looks


@lru_cache(maxsize=2)
def _wrappers(document: Document) -> tuple[Any, ...]:
    """Return all elements in the form in which selectors are matched; the same for both schemes."""
    return tuple(cssselect2.ElementWrapper.from_html_root(document.root).iter_subtree())


def _declared(
    matches: Iterable[tuple[Any, ...]], own: tuple[Declaration, ...]
) -> tuple[Declaration, ...]:
    """Return the declarations of an element, the one that wins last."""
    ordered = []
    for specificity, order, pseudo_element, declared in matches:
        if pseudo_element is None:
            ordered.append((declared.important, (0, *specificity), order, declared))
    if not ordered and not any(declared.important for declared in own):
        return own

    ordered += [(declared.important, _INLINE, 0, declared) for declared in own]
    ordered.sort(key=lambda entry: entry[:3])
    return tuple(declared for *_, declared in ordered)


def _matcher(document: Document, scheme: Scheme) -> Any:
    matcher = cssselect2.Matcher()
    for rule in document.rules:
        if not all(_applies(condition, scheme) for condition in rule.within):
            continue
        for selector in _selectors(rule.selector):
            for declared in rule.declarations:
                matcher.add_selector(selector, declared)
    return matcher


@lru_cache(maxsize=512)
def _selectors(text: str) -> tuple[Any, ...]:
    try:
        return tuple(cssselect2.compile_selector_list(text))
    except cssselect2.SelectorError:
        return ()


def _applies(condition: str, scheme: Scheme) -> bool:
    """Whether an at-rule lets its rules apply on a screen of any size in this scheme."""
    if not condition.startswith("@media"):
        return False
    condition = condition.lower()
    schemes = re.findall(r"prefers-color-scheme:\s*(\w+)", condition)
    if schemes and scheme not in schemes:
        return False
    return not re.search(r"width|height|print|orientation|hover|resolution|moz|webkit", condition)


@lru_cache(maxsize=1024)
def _look(
    tag: str,
    link: Colour | None,
    bgcolor: str | None,
    declared: tuple[Declaration, ...],
    above: _Look,
) -> _Look:
    """Return the look of an element. In an email there are few; most elements are like another one.

    ``link`` is the usual colour of a link, if the element is one.
    """
    look = above
    if tag in _BOLD:
        look = look._replace(is_bold=True)
    if tag in _USUAL_SIZES:
        look = look._replace(size=above.size * _USUAL_SIZES[tag])
    if link:
        look = look._replace(colour=link)
    if bgcolor:
        look = _with(look, above, Declaration("background-color", bgcolor, important=False))

    # A translucent colour lies on the background, so that comes first.
    for declaration in sorted(declared, key=lambda one: one.name == "color"):
        look = _with(look, above, declaration)
    return look


def _with(look: _Look, above: _Look, declared: Declaration) -> _Look:
    """Return the look with one more declaration applied."""
    name, value = declared.name, declared.value
    if name == "color":
        return look._replace(colour=_over(value, above.colour, look.ground) or look.colour)
    if name in ("background", "background-color"):
        colours = (_over(part, above.ground, above.ground) for part in _parts(value))
        return look._replace(ground=next(filter(None, colours), above.ground))
    if name == "font-weight":
        return look._replace(is_bold=_is_bold(value, above.is_bold))
    if name == "font-size":
        return look._replace(size=_size(value, above.size) or look.size)
    if name == "font":
        parts = value.partition("/")[0].split()
        size = next(filter(None, (_size(part, above.size) for part in parts)), look.size)
        is_bold = any(_is_bold(part, inherited=False) for part in parts)
        return look._replace(is_bold=is_bold, size=size)
    return look


def _parts(value: str) -> list[str]:
    return [tinycss2.serialize([node]) for node in tinycss2.parse_component_value_list(value)]


def _over(value: str, inherited: Colour, ground: Colour) -> Colour | None:
    """Return the colour that a value names, laid over the ground if it is translucent.

    Return None if it names none.
    """
    if value == "inherit":
        return inherited
    colour = parse_color(value)
    if colour is None or isinstance(colour, str):
        return None

    try:
        parts = colour.to("srgb").coordinates
    except NotImplementedError:  # such as oklch, which no mail client needs to know today
        return None
    alpha = float(colour.alpha)
    red, green, blue = (
        alpha * float(part or 0) + (1 - alpha) * below
        for part, below in zip(parts, ground, strict=True)
    )
    return red, green, blue


def _is_bold(value: str, inherited: bool) -> bool:
    if value in ("bold", "bolder"):
        return True
    if value in ("inherit", "unset"):
        return inherited
    return bool(re.fullmatch(r"[0-9]{1,4}", value)) and int(value) >= 700


def _size(value: str, above: float) -> float | None:
    if value in _SIZES:
        return float(_SIZES[value])
    match = _LENGTH.fullmatch(value)
    if not match:
        return None
    number, unit = float(match[1]), match[2]
    return number * {"px": 1, "pt": _POINTS, "em": above, "rem": 16, "%": above / 100}[unit.lower()]


def _luminance(colour: Colour) -> float:
    """Return the relative luminance, 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

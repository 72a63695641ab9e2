"""Find colours of a theme that have no partner in the dark scheme."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import tinycss2

from newsletter.problem import Problem
from newsletter.theme.css import is_colour
from newsletter.theme.folder import STYLE, ThemeFolder
from newsletter.theme.stylesheet import Stylesheet
from newsletter.theme.tokens import TokenisedTemplate

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_COLOURED_ATTRIBUTE = re.compile("style|color|border|background")
_COLOURED = re.compile(r"(?:^|;)\s*(color|background|border)[\w-]*\s*:\s*([^;]*)")
_WHAT_IS_COLOURED = {
    "color": "of the text",
    "background": "of the background",
    "border": "of the border",
}


def fixed_colours(
    folder: ThemeFolder, sheet: Stylesheet, template: TokenisedTemplate
) -> Iterator[Problem]:
    """Yield a problem for each colour that is written out, not taken from the palette.

    The template must be as it is written: its ``var(--name)`` not replaced by colours.
    """
    hint = "Name it in palette.css, for both schemes, and write var(--name)."

    path = folder.path(STYLE)
    for colour, line in sheet.fixed_colours:
        yield Problem(path, line, _fixed(colour), hint)

    for tag in template.elements:
        for name, value in tag.attributes:
            if not _COLOURED_ATTRIBUTE.search(name):
                continue
            for colour in _colours_in(value):
                path, line = template.place(tag.start)
                yield Problem(path, line, _fixed(colour), hint)


def _fixed(colour: str) -> str:
    return f"The colour {colour} is fixed, so it has no partner in the dark scheme."


def _colours_in(css: str) -> Iterator[str]:
    for token in tinycss2.parse_component_value_list(css):
        if is_colour(token):
            yield token.serialize()


def colours_without_partner(
    html: str, template: TokenisedTemplate, sheet: Stylesheet
) -> Iterator[Problem]:
    """Yield a problem for each colour that no rule of style.css changes for the dark scheme.

    Such colours come from attributes of MJML.
    """
    from lxml import etree
    from lxml.html import document_fromstring

    document = document_fromstring(html)
    changed = _changed(document, sheet)
    hint = "Give the element a css-class, and that class a rule in style.css with var(--name)."

    for element in document.body.iter(etree.Element):
        for name, value in _COLOURED.findall(element.get("style") or ""):
            is_unseen = name == "color" and not element.text_content().strip()
            if is_unseen or element in changed[name]:
                continue
            for colour in _colours_in(value):
                what = f"The colour {colour} ({_WHAT_IS_COLOURED[name]})"
                path, line = _origin(element, colour, template)
                yield Problem(path, line, f"{what} has no partner in the dark scheme.", hint)


def _changed(document: HtmlElement, sheet: Stylesheet) -> defaultdict[str, set[HtmlElement]]:
    """Return the elements whose ``color``, ``background`` or ``border`` the dark scheme changes."""
    from lxml.cssselect import CSSSelector

    changed: defaultdict[str, set[HtmlElement]] = defaultdict(set)
    for name, selectors in sheet.dark_selectors.items():
        what = name.partition("-")[0]
        for selector in selectors:
            changed[what].update(CSSSelector(selector)(document))
    return changed


def _origin(element: HtmlElement, colour: str, template: TokenisedTemplate) -> tuple[Path, int]:
    """Return where the element is in the theme, as near as its class or its colour shows."""
    for around in (element, *element.iterancestors()):
        for css_class in around.classes:
            offset = template.text.find(f'css-class="{css_class}"')
            if offset >= 0:
                return template.place(offset)

    offset = template.text.find(colour)
    return template.place(max(offset, 0))

"""Where an email uses features that some clients do not know, so that they show less.

A feature with a fallback that works is ignored: another declaration or an attribute that takes its
place, or a part for Outlook for Windows alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2
from tinycss2.color4 import parse_color

from newsletter.markup import Declaration, Document
from newsletter.markup.support.features import features_of, features_of_element
from newsletter.markup.support.figures import clients_without
from newsletter.markup.support.outlook import LAYOUT, OUTLOOK, parts_for_outlook
from newsletter.model import Client

_GMAIL: frozenset[Client] = frozenset({"gmail-web", "gmail-ios", "gmail-android"})
_NOBODY: frozenset[Client] = frozenset()

_SPOILS_ALL = frozenset({"css-modern-color", "css-rgb"})
"""A colour of these kinds makes Gmail drop the whole style attribute, and any fallback with it."""

_STAND_INS: Mapping[str, set[str]] = {
    "background": {"background-color"},
    "background-image": {"background-color"},
    "max-height": {"mso-hide"},
}
"""From a property to others that can take its place, besides its shorthands."""
_ATTRIBUTES: Mapping[str, str] = {
    "background": "bgcolor",
    "background-color": "bgcolor",
    "background-image": "bgcolor",
    "border-spacing": "cellspacing",
    "float": "align",
    "height": "height",
    "max-width": "width",
    "text-align": "align",
    "vertical-align": "valign",
    "width": "width",
}
"""From a property to the attribute of HTML that says the same."""
_SIDES = ("left", "right", "top", "bottom")
_SAYS_NOTHING = ("", "none", "transparent", "inherit", "initial", "unset", "revert")


class Use(NamedTuple):
    """A feature where it is used: as it is written, in which element, and who does not show it."""

    feature: str
    written: str
    element: Element
    clients: frozenset[Client]


def uses(document: Document) -> Iterator[Use]:
    """Yield every use of a feature that some client does not know and that has no fallback.

    They come in document order, those of style sheets last.
    """
    parts = parts_for_outlook(document)
    for use in _all_uses(document):
        clients = use.clients
        if parts.replace(use.feature, use.written, use.element):
            clients -= OUTLOOK
        if clients:
            yield use._replace(clients=clients)


def _all_uses(document: Document) -> Iterator[Use]:
    """Yield the same, whatever Outlook for Windows gets instead."""
    for element in document.elements():
        is_hidden = element in document.hidden
        if not is_hidden or "hidden" in element.attrib:
            yield from _by_element(element, document)
        if not is_hidden:
            own = document.declarations(element)
            yield from _by_style(element, own)

    yield from _by_sheets(document)


# Elements and attributes


def _by_element(element: Element, document: Document) -> Iterator[Use]:
    for feature in features_of_element(element):
        clients = clients_without(feature)
        if not clients:
            continue

        is_lost = _IS_LOST.get(feature)
        if is_lost is None or is_lost(element, document):
            written = _written_tag(feature, element)
            yield Use(feature, written, element, clients)


def _written_tag(feature: str, element: Element) -> str:
    """Return the tag as it is written, with the attribute that is the feature, if one is."""
    tag = element.tag.rpartition("}")[2]
    attribute = feature.removeprefix("html-")
    if attribute in element.attrib:
        return f"<{tag} {attribute}>"
    return f"<{tag}>"


def _is_seen(element: Element, document: Document) -> bool:
    """Return whether clients that do not know ``hidden`` show the element."""
    around = (element, *document.ancestors(element))
    for part in around:
        for declaration in document.declarations(part):
            if (declaration.name, declaration.value) == ("display", "none"):
                return False
    return True


def _is_empty(element: Element, _: Document) -> bool:
    """Return whether clients that do not know the element show nothing."""
    if element.find(".//img") is not None:
        return False

    text = "".join(element.itertext())
    return not text.strip()


def _has_no_fallback(element: Element, _: Document) -> bool:
    """Return whether a <ruby> has no brackets for clients that do not know it."""
    return element.find(".//rp") is None


def _has_style(element: Element, _: Document) -> bool:
    """Return whether a style goes with the tag."""
    return bool(element.get("style"))


_IS_LOST: Mapping[str, Callable[[Element, Document], bool]] = {
    "html-hidden": _is_seen,
    "html-meter": _is_empty,
    "html-progress": _is_empty,
    "html-ruby": _has_no_fallback,
    "html-semantics": _has_style,
}
"""From a feature to a test whether anything is lost with an element."""


# Declarations


def _by_style(element: Element, declared: tuple[Declaration, ...]) -> Iterator[Use]:
    for declaration in declared:
        for feature in sorted(features_of(declaration)):
            clients = clients_without(feature)
            if clients and _has_fallback(feature, declaration, declared, element):
                clients &= _GMAIL if feature in _SPOILS_ALL else _NOBODY

            if clients:
                written = _written(declaration)
                yield Use(feature, written, element, clients)


def _has_fallback(
    feature: str, used: Declaration, declared: tuple[Declaration, ...], element: Element
) -> bool:
    """Return whether another declaration or an attribute takes the place of this one.

    Which comes first does not matter: a plain one that comes later holds in all clients.
    """
    names = _stand_ins(used.name)
    for other in declared:
        is_plain = other.name in names and feature not in features_of(other)
        if is_plain and other.value.lower() not in _SAYS_NOTHING:
            return True

    if feature == "css-background-image" and _has_colour(used.value):
        return True
    return _ATTRIBUTES.get(used.name) in element.attrib


def _stand_ins(name: str) -> set[str]:
    """Return the property itself, its shorthands, and what else can take its place."""
    names = {name} | _STAND_INS.get(name, set())
    shorthand = name
    while "-" in shorthand:
        shorthand = shorthand.rpartition("-")[0]
        names.add(shorthand)

    words = name.split("-")
    if words[0] in ("inline", "block", "inset"):
        return names | {"width", "height", *_SIDES}

    if "inline" in words or "block" in words:
        return names | {f"{words[0]}-{side}" for side in _SIDES}
    return names


def _has_colour(value: str) -> bool:
    """Return whether a value of several parts names a colour."""
    for node in tinycss2.parse_component_value_list(value):
        part = tinycss2.serialize([node])
        if part.lower() not in _SAYS_NOTHING and parse_color(part):
            return True
    return False


def _written(declaration: Declaration) -> str:
    return f"{declaration.name}: {declaration.value}"


# Style sheets


def _by_sheets(document: Document) -> Iterator[Use]:
    """Yield layout that applies to all clients.

    What is in @media or @supports is for those that know it.
    """
    for rule in document.rules:
        if rule.within:
            continue

        for declaration in rule.declarations:
            for feature in features_of(declaration) & LAYOUT:
                yield from _by_selector(feature, declaration, rule.selector, document)


def _by_selector(
    feature: str, declaration: Declaration, selector: str, document: Document
) -> Iterator[Use]:
    for element in _selected(selector, document):
        if element in document.hidden:
            continue

        own = document.declarations(element)
        if not _has_fallback(feature, declaration, own, element):
            written = _written(declaration)
            yield Use(feature, written, element, clients_without(feature))


def _selected(selector: str, document: Document) -> list[Element]:
    root = cssselect2.ElementWrapper.from_html_root(document.root)
    try:
        return [wrapper.etree_element for wrapper in root.query_all(selector)]
    except cssselect2.SelectorError:
        return []

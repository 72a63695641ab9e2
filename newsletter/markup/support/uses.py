"""Where an email uses features that some clients do not know, so that they show less.

A feature with a fallback that works is ignored: another declaration or an attribute that takes its place, or a part
for Outlook for Windows alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2
from tinycss2.color4 import parse_color

from newsletter.markup import Declaration, Document
from newsletter.markup.support.features import features_of, features_of_element
from newsletter.markup.support.figures import lacking
from newsletter.model import Client

_GMAIL: frozenset[Client] = frozenset({"gmail-web", "gmail-ios", "gmail-android"})
_WORD: frozenset[Client] = frozenset({"outlook-windows"})
"""Outlook for Windows shows emails with Word, and reads comments that begin with [if mso]."""
_NOBODY: frozenset[Client] = frozenset()

_LAYOUT = frozenset({"css-display-flex", "css-display-grid", "css-float", "css-position"})
"""Without these a page falls apart, whether they are in the element or in a <style>."""
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
_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)")
_SAYS_NOTHING = ("", "none", "transparent", "inherit", "initial", "unset", "revert")


class Use(NamedTuple):
    """A feature where it is used: how it is written, in which element, and which clients do not show it."""

    feature: str
    written: str
    element: Element
    clients: frozenset[Client]


def uses(document: Document) -> Iterator[Use]:
    """Yield every use of a feature that some client does not know and that has no fallback, in document order."""
    parts = _parts_for_word(document)
    for element in document.elements():
        if element not in document.hidden:
            yield from _lost(_by_element(element, document), parts)
            yield from _lost(_by_style(element, document.declarations(element)), parts)
        elif "hidden" in element.attrib:
            yield from _lost(_by_element(element, document), parts)
    yield from _lost(_by_sheets(document), parts)


def _lost(found: Iterable[Use], parts: _PartsForWord) -> Iterator[Use]:
    for use in found:
        clients = use.clients - (_WORD if parts.replace(use) else _NOBODY)
        if clients:
            yield use._replace(clients=clients)


# Elements and attributes


def _by_element(element: Element, document: Document) -> Iterator[Use]:
    for feature in features_of_element(element):
        is_lost = _IS_LOST.get(feature)
        if lacking(feature) and (is_lost is None or is_lost(element, document)):
            tag, attribute = element.tag.rpartition("}")[2], feature.removeprefix("html-")
            written = f"<{tag} {attribute}>" if attribute in element.attrib else f"<{tag}>"
            yield Use(feature, written, element, lacking(feature))


def _is_seen(element: Element, document: Document) -> bool:
    around = (element, *document.ancestors(element))
    return all(
        declared[:2] != ("display", "none")
        for part in around
        for declared in document.declarations(part)
    )


def _is_empty(element: Element, _: Document) -> bool:
    """Whether clients that do not know the element show nothing."""
    pictures = element.find(".//img") is not None
    return not pictures and not "".join(element.itertext()).strip()


_IS_LOST: Mapping[str, Callable[[Element, Document], bool]] = {
    "html-hidden": _is_seen,
    "html-meter": _is_empty,
    "html-progress": _is_empty,
    "html-ruby": lambda element, _: element.find(".//rp") is None,
    "html-semantics": lambda element, _: bool(
        element.get("style")
    ),  # the tag goes, and its style with it
}
"""From a feature to a test whether anything is lost with an element."""


# Declarations


def _by_style(element: Element, declared: tuple[Declaration, ...]) -> Iterator[Use]:
    for declaration in declared:
        for feature in sorted(features_of(declaration)):
            clients = lacking(feature)
            if clients and _has_fallback(feature, declaration, declared, element):
                clients &= _GMAIL if feature in _SPOILS_ALL else _NOBODY
            if clients:
                yield Use(feature, _written(declaration), element, clients)


def _has_fallback(
    feature: str, used: Declaration, declared: tuple[Declaration, ...], element: Element
) -> bool:
    """Whether another declaration or an attribute takes the place of this one. Which comes first does not matter: a
    plain one that comes later holds in all clients.
    """
    names = _stand_ins(used.name)
    plain = (
        other for other in declared if other.name in names and feature not in features_of(other)
    )
    if any(other.value.lower() not in _SAYS_NOTHING for other in plain):
        return True
    if feature == "css-background-image" and _has_colour(used.value):
        return True
    return _ATTRIBUTES.get(used.name) in element.attrib


def _stand_ins(name: str) -> set[str]:
    """Return the property itself, its shorthands, and what else can take its place."""
    words = name.split("-")
    names = {"-".join(words[:count]) for count in range(1, len(words) + 1)} | _STAND_INS.get(
        name, set()
    )
    if words[0] in ("inline", "block", "inset"):
        names |= {"width", "height", "left", "right", "top", "bottom"}
    elif "inline" in words or "block" in words:
        names |= {f"{words[0]}-{side}" for side in ("left", "right", "top", "bottom")}
    return names


def _has_colour(value: str) -> bool:
    parts = [tinycss2.serialize([part]) for part in tinycss2.parse_component_value_list(value)]
    return any(parse_color(part) for part in parts if part.lower() not in _SAYS_NOTHING)


def _written(declaration: Declaration) -> str:
    return f"{declaration.name}: {declaration.value}"


# Style sheets


def _by_sheets(document: Document) -> Iterator[Use]:
    """Yield layout that applies to all clients; what is in @media or @supports is for those that know it."""
    for rule in document.rules:
        for declaration in rule.declarations if not rule.within else ():
            for feature in features_of(declaration) & _LAYOUT:
                yield from _laid_out(feature, declaration, rule.selector, document)


def _laid_out(
    feature: str, declaration: Declaration, selector: str, document: Document
) -> Iterator[Use]:
    for element in _selected(selector, document):
        own = document.declarations(element)
        if element not in document.hidden and not _has_fallback(feature, declaration, own, element):
            yield Use(feature, _written(declaration), element, lacking(feature))


def _selected(selector: str, document: Document) -> list[Element]:
    root = cssselect2.ElementWrapper.from_html_root(document.root)
    try:
        return [found.etree_element for found in root.query_all(selector)]
    except cssselect2.SelectorError:
        return []


# Outlook for Windows


@dataclass(frozen=True)
class _PartsForWord:
    """What conditional comments say to Outlook for Windows alone."""

    kept_from: frozenset[Element]
    """What it does not see: [if !mso]."""
    in_tables: frozenset[Element]
    """What it sees in a table made for it."""
    texts: str
    """All the comments for it."""

    def replace(self, use: Use) -> bool:
        """Whether Outlook for Windows gets something else instead of this, or should not see it."""
        if use.feature == "css-background-image" and (address := _ADDRESS.search(use.written)):
            return use.element in self.kept_from or address[1] in self.texts
        return use.element in self.kept_from or (
            use.feature in _LAYOUT and use.element in self.in_tables
        )


def _parts_for_word(document: Document) -> _PartsForWord:
    kept_from: set[Element] = set()
    in_tables: set[Element] = set()
    texts: list[str] = []
    is_kept_from = has_table = False
    elements = set(document.elements())
    for node in document.root.iter():
        if node in elements:
            kept_from |= {node} if is_kept_from else set()
            in_tables |= {node} if has_table else set()
            has_table = False
            continue
        comment = (node.text or "").strip().lower()
        if comment.startswith("[if !mso"):
            is_kept_from = True
        elif comment.startswith("[if") and "mso" in comment:
            has_table = "<td" in comment
            in_tables |= set(islice(document.ancestors(node), 1)) if has_table else set()
            texts.append(node.text or "")
        elif comment.endswith("endif]"):
            is_kept_from = False
    return _PartsForWord(frozenset(kept_from), frozenset(in_tables), "".join(texts))

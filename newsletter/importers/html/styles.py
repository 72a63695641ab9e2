"""What an element's tag and its CSS say of the text in it: bold, italic, raised, hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from newsletter.markup.css import Rule, declarations, rules

_OF_TAG = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("s", "strike", "del"), "s"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "sub": "sub",
    "sup": "sup",
}
_SCRIPTS = {"sub": "sub", "super": "sup"}
_BOLD_FROM = 600
_NUMBER = re.compile("[0-9]{1,4}")
_CLASS = re.compile(r"(?:[a-z][a-z0-9]*)?\.([\w-]+)")
_OF_CLASSES = ("font-weight", "font-style", "vertical-align", "text-decoration", "mso-hide")
_HIDDEN_CLASSES = frozenset(("screen-reader-text", "sr-only", "visually-hidden"))

Marks = tuple[str, ...]


class Styles:
    """The style sheets of a document, as far as they are about single classes."""

    def __init__(self, root: Element) -> None:
        self._of_class: dict[str, dict[str, str]] = {}
        for element in root.iter("style"):
            for rule in rules(element.text or ""):
                self._add(rule)

    def _add(self, rule: Rule) -> None:
        if rule.within:
            return
        said = {one.name: one.value for one in rule.declarations if one.name in _OF_CLASSES}
        for selector in rule.selector.split(",") if said else ():
            of_class = _CLASS.fullmatch(selector.strip())
            if of_class:
                self._of_class.setdefault(of_class[1], {}).update(said)

    def of(self, element: Element) -> Mapping[str, str]:
        """Return what is said of an element, by property."""
        said: dict[str, str] = {}
        for name in element.get("class", "").split() if self._of_class else ():
            said.update(self._of_class.get(name, {}))
        for declaration in declarations(element.get("style", "")):
            said[declaration.name] = declaration.value
        return said


def is_hidden(element: Element, said: Mapping[str, str]) -> bool:
    """Return whether readers of the page do not see an element."""
    classes = element.get("class", "").split()
    if "hidden" in element.attrib or not _HIDDEN_CLASSES.isdisjoint(classes):
        return True
    display = said.get("display", "").lower()
    visibility = said.get("visibility", "").lower()
    return display == "none" or visibility == "hidden" or said.get("mso-hide", "").lower() == "all"


def marks_in(element: Element, said: Mapping[str, str], outer: Marks) -> Marks:
    """Return the marks of the text in an element, which is itself in text with the outer marks."""
    marks = outer
    tag = _OF_TAG.get(element.tag)
    if tag:
        marks = _with(marks, tag)

    weight = said.get("font-weight", "").lower()
    if weight:
        is_bold = weight in ("bold", "bolder") or _number(weight) >= _BOLD_FROM
        marks = _set(marks, "strong", is_bold)
    slant = said.get("font-style", "").lower()
    if slant:
        marks = _set(marks, "em", slant.startswith(("italic", "oblique")))
    script = _SCRIPTS.get(said.get("vertical-align", "").lower())
    if script:
        marks = _with(marks, script)
    if "line-through" in said.get("text-decoration", "") + said.get("text-decoration-line", ""):
        marks = _with(marks, "s")
    return marks


def _number(weight: str) -> int:
    if not _NUMBER.fullmatch(weight):
        return 0
    return int(weight)


def _set(marks: Marks, mark: str, is_set: bool) -> Marks:
    if is_set:
        return _with(marks, mark)
    return tuple(one for one in marks if one != mark)


def _with(marks: Marks, mark: str) -> Marks:
    return marks if mark in marks else (*marks, mark)


def is_underlined(element: Element, said: Mapping[str, str]) -> bool:
    """Return whether the text in an element has a line below it."""
    return element.tag == "u" or "underline" in said.get("text-decoration", "").lower()

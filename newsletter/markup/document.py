"""A finished HTML email as a tree, parsed as browsers parse it (HTML Standard, 13.2)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from tinyhtml5 import inputstream
from tinyhtml5.parser import HTMLParser

from newsletter.markup.css import Declaration, Rule, declarations, rules

_UNSEEN = ("head", "title", "style", "script", "template", "noscript")
_BLOCKS = frozenset(
    "address blockquote br center div dl dd dt h1 h2 h3 h4 h5 h6 hr li ol p table td th tr ul".split()  # noqa: SIM905
)
_SPACE = re.compile(r"\s+")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class _Expressions(dict[tuple[Collection[str], bool], re.Pattern[str]]):
    """The regular expressions of the HTML parser, each made once.

    tinyhtml5 2.1 has a dictionary for them, but stores them under keys that it never looks up
    (inputstream.py, ``chars_until``), and makes each anew a thousand times: half of its time.
    """

    def __missing__(self, key: tuple[Collection[str], bool]) -> re.Pattern[str]:
        characters, is_opposite = key
        escaped = "".join(f"\\x{ord(character):02x}" for character in characters)
        expression = re.compile(f"[{escaped}]+" if is_opposite else f"[^{escaped}]+")
        self[key] = expression
        return expression


inputstream.characters_until_regex = _Expressions()


class Heading(NamedTuple):
    """A heading: its level, 1 to 6, and its text, with the alt texts of its pictures."""

    level: int
    text: str
    element: Element


class Hyperlink(NamedTuple):
    """A link: where it leads, the text that is seen, and the name that a screen reader says."""

    address: str
    text: str
    name: str
    element: Element


class Image(NamedTuple):
    """A picture: its address, which may be empty."""

    address: str
    element: Element


class ParseError(NamedTuple):
    """What is wrong with the HTML itself: the line and column in it, a name for the fault, and the tag."""

    line: int
    column: int
    fault: str
    tag: str


@lru_cache(maxsize=4)
def parse(source: str) -> Document:
    """Return an HTML email, parsed; the same one for the same source, so that it is parsed only once."""
    return Document(source)


class Document:
    """An HTML email. Elements are those of ``xml.etree``; comments, such as Outlook's conditional parts, are not."""

    def __init__(self, source: str) -> None:
        parser = HTMLParser(namespace_html_elements=False)
        self.source = source
        self.root: Element = parser.parse(source)
        self.errors = tuple(
            ParseError(line, column, fault, str((values or {}).get("name", "")))
            for (line, column), fault, values in parser.errors
        )
        self._parents = {child: parent for parent in self.root.iter() for child in parent}

    def elements(self, *tags: str) -> Iterator[Element]:
        """Yield all elements, or those with one of these tags, in the order of the document."""
        return (
            node
            for node in self.root.iter()
            if isinstance(node.tag, str) and (not tags or node.tag in tags)
        )

    def ancestors(self, element: Element) -> Iterator[Element]:
        """Yield the element's parent, the parent's parent and so on, up to the root."""
        above = self._parents.get(element)
        while above is not None:
            yield above
            above = self._parents.get(above)

    @cached_property
    def links(self) -> tuple[Hyperlink, ...]:
        """Every ``<a href>``."""
        return tuple(
            self._link(element) for element in self.elements("a") if "href" in element.attrib
        )

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """Every ``<img>``."""
        images = self.elements("img")
        return tuple(Image(image.get("src", "").strip(), image) for image in images)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The outline of the email, as a screen reader lists it."""
        return tuple(
            Heading(int(node.tag[1]), spoken(node), node) for node in self.elements(*_HEADINGS)
        )

    @cached_property
    def styles(self) -> tuple[str, ...]:
        """The text of each ``<style>``."""
        return tuple(element.text or "" for element in self.elements("style"))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all style sheets, in the order in which they apply."""
        sheets = (
            (element.text or "", element.get("media", "")) for element in self.elements("style")
        )
        return tuple(rule for css, media in sheets for rule in rules(css, media))

    def declarations(self, element: Element) -> tuple[Declaration, ...]:
        """Return what the element's own ``style`` says."""
        return declarations(element.get("style", ""))

    @cached_property
    def hidden(self) -> frozenset[Element]:
        """The elements that readers do not see: those not displayed, and all within them."""
        found: set[Element] = set()
        for element in self.elements():
            if self._parents.get(element) in found or self._is_hidden(element):
                found.add(element)
        return frozenset(found)

    def _is_hidden(self, element: Element) -> bool:
        if element.tag in _UNSEEN or "hidden" in element.attrib:
            return True
        return any(
            (declared.name, declared.value.lower()) == ("display", "none")
            for declared in self.declarations(element)
        )

    def texts(self) -> Iterator[tuple[Element, str]]:
        """Yield each piece of text that readers see, with the element that it is in."""
        for node in self.root.iter():  # comments too: a text may follow one
            if (
                isinstance(node.tag, str)
                and node not in self.hidden
                and node.text
                and node.text.strip()
            ):
                yield node, node.text
            parent = self._parents.get(node)
            if parent is not None and parent not in self.hidden and node.tail and node.tail.strip():
                yield parent, node.tail

    @cached_property
    def text(self) -> str:
        """All that readers see, without alt texts: one line for each block."""
        return _joined(self._words(self.root))

    def visible(self, element: Element) -> str:
        """Return what readers see of one element, on one line."""
        return _joined(self._words(element)).replace("\n", " ")

    def _words(self, element: Element) -> Iterator[str]:
        waiting: list[Element | str] = [element]
        while waiting:  # no recursion, so that very deep nesting can be read too
            node = waiting.pop()
            if isinstance(node, str):
                yield node
            elif isinstance(node.tag, str) and node not in self.hidden:
                edge = "\n" if node.tag in _BLOCKS else ""
                yield edge
                yield _SPACE.sub(" ", node.text or "")
                waiting.append(edge)
                for child in reversed(node):
                    waiting += [_SPACE.sub(" ", child.tail or ""), child]

    def _link(self, element: Element) -> Hyperlink:
        name = element.get("aria-label") or spoken(element)
        return Hyperlink(element.get("href", "").strip(), self.visible(element), name, element)


def spoken(element: Element) -> str:
    """Return what a screen reader says for an element: its text, and the alt texts of its pictures."""
    return " ".join("".join(_said(element)).split())


def _said(element: Element) -> Iterator[str]:
    waiting: list[Element | str] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
            continue
        if isinstance(node.tag, str):
            yield node.get("alt", "") if node.tag == "img" else node.text or ""
        for child in reversed(node):
            waiting += [child.tail or "", child]


def _joined(words: Iterator[str]) -> str:
    lines = ("".join(words)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())

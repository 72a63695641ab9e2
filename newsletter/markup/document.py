"""A finished HTML email as a tree, parsed as browsers parse it (HTML Standard, 13.2)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cached_property, lru_cache
from io import StringIO
from typing import NamedTuple
from xml.etree.ElementTree import Element

from tinyhtml5 import inputstream
from tinyhtml5.parser import HTMLParser

from newsletter.markup.css import Declaration, Rule, declarations, rules

_UNSEEN = ("head", "title", "style", "script", "template", "noscript")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("dl", "dd", "dt", "li", "ol", "ul")
_TABLES = ("table", "td", "th", "tr")
_OTHERS = ("address", "blockquote", "br", "center", "div", "hr", "p")
_BLOCKS = frozenset((*_HEADINGS, *_LISTS, *_TABLES, *_OTHERS))
"""Elements that begin and end a line."""
_SPACE = re.compile(r"\s+")


class _Expressions(dict[tuple[Collection[str], bool], re.Pattern[str]]):
    """The regular expressions of the HTML parser, each made once.

    tinyhtml5 2.1 has a dictionary for them, but stores them under keys that it never looks up
    (inputstream.py, ``chars_until``), and makes each anew a thousand times: half of its time.
    """

    def __missing__(self, key: tuple[Collection[str], bool]) -> re.Pattern[str]:
        characters, is_opposite = key
        escaped = "".join(f"\\x{ord(character):02x}" for character in characters)
        others = "" if is_opposite else "^"
        self[key] = re.compile(f"[{others}{escaped}]+")
        return self[key]


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
    """A fault of the HTML itself: the line and column in it, its name, and the tag."""

    line: int
    column: int
    fault: str
    tag: str


@lru_cache(maxsize=4)
def parse(source: str) -> Document:
    """Return an HTML email, parsed; each source is parsed only once."""
    return Document(source)


class Document:
    """An HTML email. Elements are those of ``xml.etree``.

    Comments, such as Outlook's conditional parts, are not elements.
    """

    def __init__(self, source: str) -> None:
        parser = HTMLParser(namespace_html_elements=False)
        self.source = source
        # Not the text itself: tinyhtml5 opens a file whose path it happens to be.
        self.root: Element = parser.parse(StringIO(source))
        self.errors = tuple(_errors(parser))
        self._parents = {child: parent for parent in self.root.iter() for child in parent}

    def elements(self, *tags: str) -> Iterator[Element]:
        """Yield all elements, or those with one of these tags, in the order of the document."""
        for node in self.root.iter():
            is_element = isinstance(node.tag, str)
            if is_element and (not tags or node.tag in tags):
                yield node

    def ancestors(self, element: Element) -> Iterator[Element]:
        """Yield the element's parent, the parent's parent and so on, up to the root."""
        above = self._parents.get(element)
        while above is not None:
            yield above
            above = self._parents.get(above)

    @cached_property
    def links(self) -> tuple[Hyperlink, ...]:
        """Every ``<a href>``."""
        anchors = self.elements("a")
        return tuple(self._link(anchor) for anchor in anchors if "href" in anchor.attrib)

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """Every ``<img>``."""
        images = self.elements("img")
        return tuple(Image(image.get("src", "").strip(), image) for image in images)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The outline of the email, as a screen reader lists it."""
        headings = []
        for element in self.elements(*_HEADINGS):
            level = int(element.tag[1])
            headings.append(Heading(level, spoken(element), element))
        return tuple(headings)

    @cached_property
    def styles(self) -> tuple[str, ...]:
        """The text of each ``<style>``."""
        elements = self.elements("style")
        return tuple(element.text or "" for element in elements)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all style sheets, in the order in which they apply."""
        all_rules: list[Rule] = []
        for element in self.elements("style"):
            css, media = element.text or "", element.get("media", "")
            all_rules += rules(css, media)
        return tuple(all_rules)

    def declarations(self, element: Element) -> tuple[Declaration, ...]:
        """Return what the element's own ``style`` says."""
        return declarations(element.get("style", ""))

    @cached_property
    def hidden(self) -> frozenset[Element]:
        """The elements that readers do not see: those not displayed, and all within them."""
        hidden: set[Element] = set()
        for element in self.elements():
            is_within_hidden = self._parents.get(element) in hidden
            if is_within_hidden or self._is_hidden(element):
                hidden.add(element)
        return frozenset(hidden)

    def _is_hidden(self, element: Element) -> bool:
        if element.tag in _UNSEEN or "hidden" in element.attrib:
            return True
        for declaration in self.declarations(element):
            if declaration.name == "display" and declaration.value.lower() == "none":
                return True
        return False

    def texts(self) -> Iterator[tuple[Element, str]]:
        """Yield each piece of text that readers see, with the element that it is in."""
        hidden = self.hidden
        for node in self.root.iter():  # comments too: a text may follow one
            is_seen = isinstance(node.tag, str) and node not in hidden
            if is_seen and _has_words(node.text):
                yield node, node.text or ""

            parent = self._parents.get(node)
            if parent is not None and parent not in hidden and _has_words(node.tail):
                yield parent, node.tail or ""

    @cached_property
    def text(self) -> str:
        """All that readers see, without alt texts: one line for each block."""
        return _joined(self._words(self.root))

    def visible(self, element: Element) -> str:
        """Return what readers see of one element, on one line."""
        lines = _joined(self._words(element))
        return lines.replace("\n", " ")

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
                    tail = _SPACE.sub(" ", child.tail or "")
                    waiting += [tail, child]

    def _link(self, element: Element) -> Hyperlink:
        address = element.get("href", "").strip()
        name = element.get("aria-label") or spoken(element)
        return Hyperlink(address, self.visible(element), name, element)


def _errors(parser: HTMLParser) -> Iterator[ParseError]:
    for (line, column), fault, values in parser.errors:
        details = values or {}
        tag = str(details.get("name", ""))
        yield ParseError(line, column, fault, tag)


def _has_words(text: str | None) -> bool:
    return text is not None and text.strip() != ""


def spoken(element: Element) -> str:
    """Return what a screen reader says for an element: its text, and its pictures' alt texts."""
    words = "".join(_spoken(element)).split()
    return " ".join(words)


def _spoken(element: Element) -> Iterator[str]:
    waiting: list[Element | str] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
            continue

        if node.tag == "img":
            yield node.get("alt", "")
        elif isinstance(node.tag, str):
            yield node.text or ""
        for child in reversed(node):
            waiting += [child.tail or "", child]


def _joined(words: Iterator[str]) -> str:
    """Return the words as lines, without white space that readers do not see."""
    lines = []
    for line in "".join(words).split("\n"):
        text = " ".join(line.split())
        if text:
            lines.append(text)
    return "\n".join(lines)

"""Read MJML and HTML piece by piece: its tags, and what the text so far ends in.

A template is read while it is put together, since what a Jinja2 tag may do depends on what is open
around it. Only as much of HTML is known as a template needs (HTML Standard, 13.2.5).
"""

from __future__ import annotations

import re
from enum import Enum
from html import unescape
from typing import NamedTuple


class Place(Enum):
    """What a piece of text can end in."""

    TEXT = "text"
    STYLE = "the content of <style> or <script>"
    COMMENT = "a comment"
    TAG = "a tag, outside the values of its attributes"
    DOUBLE_QUOTES = "a value in double quotes"
    SINGLE_QUOTES = "a value in single quotes"


_MARKS = {
    Place.TEXT: re.compile(r"<!--|<(?=[a-zA-Z/!])"),
    Place.STYLE: re.compile(r"<(?=/(?:style|script)\b)", re.IGNORECASE),
    Place.COMMENT: re.compile(r"-->"),
    Place.TAG: re.compile(r"[\"'>]"),
    Place.DOUBLE_QUOTES: re.compile(r'"'),
    Place.SINGLE_QUOTES: re.compile(r"'"),
}
"""The marks that lead from each place to another one."""

_NEXT = {
    (Place.TEXT, "<!--"): Place.COMMENT,
    (Place.TEXT, "<"): Place.TAG,
    (Place.STYLE, "<"): Place.TAG,
    (Place.COMMENT, "-->"): Place.TEXT,
    (Place.TAG, '"'): Place.DOUBLE_QUOTES,
    (Place.TAG, "'"): Place.SINGLE_QUOTES,
    (Place.TAG, ">"): Place.TEXT,
    (Place.DOUBLE_QUOTES, '"'): Place.TAG,
    (Place.SINGLE_QUOTES, "'"): Place.TAG,
}

_IN_TEXT = (Place.TEXT, Place.STYLE)
_IN_TAG = (Place.TAG, Place.DOUBLE_QUOTES, Place.SINGLE_QUOTES)
_QUOTES = {Place.DOUBLE_QUOTES: '"', Place.SINGLE_QUOTES: "'"}
_NAME = re.compile(r"</?(?P<name>[^\s/>]*)")
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]+)  (?: \s*=\s* (?: "([^"]*)" | '([^']*)' | ([^\s"'>]*) ) )?""", re.VERBOSE
)


class ElementTag(NamedTuple):
    """The start tag or the end tag of an element, such as ``<mj-text>``."""

    source: str
    start: int
    """How many characters come before it."""
    around: tuple[str, ...]
    """The MJML elements that it is in, outermost first."""

    @property
    def name(self) -> str:
        """The element's name, in lower case."""
        return _name(self.source)

    @property
    def parent(self) -> str:
        """The innermost of those; empty if there is none."""
        return _innermost(self.around)

    @property
    def is_mjml(self) -> bool:
        """Whether it is of an element of MJML, not of HTML."""
        return self.name.startswith("mj")

    @property
    def is_end(self) -> bool:
        """Whether it is an end tag."""
        return self.source.startswith("</")

    @property
    def is_whole(self) -> bool:
        """Whether it is an element without an end tag, such as ``<br />``."""
        return self.source.endswith("/>")

    @property
    def attributes(self) -> list[tuple[str, str]]:
        """The names, in lower case, and the values of its attributes."""
        return _attributes(self.source)

    @property
    def ended(self) -> tuple[str, ...]:
        """The MJML elements that an end tag ends: its own, then any that are open in that."""
        innermost_first = self.around[::-1]
        if self.name not in innermost_first:
            return ()

        count = innermost_first.index(self.name) + 1
        return self.around[-count:]


class MarkupReader:
    """Reads a text that comes in pieces."""

    def __init__(self) -> None:
        self.place = Place.TEXT
        """What the text so far ends in."""
        self.around: tuple[str, ...] = ()
        """The MJML elements that are open there, outermost first."""
        self._length = 0
        self._tag = ""
        """What has been read of a tag that has not ended."""
        self._start = 0

    def feed(self, text: str) -> list[ElementTag]:
        """Read one more piece of text, and return the tags that end in it."""
        tags: list[ElementTag] = []
        position = 0
        while mark := _MARKS[self.place].search(text, position):
            if self.in_tag:
                self._tag += text[position : mark.end()]
            elif mark[0] == "<":
                self._tag = "<"
                self._start = self._length + mark.start()

            self.place = _NEXT[self.place, mark[0]]
            position = mark.end()
            if mark[0] == ">":
                tags.append(self._end_tag())

        if self.in_tag:
            self._tag += text[position:]
        self._length += len(text)
        return tags

    def _end_tag(self) -> ElementTag:
        """Return the tag that has just been read to its end, and go into its element or out."""
        tag = ElementTag(self._tag, self._start, self.around)
        if tag.is_end:
            self.around = tag.around[: len(tag.around) - len(tag.ended)]
        elif tag.is_mjml and not tag.is_whole:
            self.around = (*tag.around, tag.name)
        elif tag.name in ("style", "script"):
            self.place = Place.STYLE
        return tag

    @property
    def parent(self) -> str:
        """The innermost MJML element that is open; empty if there is none."""
        return _innermost(self.around)

    @property
    def in_text(self) -> bool:
        """Whether the text so far ends outside tags and comments."""
        return self.place in _IN_TEXT

    @property
    def in_tag(self) -> bool:
        """Whether a tag has not ended yet."""
        return self.place in _IN_TAG

    @property
    def element(self) -> str:
        """The name of the element whose tag has not ended yet."""
        return _name(self._tag)

    @property
    def attribute(self) -> str | None:
        """The name of the attribute whose quoted value has not ended yet."""
        if self.place not in _QUOTES:
            return None

        quote = _QUOTES[self.place]
        before = self._tag.rpartition(quote)[0].rstrip()
        if not before.endswith("="):
            return None
        attributes = _attributes(before)
        return attributes[-1][0] if attributes else None


def _innermost(around: tuple[str, ...]) -> str:
    return around[-1] if around else ""


def _name(tag: str) -> str:
    match = _NAME.match(tag)
    return match["name"].lower() if match else ""


def _attributes(tag: str) -> list[tuple[str, str]]:
    """Return the names and values of the attributes of a tag, which may lack its end."""
    name = _NAME.match(tag)
    after_name = name.end() if name else 0

    attributes = []
    for attribute, double_quoted, single_quoted, bare in _ATTRIBUTE.findall(tag, after_name):
        value = double_quoted or single_quoted or bare
        attributes.append((attribute.lower(), unescape(value)))
    return attributes

"""Replace a template's Jinja2 tags by tokens that MJML and premailer leave alone; put them back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import jinja2

from newsletter.errors import ThemeError
from newsletter.theme.elements import ElementTag, MarkupReader
from newsletter.theme.folder import ThemeFolder, read
from newsletter.theme.palette import Palette
from newsletter.theme.sandbox import Sandbox

_INCLUDE = re.compile(r"""{%-?\s*include\s+["']([^"']+)["']\s*-?%}""")
_TOKEN = re.compile(r"<!--(jt\d+tj)-->|jt\d+tj")
_KEYWORD = re.compile(r"{%-?\s*(\w+)")
_CONTROL_WORDS = ("if", "elif", "else", "endif", "for", "endfor", "set", "endset")
_FIXED_ATTRIBUTES = ("class", "css-class")
"""Attributes of any element that the compiler reads."""
_FREE_ATTRIBUTES = ("href", "src", "srcset", "alt", "title", "rel", "target")
"""Attributes of MJML elements that the compiler copies, whatever they are."""
_COUNTED = ("mj-section", "mj-group")
"""Elements that share their width among the columns in them."""
_MOST_INCLUDES = 8
_MOST_PIECES = 5_000
"""Tags, and texts between them, of a template with all its parts; the default theme has 300."""
_LONGEST = 500_000
"""Characters of such a template; Gmail shows a fifth of that."""
_LEXER = Sandbox(autoescape=True)


@dataclass(frozen=True)
class Tag:
    """A Jinja2 tag of the theme, and its file and line."""

    source: str
    path: Path
    line: int

    @property
    def is_control(self) -> bool:
        """Whether it is ``{% … %}``, not ``{{ … }}``."""
        return self.source.startswith("{%")

    def error(self, message: str, hint: str) -> ThemeError:
        """Return an error at this tag."""
        return ThemeError.at(self.path, self.line, message, hint)


@dataclass
class TokenisedTemplate:
    """A template whose Jinja2 tags are tokens.

    A token is ``jt0tj``; that of a ``{% … %}`` in text is within a comment.
    """

    text: str = ""
    tags: dict[str, Tag] = field(default_factory=dict)
    """The Jinja2 tags, by their tokens."""
    elements: list[ElementTag] = field(default_factory=list)
    """The tags of MJML and HTML."""
    _reader: MarkupReader = field(default_factory=MarkupReader)
    _starts: list[int] = field(default_factory=list)
    """Where each piece of the text begins in it."""
    _origins: list[tuple[Path, int]] = field(default_factory=list)
    """The file and line that each piece is from."""

    def add(self, text: str, path: Path, line: int) -> None:
        """Add a piece of text, and say where it is from."""
        self._starts.append(len(self.text))
        self._origins.append((path, line))
        self.text += text
        self.elements += self._reader.feed(text)

    def add_tag(self, tag: Tag) -> None:
        """Add a Jinja2 tag. Raise ThemeError if a theme that is compiled once cannot have it here."""
        _require_keyword(tag)
        _require_no_columns(tag, self._reader)
        if self._reader.in_tag:
            _require_free_value(tag, self._reader)

        token = f"jt{len(self.tags)}tj"
        self.tags[token] = tag
        if tag.is_control and self._reader.in_text:
            token = f"<!--{token}-->"
        self.add(token, tag.path, tag.line)

    def place(self, offset: int) -> tuple[Path, int]:
        """Return the file and line of a character of the text."""
        index = bisect_right(self._starts, offset) - 1
        start, (path, line) = self._starts[index], self._origins[index]
        return path, line + self.text.count("\n", start, offset)

    def restore(self, html: str) -> str:
        """Return the HTML with the Jinja2 tags back in their places.

        Raise ThemeError for a tag that was lost or doubled on the way.
        """
        counts = dict.fromkeys(self.tags, 0)

        def source(match: re.Match[str]) -> str:
            token = match[1] or match[0]
            counts[token] += 1
            return self.tags[token].source

        restored = _TOKEN.sub(source, html)
        for token, count in counts.items():
            tag = self.tags[token]
            if count == 0 or (count > 1 and tag.is_control):
                message = f"MJML has no place for '{tag.source}' here."
                raise tag.error(message, "Put it around text or into it, not between columns.")
        return restored


def tokenise(theme: ThemeFolder, name: str, palette: Palette | None = None) -> TokenisedTemplate:
    """Return the template ``name`` with its includes and colours put in, and its tags replaced.

    Raise ThemeError for a fault of Jinja2, a missing include, or a tag where a theme that is
    compiled once cannot have one.
    """
    template = TokenisedTemplate()
    for count, piece in enumerate(_pieces(theme, name)):
        text, path, line, is_tag = piece
        if count > _MOST_PIECES or len(template.text) > _LONGEST:
            message = "The template is too long, with all the parts that it includes."
            hint = "Look for a part that is included again and again."
            raise ThemeError.at(path, line, message, hint)

        is_comment = is_tag and text.startswith("{#")
        if is_comment:
            continue
        if is_tag:
            template.add_tag(Tag(text, path, line))
            continue
        if palette:
            text = palette.resolve(text, path, line)
        template.add(text, path, line)
    return template


class _Piece(NamedTuple):
    """A Jinja2 tag, or what is between two of them."""

    text: str
    path: Path
    line: int
    is_tag: bool


def _pieces(theme: ThemeFolder, name: str, depth: int = 0) -> Iterator[_Piece]:
    """Yield the pieces of a template and of all that it includes, in their order."""
    path = theme.path(name)
    tag, tag_line = "", 0
    for line, kind, text in _lexed(path):
        if kind == "data":
            yield _Piece(text, path, line, is_tag=False)
            continue

        if not tag:
            tag_line = line
        tag += text
        if not kind.endswith("_end"):
            continue

        source, tag = tag.strip(), ""
        included = _INCLUDE.fullmatch(source)
        if not included:
            yield _Piece(source, path, tag_line, is_tag=True)
            continue

        theme.path(included[1], path, tag_line)  # an error names this line
        if depth == _MOST_INCLUDES:
            message = "The parts include one another in a circle."
            raise ThemeError.at(path, tag_line, message, "Delete one of them.")
        yield from _pieces(theme, included[1], depth + 1)


def _lexed(path: Path) -> list[tuple[int, str, str]]:
    """Return the line, kind and text of what Jinja2 finds in a file. Raise ThemeError."""
    source = read(path)
    try:
        _LEXER.parse(source)
        return list(_LEXER.lex(source))
    except jinja2.TemplateSyntaxError as error:
        message = f"Jinja2: {error.message}"
        raise ThemeError.at(path, error.lineno, message, "Correct the tag.") from error
    except RecursionError as error:
        message = "Jinja2: brackets are nested too deep."
        raise ThemeError.at(path, None, message, "Remove some of them.") from error


def _require_keyword(tag: Tag) -> None:
    keyword = _KEYWORD.match(tag.source)
    if keyword and keyword[1] not in _CONTROL_WORDS:
        message = f"'{keyword[1]}' cannot be compiled."
        used = 'Use {% if %}, {% for %}, {% set %} and {% include "parts/name" %}'
        raise tag.error(message, f"{used} with a plain name.")


def _require_no_columns(tag: Tag, reader: MarkupReader) -> None:
    is_among_columns = reader.in_text and reader.parent in _COUNTED
    if tag.is_control and is_among_columns:
        message = "A tag between columns cannot be compiled: MJML has counted them already."
        raise tag.error(message, "Put it around the section, or into a column.")


def _require_free_value(tag: Tag, reader: MarkupReader) -> None:
    """Raise ThemeError unless the tag is in the value of an attribute that is copied as it is."""
    attribute = reader.attribute
    if attribute is None:
        message = "A Jinja2 tag cannot decide which attributes there are."
        choose = "and choose with {% if %}."
        hint = f"Write the element twice, with the attribute and without it, {choose}"
        raise tag.error(message, hint)

    is_mjml = reader.element.startswith("mj-")
    if attribute in _FIXED_ATTRIBUTES or (is_mjml and attribute not in _FREE_ATTRIBUTES):
        message = f"'{attribute}' is used while the theme is compiled, before there is an issue."
        hint = "Write a fixed value, and choose between elements with {% if %}."
        raise tag.error(message, hint)

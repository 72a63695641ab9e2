"""Replace a template's Jinja2 tags by tokens that MJML and premailer leave alone, and put them back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import jinja2

from newsletter.errors import ThemeError
from newsletter.theme.folder import ThemeFolder, read
from newsletter.theme.sandbox import Sandbox
from newsletter.theme.stylesheet import Palette

_INCLUDE = re.compile(r"""{%-?\s*include\s+["']([^"']+)["']\s*-?%}""")
_TOKEN = re.compile(r"<!--(jt\d+tj)-->|jt\d+tj")
_CONTROL_WORDS = ("if", "elif", "else", "endif", "for", "endfor", "set", "endset")
_STATIC = ("class", "css-class")
_FREE = ("href", "src", "srcset", "alt", "title", "rel", "target")
_MOST_INCLUDES = 8
_MOST_PIECES = 5_000
"""Tags, and texts between them, of a template with all its parts; the default theme has about 300."""
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
        return self.source.startswith("{%")


@dataclass
class TokenisedTemplate:
    """A template whose Jinja2 tags are tokens: ``jt0tj`` in attributes and for ``{{ … }}``, otherwise a comment with
    such a token.
    """

    text: str = ""
    tags: dict[str, Tag] = field(default_factory=dict)
    _pieces: list[tuple[int, Path, int]] = field(default_factory=list)

    def add(self, text: str, path: Path, line: int) -> None:
        self._pieces.append((len(self.text), path, line))
        self.text += text

    def add_tag(self, tag: Tag, *, as_comment: bool) -> None:
        name = f"jt{len(self.tags)}tj"
        self.tags[name] = tag
        self.add(f"<!--{name}-->" if as_comment else name, tag.path, tag.line)

    def place(self, offset: int) -> tuple[Path, int]:
        """Return the file and line of a character of the text."""
        start, path, line = next(piece for piece in reversed(self._pieces) if piece[0] <= offset)
        return path, line + self.text.count("\n", start, offset)

    def restore(self, html: str) -> str:
        """Return the HTML with the Jinja2 tags back in their places. Raises ThemeError for a tag that was lost or
        doubled on the way.
        """
        counts = dict.fromkeys(self.tags, 0)

        def tag(match: re.Match[str]) -> str:
            name = match[1] or match[0]
            counts[name] += 1
            return self.tags[name].source

        restored = _TOKEN.sub(tag, html)
        for name, count in counts.items():
            lost = self.tags[name]
            if count == 0 or (count > 1 and lost.is_control):
                message = f"MJML has no place for '{lost.source}' here."
                raise ThemeError.at(
                    lost.path,
                    lost.line,
                    message,
                    "Put it around text or into it, not between columns.",
                )
        return restored


def tokenise(theme: ThemeFolder, name: str, palette: Palette | None = None) -> TokenisedTemplate:
    """Return the template ``name`` with its includes and colours put in, and its tags replaced. Raises ThemeError for a
    fault of Jinja2, a missing include, or a tag where a theme that is compiled once cannot have one.
    """
    result = TokenisedTemplate()
    place = _Place()
    for count, (text, path, line, is_tag) in enumerate(_pieces(theme, name)):
        if count > _MOST_PIECES or len(result.text) > _LONGEST:
            message = "The template is too long, with all the parts that it includes."
            raise ThemeError.at(
                path, line, message, "Look for a part that is included again and again."
            )
        if not is_tag:
            coloured = palette.resolve(text, path, line) if palette else text
            place.advance(coloured)
            result.add(coloured, path, line)
        elif not text.startswith("{#"):
            tag = Tag(text, path, line)
            _check(tag, place)
            result.add_tag(tag, as_comment=tag.is_control and place.in_text)
    return result


def _pieces(theme: ThemeFolder, name: str, depth: int = 0) -> Iterator[tuple[str, Path, int, bool]]:
    """Yield (text, file, line, whether it is a Jinja2 tag) for the template and all it includes, in order."""
    path = theme.path(name)
    source = read(path)
    try:
        _LEXER.parse(source)
        lexed = list(_LEXER.lex(source))
    except jinja2.TemplateSyntaxError as error:
        raise ThemeError.at(
            path, error.lineno, f"Jinja2: {error.message}", "Correct the tag."
        ) from error
    except RecursionError as error:
        message = "Jinja2: brackets are nested too deep."
        raise ThemeError.at(path, None, message, "Remove some of them.") from error
    tag, began = "", 0
    for line, kind, text in lexed:
        if kind == "data":
            yield text, path, line, False
            continue
        began = began if tag else line
        tag += text
        if not kind.endswith("_end"):
            continue
        included = _INCLUDE.fullmatch(tag.strip())
        if included:
            theme.path(included[1], path, began)
            if depth == _MOST_INCLUDES:
                raise ThemeError.at(
                    path, began, "The parts include one another in a circle.", "Delete one of them."
                )
            yield from _pieces(theme, included[1], depth + 1)
        else:
            yield tag.strip(), path, began, True
        tag = ""


def _check(tag: Tag, place: _Place) -> None:
    word = re.match(r"{%-?\s*(\w+)", tag.source)
    if word and word[1] not in _CONTROL_WORDS:
        message = f"'{word[1]}' cannot be compiled."
        hint = (
            'Use {% if %}, {% for %}, {% set %} and {% include "parts/name" %} with a plain name.'
        )
        raise ThemeError.at(tag.path, tag.line, message, hint)
    if (
        place.in_text
        and tag.is_control
        and place.mjml_parents[-1:] in (["mj-section"], ["mj-group"])
    ):
        message = "A tag between columns cannot be compiled: MJML has counted them already."
        raise ThemeError.at(
            tag.path, tag.line, message, "Put it around the section, or into a column."
        )
    if not place.in_tag:
        return
    if place.attribute is None:
        hint = (
            "Write the element twice, with the attribute and without it, and choose with {% if %}."
        )
        raise ThemeError.at(
            tag.path, tag.line, "A Jinja2 tag cannot decide which attributes there are.", hint
        )
    if place.attribute in _STATIC or (
        place.element.startswith("mj-") and place.attribute not in _FREE
    ):
        message = (
            f"'{place.attribute}' is used while the theme is compiled, before there is an issue."
        )
        raise ThemeError.at(
            tag.path,
            tag.line,
            message,
            "Write a fixed value, and choose between elements with {% if %}.",
        )


class _Place:
    """Where the text so far ends: in text, in a comment, or in a tag, and in which attribute."""

    def __init__(self) -> None:
        self._open = ""
        self.in_comment = False
        self.mjml_parents: list[str] = []

    def advance(self, text: str) -> None:
        self._open += text
        while True:
            if self._open.startswith("<!--"):
                end = self._open.find("-->")
                self.in_comment = end < 0
                if end < 0:
                    return
                self._open = self._open[end + 3 :]
            elif self._open.startswith("<"):
                end = _tag_end(self._open)
                if end < 0:
                    return
                self._enter_or_leave(self._open[:end])
                self._open = self._open[end:]
            start = re.search(r"<[a-zA-Z/!]", self._open)
            if not start:
                self._open = ""
                return
            self._open = self._open[start.start() :]

    def _enter_or_leave(self, tag: str) -> None:
        name = re.match(r"<(/?)(mj[\w-]*)", tag)
        if name and name[1] and name[2] in self.mjml_parents:
            while self.mjml_parents.pop() != name[2]:
                pass
        elif name and not name[1] and not tag.endswith("/>"):
            self.mjml_parents.append(name[2])

    @property
    def in_tag(self) -> bool:
        return bool(self._open) and not self.in_comment

    @property
    def in_text(self) -> bool:
        return not self._open

    @property
    def element(self) -> str:
        return (re.match(r"</?([\w-]+)", self._open) or ["", ""])[1]

    @property
    def attribute(self) -> str | None:
        """The attribute whose quoted value is still open."""
        match = re.search(r"""([\w:-]+)\s*=\s*(?:"[^"]*|'[^']*)$""", self._open)
        closed = re.sub(r"""=\s*(?:"[^"]*"|'[^']*')""", "=", self._open)
        return match[1] if match and re.search(r"""=\s*["']""", closed) else None


def _tag_end(text: str) -> int:
    """Return the end of the tag at the start of the text, after its ``>``; -1 if it is still open."""
    match = re.match(r"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""", text)
    return match.end() if match else -1

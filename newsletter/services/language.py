"""The template languages of services.

An author's text that only looks like a tag must reach the reader as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from newsletter.email.merge_tags import token
from newsletter.model import MergeTagName

_STYLE = re.compile(r"(<style\b.*?</style>)", re.DOTALL | re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"\s|\ufdd0[^\ufdd1]*\ufdd1")
_NEVER = re.compile(r"(?!)")


class CannotEscape(ValueError):
    """A text has what the service would take for a tag, and its language has no way to write it."""

    def __init__(self, word: str) -> None:
        self.word = word
        """The word in question, such as ``{{name}}``."""
        super().__init__(word)


class TemplateLanguage(Protocol):
    """How an author's text is escaped for a service. Merge tags in the texts are neutral tokens."""

    def escape_html(self, html: str, tags: Mapping[MergeTagName, str]) -> str:
        """Return HTML as the service may get it; ``tags`` will replace the tokens."""

    def escape_text(self, text: str, tags: Mapping[MergeTagName, str]) -> str:
        """Return plain text, a subject or a preheader as the service may get it.

        Raise CannotEscape if there is no way to write it.
        """


@dataclass(frozen=True)
class Delimiters:
    """A language that has no way to write the characters that open a tag.

    In HTML a character reference hides a character from every such language and from no reader.
    Plain text has no character references, so there the text is refused.
    """

    openings: tuple[str, ...] = ()
    """What opens a tag: two characters or more each, such as ``{{``."""

    def escape_html(self, html: str, tags: Mapping[MergeTagName, str]) -> str:
        """Return the HTML with character references for openings; in style sheets, with spaces."""
        taken_for_tag = self._taken_for_tag(tags)
        parts = _STYLE.split(html)

        for number, part in enumerate(parts):
            is_style_sheet = number % 2 == 1
            if is_style_sheet:  # CSS has no character references, and ignores a space after a brace
                parts[number] = taken_for_tag.sub(r"\g<0> ", part)
            else:
                parts[number] = taken_for_tag.sub(_character_reference, part)
        return "".join(parts)

    def escape_text(self, text: str, tags: Mapping[MergeTagName, str]) -> str:
        """Return the text as it is. Raise CannotEscape if it has an opening."""
        match = self._taken_for_tag(tags).search(text)
        if match:
            raise CannotEscape(_word_at(text, match.start()))
        return text

    def _taken_for_tag(self, tags: Mapping[MergeTagName, str]) -> re.Pattern[str]:
        """Return a pattern for each character that the service would take for part of a tag."""
        if not self.openings:
            return _NEVER

        patterns = [pattern for each in self.openings for pattern in _opening_patterns(each, tags)]
        patterns += _closing_patterns(tags)
        return re.compile("|".join(patterns))


def _opening_patterns(opening: str, tags: Mapping[MergeTagName, str]) -> Iterator[str]:
    """Yield patterns for a character that starts an opening, alone or with the tag beside it."""
    first, rest = re.escape(opening[0]), re.escape(opening[1:])
    continuations = [rest]

    for name, tag in tags.items():
        tag_token = re.escape(token(name))
        if tag.startswith(opening[1:]):
            continuations.append(tag_token)
        if tag.endswith(opening[0]):
            yield f"(?<={tag_token}){rest}"

    yield f"{first}(?={'|'.join(continuations)})"


def _closing_patterns(tags: Mapping[MergeTagName, str]) -> Iterator[str]:
    """Yield patterns for a character that would lengthen the end of a tag, such as ``}}``."""
    for name, tag in tags.items():
        last = tag[-1]
        if tag.endswith(2 * last):
            tag_token = re.escape(token(name))
            yield f"(?<={tag_token}){re.escape(last)}"


def _character_reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _word_at(text: str, position: int) -> str:
    """Return the word at a position: what is between spaces and merge tags."""
    start = 0
    for match in _BETWEEN_WORDS.finditer(text, 0, position):
        start = match.end()

    next_match = _BETWEEN_WORDS.search(text, position)
    end = next_match.start() if next_match else len(text)
    return text[start:end]

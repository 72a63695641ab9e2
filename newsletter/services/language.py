"""Literal text: what only looks like a service's own syntax must reach the reader as plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from newsletter.email.merge_tags import token
from newsletter.model import MergeTagName

_STYLE = re.compile(r"(<style\b.*?</style>)", re.DOTALL | re.IGNORECASE)
_BETWEEN = re.compile(r"\s|\ufdd0[^\ufdd1]*\ufdd1")


class Lookalike(ValueError):
    """A text has what the service would take for its own syntax, and the service has no way to write it."""

    def __init__(self, word: str) -> None:
        self.word = word
        """The word in question, such as ``{{name}}``."""
        super().__init__(word)


class Syntax(Protocol):
    """How an author's text is hidden from a service's language. Merge tags in the given texts are neutral."""

    def html(self, html: str, tags: Mapping[MergeTagName, str]) -> str:
        """Return HTML as the service may get it. ``tags`` has what the merge tags will be replaced with."""

    def text(self, text: str, tags: Mapping[MergeTagName, str]) -> str:
        """Return plain text, a subject or a preheader as the service may get it. Raise Lookalike if there is no way."""


@dataclass(frozen=True)
class Openings:
    """A language whose tags start with certain characters, and that has no other way to write these.

    In HTML a character reference hides a character from every such language and from no reader. Plain text has no such
    references, so the text is refused.
    """

    pairs: tuple[str, ...] = ()
    """What starts a tag; two characters or more each, such as ``{{``."""

    def html(self, html: str, tags: Mapping[MergeTagName, str]) -> str:
        """See Syntax."""
        wrong = self._wrong(tags)
        parts = _STYLE.split(html)
        parts[::2] = [wrong.sub(lambda found: f"&#{ord(found[0])};", part) for part in parts[::2]]
        parts[1::2] = [
            wrong.sub(r"\g<0> ", part) for part in parts[1::2]
        ]  # CSS ignores a space after a brace
        return "".join(parts)

    def text(self, text: str, tags: Mapping[MergeTagName, str]) -> str:
        """See Syntax."""
        if found := self._wrong(tags).search(text):
            raise Lookalike(_word(text, found.start()))
        return text

    def _wrong(self, tags: Mapping[MergeTagName, str]) -> re.Pattern[str]:
        """Return a pattern for each character that starts an opening, or makes one together with the tag beside it, or
        would lengthen the doubled end of the tag before it, such as ``}}``.
        """
        if not self.pairs:
            return re.compile(r"(?!)")
        forms = list[str]()
        for pair in self.pairs:
            first, rest = pair[0], pair[1:]
            behind = [rest, *(token(name) for name, tag in tags.items() if tag.startswith(rest))]
            forms.append(f"{re.escape(first)}(?={'|'.join(map(re.escape, behind))})")
            before = [token(name) for name, tag in tags.items() if tag.endswith(first)]
            forms += [f"(?<={re.escape(each)}){re.escape(rest)}" for each in before]
        for name, tag in tags.items():
            if tag[-2:] == 2 * tag[-1:]:
                forms.append(f"(?<={re.escape(token(name))}){re.escape(tag[-1:])}")
        return re.compile("|".join(forms))


def _word(text: str, position: int) -> str:
    """Return the word at a position: what is between spaces and merge tags."""
    start = max((match.end() for match in _BETWEEN.finditer(text, 0, position)), default=0)
    end = _BETWEEN.search(text, position)
    return text[start : end.start() if end else len(text)]

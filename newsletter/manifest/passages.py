"""The texts of an issue as its readers see them, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from newsletter.model import Issue, Noun
from newsletter.model.fields import Seen
from newsletter.model.walking import Text, texts
from newsletter.text.markdown import to_line, tokens, unread, visible

if TYPE_CHECKING:
    from markdown_it.token import Token

_CODE = re.compile(r"`[^`]+`")
_CODE_MARK = "\ufffc"


class Passage(NamedTuple):
    """A piece of text as readers see it, without Markdown's own characters; of a longer text, one paragraph."""

    source: Text
    """The text that it is of, as it is in the issue."""
    text: str
    prose: str
    """The text with U+FFFC for each character of code, which follows its own rules."""
    unread: str
    """The text with its line breaks, and a filler for what Markdown read as code or as an address."""
    below: int = 0
    """The number of lines between the start of its text and its own."""

    @property
    def noun(self) -> Noun:
        """The innermost noun that it belongs to."""
        return self.source.noun

    @property
    def field(self) -> str:
        """The name of its field in that noun."""
        return self.source.field


def passages_of(issue: Issue) -> Iterator[Passage]:
    """Yield every passage of an issue and of its publication, in the order of the files."""
    for text in texts(issue):
        if text.seen is Seen.MARKDOWN:
            for block in tokens(text.value):
                if block.type == "inline":
                    yield _paragraph(text, block)
        elif text.seen is Seen.LINE:
            yield Passage(text, text.value, _without_code(text.value), text.value)


def _paragraph(text: Text, inline: Token) -> Passage:
    below = inline.map[0] if inline.map else 0
    return Passage(text, to_line(inline), _prose(inline), unread(inline), below)


def _prose(inline: Token) -> str:
    text = ""
    for token in inline.children or ():
        is_code = token.type == "code_inline"
        text += _CODE_MARK * len(token.content) if is_code else visible(token)
    return _without_code(text)


def _without_code(text: str) -> str:
    return _CODE.sub(lambda match: _CODE_MARK * len(match[0]), text)

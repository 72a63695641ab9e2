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
    """A piece of text as readers see it, without Markdown's own characters.

    It is a line, or one paragraph of a longer text.
    """

    source: Text
    """The text that it is of, as it is in the issue."""
    text: str
    prose: str
    """The text with U+FFFC for each character of code, which follows its own rules."""
    unread: str
    """The text with its line breaks, and a filler for what Markdown read or left alone.

    That is code, an address, and an escaped character: any markup left in it was not read.
    """
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
                elif block.type == "picture" and block.attrs["alt"]:
                    yield _alt(text, block)
        elif text.seen is Seen.LINE:
            line = text.value
            yield Passage(text, line, prose=_without_code(line), unread=line)


def _alt(text: Text, picture: Token) -> Passage:
    """Return the passage of what a picture shows."""
    alt = str(picture.attrs["alt"])
    below = picture.map[0] if picture.map else 0
    return Passage(text, alt, prose=_without_code(alt), unread=alt, below=below)


def _paragraph(text: Text, inline: Token) -> Passage:
    """Return the passage of one paragraph of a text."""
    below = inline.map[0] if inline.map else 0
    return Passage(
        text,
        text=to_line(inline),
        prose=_prose(inline),
        unread=unread(inline),
        below=below,
    )


def _prose(inline: Token) -> str:
    text = ""
    for token in inline.children or ():
        if token.type == "code_inline":
            text += _CODE_MARK * len(token.content)
        else:
            text += visible(token)
    return _without_code(text)


def _without_code(text: str) -> str:
    """Return a text with U+FFFC for what is between backticks: a line has no other code."""
    return _CODE.sub(_marks, text)


def _marks(code: re.Match[str]) -> str:
    return _CODE_MARK * len(code[0])

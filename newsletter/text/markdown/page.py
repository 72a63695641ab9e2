"""Tokens to the HTML of a web page: without styles, with figures, and with footnotes that lead both
ways.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from newsletter.text.markdown.html import element, heading_tag
from newsletter.text.markdown.reading import OF_ADDRESSES, Blocks

if TYPE_CHECKING:
    from markdown_it.token import Token

_HEADINGS = ("h1", "h2")
_BACK = "\u21a9\ufe0e"
"""An arrow, and that it is a letter and no emoji."""


class Notes(NamedTuple):
    """How the footnotes of a text are linked."""

    name: str
    """What their ids begin with, so that two texts can be on one page."""
    back: str
    """What the link to the text is called, for readers who do not see its arrow."""

    def note(self, number: int) -> str:
        """Return the id of a footnote."""
        return f"{self.name}note-{number}"

    def reference(self, number: int, time: int) -> str:
        """Return the id of the place where the text refers to a footnote for the nth ``time``."""
        again = f"-{time}" if time > 1 else ""
        return f"{self.name}ref-{number}{again}"


def to_page(
    blocks: Blocks,
    *,
    level: int = 2,
    notes: Notes | None = None,
    pictures: Mapping[str, Markup] | None = None,
    marks_bare: bool = False,
) -> Markup:
    """Return the HTML of block tokens.

    ``level`` is that of the highest headings. Without ``notes`` the footnotes have numbers, but no
    links. ``pictures`` has the HTML of each picture by what is written for its file; the others are
    left out, with their captions. With ``marks_bare``, a link that shows its own address has the
    class ``bare``: a style sheet for paper writes the addresses of the others.
    """
    written = _Page(level, notes, pictures or {}, marks_bare).write(blocks)
    return Markup("".join(written))  # noqa: S704  all text in it is escaped


def without_pictures(blocks: Blocks, but: Collection[str] = ()) -> Blocks:
    """Return a text without its pictures and their captions, ``but`` those with these files."""
    kept: list[Token] = []
    is_lost = False
    for place, block in enumerate(blocks):
        if block.type == "figure_open":
            is_lost = str(blocks[place + 1].attrs["src"]) not in but
        if not is_lost:
            kept.append(block)
        if block.type == "figure_close":
            is_lost = False
    return Blocks(kept)


class _Page:
    """A text while it is written."""

    def __init__(
        self, level: int, notes: Notes | None, pictures: Mapping[str, Markup], marks_bare: bool
    ) -> None:
        self._level = level
        self._notes = notes
        self._pictures = pictures
        self._marks_bare = marks_bare
        self._referred: Counter[int] = Counter()
        """How often the text has referred to each footnote."""
        self._note = 0
        """The number of the footnote that is written."""

    def write(self, blocks: Blocks) -> Iterator[str]:
        """Yield the HTML of each token."""
        for block in without_pictures(blocks, but=self._pictures):
            if block.type == "inline":
                yield from map(self._inline, block.children or ())
            elif block.type == "picture":
                yield f"{self._pictures[str(block.attrs['src'])]}\n"
            elif block.tag in _HEADINGS:
                yield self._heading(block)
            elif block.type == "footnote_block_open" and self._notes:
                yield '<ol class="footnotes">'
            elif block.type in ("footnote_open", "footnote_close") and self._notes:
                yield self._footnote(block, self._notes)
            else:
                yield element(block, {})

    def _heading(self, block: Token) -> str:
        tag = heading_tag(block, self._level)
        return f"<{tag}>" if block.nesting > 0 else f"</{tag}>\n"

    def _inline(self, token: Token) -> str:
        if self._marks_bare and token.type == "link_open" and token.markup in OF_ADDRESSES:
            return element(token, {}).replace("<a ", '<a class="bare" ', 1)
        if token.type != "footnote_ref" or self._notes is None:
            return element(token, {})

        number = int(token.meta["id"]) + 1
        self._referred[number] += 1
        reference = self._notes.reference(number, self._referred[number])
        note = self._notes.note(number)
        return f'<sup><a id="{reference}" href="#{note}">[{number}]</a></sup>'

    def _footnote(self, block: Token, notes: Notes) -> str:
        if block.nesting > 0:
            self._note += 1
            return f'<li id="{notes.note(self._note)}">'

        times = range(1, self._referred[self._note] + 1)
        back = escape(notes.back)
        links = [
            f' <a href="#{notes.reference(self._note, time)}" aria-label="{back}">{_BACK}</a>'
            for time in times
        ]
        return f"{''.join(links)}</li>\n"

"""A text as tokens: read once, then shown as HTML, as plain text, or cut to a teaser."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from newsletter.text.markdown.dialect import parser
from newsletter.text.markdown.paragraphs import paragraphs
from newsletter.text.markdown.tables import with_lines

if TYPE_CHECKING:
    from markdown_it.token import Token

OF_ADDRESSES = ("linkify", "autolink")
"""The markup of links that were written as an address alone."""
_BREAKS = ("softbreak", "hardbreak")
_FILLER = "\ufffc"
_TAGS_OF_FOOTNOTES = {"footnote_block": "ol", "footnote": "li"}
_APART = ("heading_open", "figure_open", "table_open", "footnote_block_open")
"""What begins a part of a text that is apart from its sentences."""
_ITEM = ("list_item_open", "list_item_close")
_BETWEEN_ITEMS = " · "
_WIDE_MARKS = tuple("。．、，：；？！」』）】")
"""What ends a line of ideographs, with its own blank behind it."""
_MARKS = (*".,:;?!…–—-", *_WIDE_MARKS)
"""What ends a line that needs no other mark before the next one."""
_ONE_PARAGRAPH = ("paragraph_open", "inline", "paragraph_close", "footnote_close")


class Blocks(list["Token"]):
    """The block tokens of a text, which never change; equal only to themselves, so that results can
    be cached.
    """

    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__

    unused_references: tuple[str, ...] = ()
    """The address of each definition ``[name]: address`` that no link uses."""


@lru_cache(maxsize=256)
def tokens(source: str) -> Blocks:
    """Return the block tokens of a text. Headings are ``h1`` and ``h2``, which are levels within
    the text; each row of a table is the entry of a list, and footnotes are a list at the end.
    """
    blocks = paragraphs(source)
    return _parsed(source) if blocks is None else Blocks(blocks)


def _parsed(source: str) -> Blocks:
    environment: dict[str, Any] = {}
    parsed = parser().parse(source, environment)
    _level_headings(parsed)
    blocks = Blocks(_footnotes_as_list(with_lines(parsed)))
    blocks.unused_references = _unused_references(blocks, environment.get("references", {}))
    _number_lists(blocks)
    return blocks


@lru_cache(maxsize=256)
def running_text(blocks: Blocks) -> Blocks:
    """Return what is left of a text without its headings, pictures, tables and footnotes, and
    without the numbers of these.
    """
    kept: list[Token] = []
    within: str | None = None
    for block in blocks:
        if within is None and block.type in _APART:
            within = block.type.replace("_open", "_close")
        elif within is None:
            kept.append(_without_notes(block))
        elif block.type == within:
            within = None
    return Blocks(kept)


def _without_notes(block: Token) -> Token:
    children = block.children or []
    kept = [token for token in children if token.type != "footnote_ref"]
    return block if len(kept) == len(children) else block.copy(children=kept)


def run_on(blocks: Blocks) -> Iterator[tuple[str, Token]]:
    """Yield the lines of a text, each with what parts it from the one before where all become one:
    a space, a middle dot if an item of a list begins or ends there in no punctuation, or nothing
    after a full stop that is as wide as an ideograph.
    """
    between = ""
    last = ""
    for block in blocks:
        if block.type in _ITEM and last and not last.endswith(_MARKS):
            between = _BETWEEN_ITEMS
        elif block.type == "inline" and block.children:
            yield between, block
            last = to_line(block).rstrip()
            between = "" if last.endswith(_WIDE_MARKS) else " "


def is_break(token: Token) -> bool:
    """Return whether the token is a line break within a paragraph."""
    return token.type in _BREAKS


def visible(token: Token) -> str:
    """Return what a reader sees of one token within a line, without a footnote's number."""
    return " " if is_break(token) else token.content


def to_line(inline: Token) -> str:
    """Return the visible text of one inline token, on one line."""
    seen = map(visible, inline.children or ())
    return "".join(seen)


def unread(inline: Token) -> str:
    """Return the text of to_line with its line breaks, and a filler for each character that was
    read as code or as an address, or that was escaped: any markup left in it was not read.
    """
    text = ""
    is_within_address = False
    for token in inline.children or ():
        if token.markup in OF_ADDRESSES:
            is_within_address = token.nesting > 0

        if is_break(token):
            text += "\n"
        elif token.type == "text" and not is_within_address:
            text += token.content
        else:
            text += _FILLER * len(token.content)
    return text


def inline_tokens(source: str, *, bare_addresses: bool = False) -> Iterator[Token]:
    """Yield the tokens of a text of one line, which has no paragraphs, lists or headings."""
    for block in parser(bare_addresses=bare_addresses).parseInline(source):
        yield from block.children or ()


def _level_headings(blocks: list[Token]) -> None:
    """Give each heading its level, h1 or h2: the first is an h1, and so are all with as few # as
    the highest above. So a text never begins in the middle of an outline, nor skips a level.
    """
    highest = ""
    for block in blocks:
        if block.type not in ("heading_open", "heading_close"):
            continue
        highest = min(highest or block.tag, block.tag)
        block.tag = "h1" if block.tag == highest else "h2"


def _footnotes_as_list(blocks: list[Token]) -> list[Token]:
    """Make the footnotes a numbered list at the end."""
    kept = [block for block in blocks if block.type != "footnote_anchor"]
    for place, block in enumerate(kept):
        name = block.type.removesuffix("_open").removesuffix("_close")
        if name in _TAGS_OF_FOOTNOTES:
            block.tag = _TAGS_OF_FOOTNOTES[name]
            block.block = True
        if block.type == "footnote_open":
            _close_up(kept[place + 1 : place + 5])
    return kept


def _close_up(footnote: list[Token]) -> None:
    """Leave no space around the text of a footnote that has a single paragraph."""
    types = tuple(token.type for token in footnote)
    if types == _ONE_PARAGRAPH:
        opening, _, closing, _ = footnote
        opening.hidden = closing.hidden = True


def _number_lists(blocks: Blocks) -> None:
    """Give list items the numbers that are written, as in a list that counts down, unless a number
    is written twice.
    """
    open_lists: list[list[Token]] = []
    for block in blocks:
        if block.tag in ("ol", "ul") and block.nesting > 0:
            open_lists.append([])
        elif block.tag in ("ol", "ul") and block.nesting < 0:
            _keep_numbers(open_lists.pop())
        elif block.type == "list_item_open" and block.info and open_lists:
            open_lists[-1].append(block)


def _keep_numbers(items: list[Token]) -> None:
    numbers = [int(item.info) for item in items]
    if len(set(numbers)) < len(numbers):
        return

    expected: int | None = None
    for item, number in zip(items, numbers, strict=True):
        if expected is not None and number != expected:
            item.attrs["value"] = number
        expected = number + 1


def _unused_references(blocks: Blocks, references: dict[str, Any]) -> tuple[str, ...]:
    unused: dict[Any, Any] = dict(references)
    for block in blocks:
        for token in block.children or ():
            unused.pop(token.meta.get("label"), None)
    return tuple(str(reference["href"]) for reference in unused.values())

"""A text as tokens: read once, then shown as HTML, as plain text, or cut to a teaser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from newsletter.text.markdown.dialect import parser
from newsletter.text.markdown.plain import plain_paragraphs

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAKS = ("softbreak", "hardbreak")
_MASK = "\ufffc"


class Blocks(list["Token"]):
    """The block tokens of a text, which never change; equal only to themselves, so that results can be cached."""

    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__

    unused_references: tuple[str, ...] = ()
    """The address of each definition ``[name]: address`` that no link uses."""


@lru_cache(maxsize=512)
def tokens(source: str) -> Blocks:
    """Return the block tokens of a text. Headings are paragraphs in bold, and footnotes a list at the end."""
    plain = plain_paragraphs(source)
    return _parsed(source) if plain is None else Blocks(plain)


def _parsed(source: str) -> Blocks:
    found: dict[str, Any] = {}
    blocks = Blocks(_footnotes_as_list(_headings_as_paragraphs(parser().parse(source, found))))
    blocks.unused_references = _unused_references(blocks, found.get("references", {}))
    _number_lists(blocks)
    for block in blocks:
        for token in block.children or ():
            token.content = re.sub(r"[\t\n\f\r]", " ", token.content)  # from entities such as &#10;
    return blocks


def is_break(token: Token) -> bool:
    """Return whether the token is a line break within a paragraph."""
    return token.type in _BREAKS


def visible(token: Token) -> str:
    """Return what a reader sees of one token within a line, without a footnote's number."""
    return " " if is_break(token) else token.content


def to_line(inline: Token) -> str:
    """Return the visible text of one inline token, on one line."""
    return "".join(map(visible, inline.children or ()))


def unread(inline: Token) -> str:
    """Return the text of to_line with its line breaks, and a filler for each character that was read as code or as an
    address, or that was escaped: any markup left in it was not read.
    """
    text, within_address = "", False
    for token in inline.children or ():
        if token.markup in ("linkify", "autolink"):
            within_address = token.nesting > 0
        if is_break(token):
            text += "\n"
        elif token.type == "text" and not within_address:
            text += token.content
        else:
            text += _MASK * len(token.content)
    return text


def _headings_as_paragraphs(blocks: list[Token]) -> list[Token]:
    """Make each heading a paragraph in bold: the levels of headings belong to the theme."""
    is_heading = False
    for block in blocks:
        if block.type in ("heading_open", "heading_close"):
            is_heading = block.nesting > 0
            block.type = block.type.replace("heading", "paragraph")
            block.tag = "p"
        elif is_heading and block.type == "inline":
            block.children = [_token("strong", 1), *(block.children or []), _token("strong", -1)]
    return blocks


def _footnotes_as_list(blocks: list[Token]) -> list[Token]:
    """Make the footnotes a numbered list at the end; a note of one paragraph needs no space around it."""
    kept = [block for block in blocks if block.type != "footnote_anchor"]
    tags = {"footnote_block": "ol", "footnote": "li"}
    for place, block in enumerate(kept):
        if tag := tags.get(block.type.removesuffix("_open").removesuffix("_close")):
            block.tag, block.block = tag, True
        is_short = block.type == "footnote_open" and [
            one.type for one in kept[place + 1 : place + 5]
        ] == [
            *("paragraph_open", "inline", "paragraph_close", "footnote_close"),
        ]
        if is_short:
            kept[place + 1].hidden = kept[place + 3].hidden = True
    return kept


def _number_lists(blocks: Blocks) -> None:
    """Give list items the numbers that are written, as in a list that counts down, unless a number is written twice."""
    lists: list[list[Token]] = []
    for block in blocks:
        if block.tag == "ol":
            lists.append([]) if block.nesting > 0 else _keep_numbers(lists.pop())
        elif block.tag == "ul" and block.nesting:
            lists.append([]) if block.nesting > 0 else lists.pop()
        elif block.type == "list_item_open" and lists and block.info:
            lists[-1].append(block)


def _keep_numbers(items: list[Token]) -> None:
    numbers = [int(item.info) for item in items]
    if len(set(numbers)) < len(numbers):
        return
    for item, before, number in zip(items[1:], numbers, numbers[1:], strict=False):
        if number != before + 1:
            item.attrs["value"] = number


def _unused_references(blocks: Blocks, references: dict[str, Any]) -> tuple[str, ...]:
    used = {
        token.meta.get("label") for block in blocks for token in block.children or () if token.meta
    }
    return tuple(
        str(reference["href"]) for label, reference in references.items() if label not in used
    )


def inline_tokens(source: str, *, bare_addresses: bool = False) -> Iterator[Token]:
    """Yield the tokens of a text of one line, which has no paragraphs, lists or headings."""
    for block in parser(bare_addresses=bare_addresses).parseInline(source):
        yield from block.children or ()


def _token(tag: str, nesting: Any) -> Token:
    from markdown_it.token import Token

    return Token(f"{tag}_{'open' if nesting > 0 else 'close'}", tag, nesting)

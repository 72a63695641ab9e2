"""Setting lines, titles and Markdown in the type of a language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from newsletter.text.markdown import Blocks, Title, read_title, visible
from newsletter.text.typography.languages import Rules, rules_of
from newsletter.text.typography.quotes import quote_changes
from newsletter.text.typography.signs import (
    Change,
    dash_changes,
    ellipsis_changes,
    french_changes,
    space_changes,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

_KEPT = re.compile(
    r"`[^`]+`"
    r"|(?:https?://|www\.)\S*[^\s'\"”’.,;:!?)\]]"
    r"|[\w.+-][\w.+'-]*@(?:(?!https?:)[\w.-])+(?<=\w)"
    r"|\[\[[a-z-]+\]\]"
    "|\ufdd0[^\ufdd1]*\ufdd1"  # a merge tag, as email/merge_tags.py writes it
)
"""What is no prose: code, addresses, merge tags."""
_SIGNS_OF_KEPT = ("`", "@", "//", "www", "[[", "\ufdd0")
_MARKUP = re.compile(r"\\.|[*_~^]")
"""What the Markdown of a title has besides its text: escaped signs, and marks of emphasis."""
_LETTER = "ª"
"""Stands for each character that is kept: a letter, which is in no word of the rules."""
_ADDRESSES = ("linkify", "autolink")


@lru_cache(maxsize=4096)
def set_line(text: str, language: str) -> str:
    """Return a line of plain text in the type of a language."""
    rules = rules_of(language)
    if rules is None:
        return text
    return _changed(text, _changes(text, rules, language))


def set_title(title: Title, language: str) -> Title:
    """Return a title in the type of a language, with its emphasis."""
    return _set_title(title, title.markdown, language)


@lru_cache(maxsize=1024)
def _set_title(title: Title, written: str, language: str) -> Title:
    """Return a title in type; it is ``written`` that tells it from one with other emphasis."""
    rules = rules_of(language)
    if rules is None:
        return title

    if written == title:
        typeset = set_line(written, language)
        return Title(typeset, typeset)
    seen, places = _without_markup(written)
    changes = [
        Change(places[start], _end(start, end, places), new)
        for start, end, new in _changes(seen, rules, language)
    ]
    return read_title(_changed(written, changes))


def _end(start: int, end: int, places: list[int]) -> int:
    """Return where a part of a title ends in its Markdown, before the marks that may follow."""
    if start == end:
        return places[start]
    return places[end - 1] + 1


@lru_cache(maxsize=256)
def set_blocks(blocks: Blocks, language: str) -> Blocks:
    """Return Markdown in the type of a language. A quotation may begin in a link or an emphasised
    phrase and end outside it.
    """
    rules = rules_of(language)
    if rules is None:
        return blocks
    return Blocks(_set_inline(block, rules, language) for block in blocks)


def _changes(text: str, rules: Rules, language: str) -> list[Change]:
    """Return what is changed in a text, in order; no two changes are of the same part."""
    text = _masked(text)
    found: list[Change] = []
    if "'" in text or '"' in text:
        found += quote_changes(text, rules)
    if "..." in text:
        found += ellipsis_changes(text)
    found += dash_changes(text, rules)
    found += space_changes(text, rules, language)
    found += french_changes(text, rules)

    kept: list[Change] = []
    end = 0
    for change in sorted(found):
        if change.start >= end:
            kept.append(change)
            end = change.end
    return kept


def _masked(text: str) -> str:
    if not any(sign in text for sign in _SIGNS_OF_KEPT):
        return text
    return _KEPT.sub(lambda match: _LETTER * len(match[0]), text)


def _changed(text: str, changes: list[Change]) -> str:
    pieces: list[str] = []
    place = 0
    for start, end, new in changes:
        pieces += [text[place:start], new]
        place = end
    return "".join([*pieces, text[place:]])


def _without_markup(written: str) -> tuple[str, list[int]]:
    """Return the Markdown of a title without its marks, and where each character of that is
    written. An escaped sign is kept as a letter is.
    """
    seen = ""
    places: list[int] = []
    place = 0
    for match in [*_MARKUP.finditer(written), None]:
        start = match.start() if match else len(written)
        seen += written[place:start]
        places += range(place, start)
        if match and match[0].startswith("\\"):
            seen += _LETTER
            places.append(start + 1)
        place = match.end() if match else start
    return seen, [*places, len(written)]


def _set_inline(block: Token, rules: Rules, language: str) -> Token:
    """Return a block with its line in type; the block itself if nothing changes."""
    if block.type == "picture":
        alt = str(block.attrs["alt"])
        return block.copy(
            attrs=block.attrs | {"alt": _changed(alt, _changes(alt, rules, language))}
        )
    if not block.children:
        return block
    changes = _changes("".join(_prose(block.children)), rules, language)
    if not changes:
        return block

    children: list[Token] = []
    place = 0
    for token in block.children:
        end = place + len(visible(token))
        own = [
            Change(start - place, stop - place, new)
            for start, stop, new in changes
            if place <= start < end and stop <= end
        ]
        children.append(_set_token(token, own))
        place = end
    return block.copy(children=children)


def _prose(line: list[Token]) -> Iterator[str]:
    """Yield what a reader sees of each token, with letters for what is no prose."""
    is_address = False
    for token in line:
        if token.markup in _ADDRESSES:
            is_address = token.nesting > 0
        if is_address or token.type in ("code_inline", "text_special"):
            yield _LETTER * len(token.content)
        else:
            yield visible(token)


def _set_token(token: Token, changes: list[Change]) -> Token:
    """Return a piece of text with these changes; a line break becomes a space that does not."""
    if not changes or token.type == "hardbreak":
        return token
    from markdown_it.token import Token

    text = _changed(visible(token), changes)
    return Token("text", "", 0, content=text)

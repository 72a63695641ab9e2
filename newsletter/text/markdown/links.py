"""The links and pictures of a text, and pieces that were meant to be links but are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from newsletter.text.markdown.dialect import is_allowed, parser
from newsletter.text.markdown.pictures import START_OF_PICTURE, Picture
from newsletter.text.markdown.plain_links import plain_links
from newsletter.text.markdown.reading import is_break, tokens

if TYPE_CHECKING:
    from markdown_it.token import Token

_WORDS = r"(?=[^\[\]\n]*[^\W\d_])(?P<words>[^\[\]\n]*)"
_ADDRESS = r"(?P<address>(?:https?://|mailto:)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
_WITH_A_SPACE = re.compile(rf"(?<![\\!])\[{_WORDS}\]\s*\({_ADDRESS}\)", re.IGNORECASE)
_WITHOUT_ADDRESS = re.compile(rf"(?<![\\!])\[{_WORDS}\]\(\s*\)")
_STARTED = re.compile(
    rf"(?<![\\!])\[{_WORDS}\]\((?P<rest>(?:https?://|mailto:)[^\n]*)", re.IGNORECASE
)
_TURNED = re.compile(
    r"(?<!\\)\((?P<words>[^()\n]+)\)\[(?P<address>(?:https?://|mailto:)[^\s\[\]]+)\]", re.IGNORECASE
)
_CUT = re.compile(r"https?://[^\s<>]+<\d[^\s<>]*>[^\s<>]*", re.IGNORECASE)
_MOST_WORDS = 6
"""The most words of an address with spaces; if there are more, only the first counts as the
address."""
_DEFINITION = "]:"
_FOOTNOTE = re.compile(r"^\[\^\w+\]:", re.MULTILINE)


class Fault(NamedTuple):
    """A faulty link: the line of its paragraph, counted from 0, what is written, and what is
    right.
    """

    line: int
    written: str
    right: str | None
    """None for a real link that leads to no web or mail address."""


def links(source: str) -> Iterator[str]:
    """Yield the address of each link in a text."""
    plain = plain_links(source)
    if plain is not None:
        yield from plain
        return
    for block in tokens(source):
        for token in block.children or ():
            if token.type == "link_open":
                yield str(token.attrGet("href"))


def pictures(source: str) -> Iterator[Picture]:
    """Yield each picture of a text."""
    if START_OF_PICTURE not in source:
        return
    for block in tokens(source):
        if block.type == "picture":
            yield Picture.of(block)


def faulty_links(source: str) -> Iterator[Fault]:
    """Yield each link that leads to no web or mail address, and each piece of text that is nearly a
    link.
    """
    if _may_have_faults(source):
        yield from _faults(source)


def _faults(source: str) -> Iterator[Fault]:
    for block in parser(check_links=False).parse(source):
        if block.type != "inline":
            continue
        line = block.map[0] if block.map else 0
        for address in _refused_addresses(block):
            yield Fault(line, address, None)
        for written, right in nearly_links(block):
            yield Fault(line, written, right)


def _may_have_faults(source: str) -> bool:
    """Return whether a bracket of a link is left in what readers see, so that the text has to be
    read again with links to anywhere. A definition may be left out of sight.
    """
    if "[" not in source and "<" not in source:
        return False
    if plain_links(source) is not None:
        return False
    if source.count(_DEFINITION) > len(_FOOTNOTE.findall(source)):
        return True
    for block in tokens(source):
        for token in block.children or ():
            if "[" in token.content or "<" in token.content:
                return True
    return False


def _refused_addresses(inline: Token) -> Iterator[str]:
    for token in inline.children or ():
        if token.type != "link_open" or token.markup == "linkify":
            continue
        address = str(token.attrGet("href") or "")
        if not is_allowed(address):
            yield address


def nearly_links(inline: Token) -> Iterator[tuple[str, str]]:
    """Yield each piece of a paragraph that should be a link, as it is written and as it should
    be.
    """
    source = inline.content
    visible_text = _outside_code(inline)
    candidates = [*_swapped_or_spaced(source), *_without_address(source), *_cut(source)]

    complete = {written for written, _ in candidates if written in visible_text}
    for written, right in candidates:
        if written in complete:
            yield written, right

    for match in _STARTED.finditer(source):
        written, right = _closed(match)
        if written in visible_text and written not in complete:
            yield written, right


def _outside_code(inline: Token) -> str:
    """Return the text that is left of a paragraph: only the words of a link, and no code."""
    text = ""
    for token in inline.children or ():
        if is_break(token):
            text += "\n"
        elif token.type != "code_inline":
            text += token.content
    return text


def _swapped_or_spaced(source: str) -> Iterator[tuple[str, str]]:
    """Yield links with a space before the address, and those with their brackets swapped."""
    for pattern in (_WITH_A_SPACE, _TURNED):
        for match in pattern.finditer(source):
            words, address = match["words"], match["address"]
            yield match[0], f"[{words}]({address})"


def _without_address(source: str) -> Iterator[tuple[str, str]]:
    """Yield links whose brackets for the address are empty."""
    for match in _WITHOUT_ADDRESS.finditer(source):
        yield match[0], f"[{match['words']}](https://…)"


def _cut(source: str) -> Iterator[tuple[str, str]]:
    """Yield addresses that end at a bracket of their own, as some DOIs do."""
    for match in _CUT.finditer(source):
        written = match[0]
        right = written.replace("<", "%3C").replace(">", "%3E")
        yield written, right


def _closed(match: re.Match[str]) -> tuple[str, str]:
    """Return a link whose address has spaces, or does not end: what is written, and what is
    right.
    """
    words, rest = match["words"], match["rest"]
    inside, closing, _ = rest.partition(")")
    if closing and " " in inside and _is_one_address(inside):
        address = inside.strip().replace(" ", "%20")
        return f"[{words}]({inside})", f"[{words}]({address})"

    first_word = rest.split()[0]
    address = first_word.rstrip(".,;:!?")
    missing = ")" * (address.count("(") - address.count(")"))
    return f"[{words}]({address}", f"[{words}]({address}{missing})"


def _is_one_address(text: str) -> bool:
    """Return whether a text with spaces is a single address, and not one with a sentence after
    it.
    """
    if "(" in text:
        return False
    return text.lower().startswith("mailto:") or len(text.split()) <= _MOST_WORDS

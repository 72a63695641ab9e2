"""The links of a text, and pieces of text that were meant to be links but are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from newsletter.text.markdown.dialect import is_allowed, parser
from newsletter.text.markdown.reading import is_break, tokens

if TYPE_CHECKING:
    from markdown_it.token import Token

_WORDS = r"(?=[^\[\]\n]*[^\W\d_])(?P<words>[^\[\]\n]*)"
_WITH_A_SPACE = re.compile(
    rf"(?<![\\!])\[{_WORDS}\]\s*\((?P<address>(?:https?://|mailto:)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)",
    re.IGNORECASE,
)
_STARTED = re.compile(
    rf"(?<![\\!])\[{_WORDS}\]\((?P<rest>(?:https?://|mailto:)[^\n]*)", re.IGNORECASE
)
_TURNED = re.compile(
    r"(?<!\\)\((?P<words>[^()\n]+)\)\[(?P<address>(?:https?://|mailto:)[^\s\[\]]+)\]", re.IGNORECASE
)
_CUT = re.compile(r"https?://[^\s<>]+<\d[^\s<>]*>[^\s<>]*", re.IGNORECASE)
_MOST_WORDS = 6
"""The most words of an address with spaces; if there are more, only the first counts as the address."""


class Fault(NamedTuple):
    """A faulty link: the line of its paragraph, counted from 0, what is written, and what is right."""

    line: int
    written: str
    right: str | None
    """None for a real link that leads to no web or mail address."""


def links(source: str) -> Iterator[str]:
    """Yield the address of each link in a text."""
    for block in tokens(source):
        yield from (
            str(token.attrGet("href"))
            for token in block.children or ()
            if token.type == "link_open"
        )


def faulty_links(source: str) -> Iterator[Fault]:
    """Yield each link that leads to no web or mail address, and each piece of text that is nearly a link."""
    for block in parser(check_links=False).parse(source) if "[" in source or "<" in source else ():
        if block.type != "inline":
            continue
        line = block.map[0] if block.map else 0
        for token in block.children or ():
            address = str(token.attrGet("href") or "")
            if token.type == "link_open" and token.markup != "linkify" and not is_allowed(address):
                yield Fault(line, address, None)
        yield from (Fault(line, written, right) for written, right in nearly_links(block))


def nearly_links(inline: Token) -> Iterator[tuple[str, str]]:
    """Yield each piece of a paragraph that should be a link, as it is written and as it should be."""
    source = inline.content
    text = [token for token in inline.children or () if token.type != "code_inline"]
    shown = "".join(
        "\n" if is_break(token) else token.content for token in text
    )  # only the words of a link
    found = [
        *(
            (match[0], f"[{match['words']}]({match['address']})")
            for match in _WITH_A_SPACE.finditer(source)
        ),
        *(
            (match[0], f"[{match['words']}]({match['address']})")
            for match in _TURNED.finditer(source)
        ),
        *(
            (match[0], match[0].replace("<", "%3C").replace(">", "%3E"))
            for match in _CUT.finditer(source)
        ),
    ]
    whole = {written for written, _ in found if written in shown}
    yield from ((written, right) for written, right in found if written in whole)
    for match in _STARTED.finditer(source):
        written, right = _closed(match)
        if written in shown and written not in whole:
            yield written, right


def _closed(match: re.Match[str]) -> tuple[str, str]:
    """Return a link whose address has spaces, or does not end: what is written, and what is right."""
    words, rest = match["words"], match["rest"]
    inside, closing, _ = rest.partition(")")
    is_one = "(" not in inside and (
        inside.lower().startswith("mailto:") or len(inside.split()) <= _MOST_WORDS
    )
    if closing and " " in inside and is_one:
        address = inside.strip().replace(" ", "%20")
        return f"[{words}]({inside})", f"[{words}]({address})"
    address = rest.split()[0].rstrip(".,;:!?")
    right = address + ")" * (address.count("(") - address.count(")"))
    return f"[{words}]({address}", f"[{words}]({right})"

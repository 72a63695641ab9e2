"""References to other issues: "(see BioNews 606)" leads to issue 606, where there is one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from newsletter.archive.nouns import PublishedIssue
from newsletter.text.markdown import Blocks, is_break, tokens, visible

if TYPE_CHECKING:
    from markdown_it.token import Token

_NUMBER = r"[1-9][0-9]{0,8}[a-z]?"
_NO_LONGER_NUMBER = r"(?![\w-]|[.,:/–][0-9])"
"""What follows: 606 is no issue in 606,000 or 606.5."""

LinkTo = Callable[[str], str | None]
"""Returns the link to the issue of a number; None if there is no such issue."""


@lru_cache(maxsize=16)
def _reference(name: str) -> re.Pattern[str]:
    """Return what matches a reference to an issue of a newsletter, with its number as a group."""
    words = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<![\w-]){words}\s+({_NUMBER}){_NO_LONGER_NUMBER}")


def mentions(sources: Iterable[str], name: str) -> tuple[str, ...]:
    """Return the numbers of the issues of the newsletter ``name`` that Markdown texts refer to,
    whether there are such issues or not; each once, in order.

    Only paragraphs with the name in them are read, each by itself: so one number too many may be
    found in what is no text, such as code, but none is missed.
    """
    found: dict[str, None] = {}

    def note(number: str) -> None:
        found[number] = None

    first = _first_word(name)
    with_name = (source for source in sources if first in source)
    for paragraph in chain.from_iterable(source.split("\n\n") for source in with_name):
        if first in paragraph:
            with_references(tokens(paragraph), name, note)
    return tuple(found)


def with_mentions(issues: Sequence[PublishedIssue]) -> Iterator[PublishedIssue]:
    """Yield the issues. The facts of one that mentions others say which of these exist, so that its
    pages are made again when one of them comes or goes.
    """
    numbers = {issue.number for issue in issues}
    for issue in issues:
        existing = [number for number in issue.mentions if number in numbers]
        if existing:
            facts = hashlib.sha256(issue.facts + " ".join(existing).encode())
            yield issue._replace(facts=facts.digest())
        else:
            yield issue


def with_references(blocks: Blocks, name: str, link_to: LinkTo) -> Blocks:
    """Return a text in which each reference to an issue of the newsletter ``name`` is a link, if
    that issue exists. Links and code stay as they are.
    """
    first = _first_word(name)
    return Blocks(
        _with_references(block, name, link_to) if first in block.content else block
        for block in blocks
    )


def _with_references(block: Token, name: str, link_to: LinkTo) -> Token:
    if not block.children:
        return block
    children = list(_with_links(block.children, _reference(name), link_to))
    return block.copy(children=children)


def _first_word(name: str) -> str:
    return name.split()[0]


def _with_links(
    line: Iterable[Token], reference: re.Pattern[str], link_to: LinkTo
) -> Iterator[Token]:
    before = ""
    """The text right before, of tokens that are neither links nor code."""
    is_in_link = False
    for token in line:
        if token.type in ("link_open", "link_close"):
            is_in_link = token.type == "link_open"

        if token.type == "text" and not is_in_link:
            yield from _split(token, before, reference, link_to)
            before += token.content
        else:
            yield token
            is_between = token.nesting or is_break(token)
            before = before + visible(token) if is_between and not is_in_link else ""


def _split(
    text: Token, before: str, reference: re.Pattern[str], link_to: LinkTo
) -> Iterator[Token]:
    """Yield the texts and links that a text becomes.

    If the name is in the text before, in italics or on another line, the number alone is a link.
    """
    content = text.content
    rest = 0
    for found in reference.finditer(before + content):
        name = found.start() - len(before)
        number = found.start(1) - len(before)
        end = found.end() - len(before)
        start = name if name >= 0 else number
        link = link_to(found[1]) if start >= 0 else None
        if link is not None:
            yield text.copy(content=content[rest:start])
            yield from _link(text, link, content[start:end])
            rest = end

    if rest:
        yield text.copy(content=content[rest:])
    else:
        yield text


def _link(text: Token, address: str, words: str) -> Iterator[Token]:
    yield text.copy(type="link_open", tag="a", nesting=1, attrs={"href": address}, content="")
    yield text.copy(content=words)
    yield text.copy(type="link_close", tag="a", nesting=-1, content="")

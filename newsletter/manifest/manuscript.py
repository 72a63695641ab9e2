"""An issue together with where each piece of it is written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, groupby, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from newsletter.manifest.node import Node
from newsletter.manifest.project import IssueFolder
from newsletter.model import ITEM_OF_SECTION, Issue, Noun, Place
from newsletter.model.names import LINE_FIELDS, MARKDOWN_FIELDS, TEXT_FIELDS
from newsletter.text.markdown import to_line, tokens, unread, visible

if TYPE_CHECKING:
    from markdown_it.token import Token

_ITEMS = tuple(ITEM_OF_SECTION.values())
_CODE = re.compile(r"`[^`]+`")
_CODE_MARK = "\ufffc"


class Passage(NamedTuple):
    """A piece of text as readers see it, without Markdown's own characters; of a longer text, one paragraph."""

    noun: Noun
    field: str
    text: str
    prose: str = ""
    """The text with U+FFFC for each character of code, which follows its own rules."""
    unread: str = ""
    """The text with its line breaks, and a filler for what Markdown read as code or as an address."""
    below: int = 0
    """The number of lines between the start of its field and its own."""


class JoinedText(NamedTuple):
    """A Markdown text of which YAML makes one line for each paragraph, as it is written."""

    field: str
    style: str
    """How YAML has it, as in ``Node.style``."""
    place: Place
    """Where its first line is."""
    lines: list[str]


@dataclass(frozen=True, eq=False)
class Manuscript:
    """An issue as it is in its folder."""

    folder: IssueFolder
    issue: Issue
    publication_tree: Node = field(repr=False)
    issue_tree: Node = field(repr=False)
    lines: Mapping[Path, list[str]] = field(repr=False)
    """The lines of each file that was read."""

    def place(self, noun: Noun | None = None, name: str | None = None) -> Place:
        """Return where a noun of the issue, or one of its fields, is written; the start of the issue for None. A field
        that was left out is where its noun is.
        """
        node, item = self._written[id(noun or self.issue)]
        if name:
            node = node.field(name) or node
        return Place(node.path, node.line, item)

    def find(self, text: str, within: Noun | None = None) -> Place | None:
        """Return where a text or an address is written, in the issue or its publication, or only within one noun."""
        if within is None:
            leaves, item = self._all_leaves, None
        else:
            node, item = self._written[id(within)]
            leaves = tuple(_leaves(node))
        forms = [
            form
            for form in dict.fromkeys((text, unquote(text), _in_own_letters(text)))
            if form.strip()
        ]
        for is_in in (
            str.__eq__,
            str.__contains__,
        ):  # a text that is just this, before one that contains it
            for leaf in leaves:
                for form in forms:
                    if is_in(str(leaf.value), form):
                        return Place(leaf.path, self._line(leaf, form), item or self._item_of(leaf))
        return None

    def find_in(self, passage: Passage, text: str) -> Place:
        """Return where part of a passage is written; where the passage is, if Markdown's characters are in the part."""
        node, item = self._written[id(passage.noun)]
        leaf = node.field(passage.field) or node
        return Place(leaf.path, self._line(leaf, text, passage.below), item)

    def comments_behind_texts(self) -> Iterator[tuple[Place, str]]:
        """Yield each comment on the same line as a text that readers see: its place, and the comment with its #."""
        for tree in (self.issue_tree, self.publication_tree):
            for name, leaf in tree.leaves():
                if name in TEXT_FIELDS and leaf.value and leaf.comment:
                    yield Place(leaf.path, leaf.line, self._item_of(leaf)), leaf.comment

    def joined_texts(self) -> Iterator[JoinedText]:
        """Yield each Markdown text of more than one line whose lines YAML joins."""
        for tree in (self.issue_tree, self.publication_tree):
            for name, leaf in tree.leaves():
                if (
                    name in MARKDOWN_FIELDS
                    and leaf.value
                    and leaf.style != "|"
                    and leaf.last_line > leaf.text_line
                ):
                    place = Place(leaf.path, leaf.text_line, self._item_of(leaf))
                    lines = self.lines[leaf.path][leaf.text_line - 1 : leaf.last_line]
                    yield JoinedText(name, leaf.style, place, _joined_lines(leaf, lines))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text of the issue and of its publication that readers see, in the order of the files."""
        return tuple(_passages(self.issue.publication)) + tuple(_passages(self.issue))

    @cached_property
    def fields(self) -> tuple[tuple[Passage, ...], ...]:
        """The passages of each field together: one, or the paragraphs of a longer text."""
        grouped = groupby(self.passages, key=lambda passage: (id(passage.noun), passage.field))
        return tuple(tuple(passages) for _, passages in grouped)

    def _line(self, leaf: Node, text: str, below: int = 0) -> int:
        """Return the line of a text within a leaf, whose lines YAML may have joined. Search from ``below`` lines
        under the first line, then from the top.
        """
        words = " ".join(text.split())
        if not words:
            return leaf.line

        joined, starts = self._joined(leaf)
        position = joined.find(words, starts[below]) if below < len(starts) else -1
        if position < 0:
            position = joined.find(words)
        return leaf.line if position < 0 else leaf.text_line + bisect_right(starts, position) - 1

    def _joined(self, leaf: Node) -> tuple[str, list[int]]:
        """Return the lines of a leaf as one, with one space between words, and where in it each line begins."""
        if id(leaf) not in self._joined_leaves:
            lines = self.lines.get(leaf.path, [])[leaf.text_line - 1 : leaf.last_line]
            words = [" ".join(line.split()) for line in lines]
            lengths = (len(line) + 1 if line else 0 for line in words)
            starts = list(accumulate(lengths, initial=0))[:-1]
            self._joined_leaves[id(leaf)] = " ".join(filter(None, words)), starts
        return self._joined_leaves[id(leaf)]

    @cached_property
    def _joined_leaves(self) -> dict[int, tuple[str, list[int]]]:
        """The results of ``_joined`` so far: many findings may be in one long text."""
        return {}

    @cached_property
    def _all_leaves(self) -> tuple[Node, ...]:
        return (*_leaves(self.issue_tree), *_leaves(self.publication_tree))

    def _item_of(self, leaf: Node) -> str | None:
        for item in self.issue.items:
            if any(leaf is other for other in _leaves(self._written[id(item)][0])):
                return item.title
        return None

    @cached_property
    def _written(self) -> dict[int, tuple[Node, str | None]]:
        """The node of each noun by ``id(noun)``, and the title of the item that it is in."""
        pairs = dict(_pairs(self.issue, self.issue_tree, None))
        return pairs | dict(_pairs(self.issue.publication, self.publication_tree, None))


def _joined_lines(leaf: Node, lines: list[str]) -> list[str]:
    """Return the lines that YAML joins, without their indentation. Below ``>``, lines that are indented further are
    left as they are, so an empty one is in their place; and the lines end where the indentation does.
    """
    if leaf.style != ">":
        return [line.strip() for line in lines]

    first = next((line for line in lines if line.strip()), "")
    indent = len(first) - len(first.lstrip())
    block = takewhile(lambda line: not line.strip() or line[:indent].isspace(), lines)
    return ["" if line[indent : indent + 1].isspace() else line[indent:].rstrip() for line in block]


def _in_own_letters(address: str) -> str:
    """Return the address with its host as an editor writes it, not in the ASCII form of IDNA."""
    host = re.match(r"https?://([^/?#:]*xn--[^/?#:]*)", address)
    if not host:
        return address
    import idna

    try:
        return address[: host.start(1)] + idna.decode(host[1]) + unquote(address[host.end(1) :])
    except idna.IDNAError:
        return address


def _pairs(
    noun: Noun, node: Node, item: str | None
) -> Iterator[tuple[int, tuple[Node, str | None]]]:
    """Yield each noun and its node: the model has the order and the field names of the files."""
    if isinstance(noun, _ITEMS):
        item = noun.title
    yield id(noun), (node, item)
    for name in type(noun).model_fields:
        below, value = node.field(name), getattr(noun, name)
        if below is None:
            continue
        if isinstance(value, Noun):
            yield from _pairs(value, below, item)
        elif isinstance(value, tuple) and isinstance(below.value, list):
            for part, part_node in zip(value, below.value, strict=True):
                if isinstance(part, Noun):
                    yield from _pairs(part, part_node, item)


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict):
        for name, child in node.value.items():
            if name != "ignore":  # it quotes what it is about
                yield from _leaves(child)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from _leaves(child)
    elif node.value:
        yield node


def _paragraph(noun: Noun, field: str, inline: Token) -> Passage:
    below = inline.map[0] if inline.map else 0
    return Passage(noun, field, to_line(inline), _prose(inline), unread(inline), below)


def _passages(noun: Noun) -> Iterator[Passage]:
    for name in type(noun).model_fields:
        value = getattr(noun, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Noun) and name != "publication":
                yield from _passages(part)
            elif isinstance(part, str) and name in MARKDOWN_FIELDS:
                yield from (
                    _paragraph(noun, name, block)
                    for block in tokens(part)
                    if block.type == "inline"
                )
            elif isinstance(part, str) and part and name in LINE_FIELDS:
                yield Passage(noun, name, part, _without_code(part), part)


def _prose(inline: Token) -> str:
    text = "".join(
        _CODE_MARK * len(token.content) if token.type == "code_inline" else visible(token)
        for token in inline.children or ()
    )
    return _without_code(text)


def _without_code(text: str) -> str:
    return _CODE.sub(lambda match: _CODE_MARK * len(match[0]), text)

"""An issue together with where each piece of it is written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, groupby, takewhile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from newsletter.manifest.node import Node
from newsletter.manifest.passages import Passage, passages_of
from newsletter.manifest.project import IssueFolder
from newsletter.model import Ignore, Issue, Item, Noun, Place, Publication, Section, walking
from newsletter.model.fields import Seen
from newsletter.model.walking import Text, texts

Piece = Issue | Publication | Section | Item | Ignore
"""The nouns that are found by themselves; others are parts of these."""


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

    def place(
        self,
        noun: Piece | None = None,
        name: str | None = None,
        *below: str | int,
    ) -> Place:
        """Return where a noun is written, or one of its fields, or what is in that: ``place(item, "authors", 1)``.

        None is the issue. What was left out is where the noun around it is.
        """
        way = self._way_to(noun)
        if name is not None:
            way = (*way, name, *below)
        node = self._node(way)
        return Place(node.path, node.line, self._item_at(way))

    def find(self, text: str, within: Piece | Text | None = None) -> Place | None:
        """Return where a text or an address is written, in the issue or its publication, or only within one noun or
        one text. A text that is just this comes before one that contains it.
        """
        forms = dict.fromkeys((text, unquote(text), _in_own_letters(text)))
        written = [form for form in forms if form.strip()]
        leaves = self._all_leaves if within is None else self._leaves_of(within)
        return self._first(leaves, written, str.__eq__) or self._first(
            leaves, written, str.__contains__
        )

    def find_in(self, passage: Passage, text: str) -> Place:
        """Return where part of a passage is written; where the passage is, if Markdown's characters are in the part."""
        return self.find_in_text(passage.source, text, passage.below)

    def find_in_text(self, text: Text, part: str, below: int = 0) -> Place:
        """Return where part of a text is written, first from ``below`` lines under its start; where the text is, if
        it has no such part.
        """
        node = self._node(_whole_way(text))
        return Place(node.path, self._line(node, part, below), self._item_at(text.path))

    def item_of(self, passage: Passage) -> Item | None:
        """Return the item that a passage belongs to; None for what is around the items."""
        return self._item(passage.source.path)

    def comments_behind_texts(self) -> Iterator[tuple[Place, str]]:
        """Yield each comment on the same line as a text that readers see: its place, and the comment with its #."""
        for text in texts(self.issue):
            if text.seen in (Seen.LINE, Seen.MARKDOWN):
                leaf = self._node(_whole_way(text))
                if leaf.comment:
                    yield Place(leaf.path, leaf.line, self._item_at(text.path)), leaf.comment

    def joined_texts(self) -> Iterator[JoinedText]:
        """Yield each Markdown text of more than one line whose lines YAML joins."""
        for text in texts(self.issue):
            if text.seen is Seen.MARKDOWN:
                leaf = self._node(_whole_way(text))
                if leaf.style != "|" and leaf.last_line > leaf.text_line:
                    place = Place(leaf.path, leaf.text_line, self._item_at(text.path))
                    lines = self.lines[leaf.path][leaf.text_line - 1 : leaf.last_line]
                    yield JoinedText(text.field, leaf.style, place, _joined_lines(leaf, lines))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text of the issue and of its publication that readers see, in the order of the files."""
        return tuple(passages_of(self.issue))

    @cached_property
    def fields(self) -> tuple[tuple[Passage, ...], ...]:
        """The passages of each field together: one, or the lines of a list, or the paragraphs of a longer text."""
        grouped = groupby(self.passages, key=lambda passage: passage.source.path)
        return tuple(tuple(passages) for _, passages in grouped)

    # The ways to nouns, as in newsletter.model.walking: they begin at the issue

    def _way_to(self, noun: Piece | None) -> walking.Path:
        if noun is None or isinstance(noun, Issue):
            return ()
        if isinstance(noun, Publication):
            return ("publication",)
        if isinstance(noun, Section):
            return ("sections", _position(noun, self.issue.sections))
        if isinstance(noun, Ignore):
            return self._way_to_ignore(noun)
        return self._ways_to_items[noun.key]

    def _way_to_ignore(self, ignore: Ignore) -> walking.Path:
        if any(ignore is one for one in self.issue.ignore):
            return ("ignore", _position(ignore, self.issue.ignore))
        return ("publication", "ignore", _position(ignore, self.issue.publication.ignore))

    @cached_property
    def _ways_to_items(self) -> dict[str, walking.Path]:
        """The way to each item, by its key."""
        return {
            item.key: ("sections", in_issue, "items", in_section)
            for in_issue, section in enumerate(self.issue.sections)
            for in_section, item in enumerate(section.items)
        }

    def _node(self, way: walking.Path) -> Node:
        """Return the node at the end of a way, or as far along it as there are nodes."""
        if way[:1] == ("publication",):
            return self.publication_tree.nearest(way[1:])
        return self.issue_tree.nearest(way)

    def _item(self, way: walking.Path) -> Item | None:
        """Return the item that a way leads into."""
        match way:
            case ("sections", int(in_issue), "items", int(in_section), *_):
                return self.issue.sections[in_issue].items[in_section]
        return None

    def _item_at(self, way: walking.Path) -> str | None:
        """Return the title of the item that a way leads into."""
        item = self._item(way)
        return item.title if item else None

    # Searching the files

    @cached_property
    def _all_leaves(self) -> tuple[tuple[walking.Path, Node], ...]:
        """Each text that is written, and the way to it."""
        of_issue = _leaves(self.issue_tree, ())
        of_publication = _leaves(self.publication_tree, ("publication",))
        return (*of_issue, *of_publication)

    def _leaves_of(self, whole: Piece | Text) -> tuple[tuple[walking.Path, Node], ...]:
        way = _whole_way(whole) if isinstance(whole, Text) else self._way_to(whole)
        return tuple(_leaves(self._node(way), way))

    def _first(
        self,
        leaves: tuple[tuple[walking.Path, Node], ...],
        forms: list[str],
        has: Callable[[str, str], bool],
    ) -> Place | None:
        """Return where one of the forms of a text is written first, in a leaf that ``has`` it."""
        for way, leaf in leaves:
            for form in forms:
                if has(str(leaf.value), form):
                    return Place(leaf.path, self._line(leaf, form), self._item_at(way))
        return None

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
        if leaf not in self._joined_leaves:
            lines = self.lines.get(leaf.path, [])[leaf.text_line - 1 : leaf.last_line]
            words = [" ".join(line.split()) for line in lines]
            lengths = (len(line) + 1 if line else 0 for line in words)
            starts = list(accumulate(lengths, initial=0))[:-1]
            self._joined_leaves[leaf] = " ".join(filter(None, words)), starts
        return self._joined_leaves[leaf]

    @cached_property
    def _joined_leaves(self) -> dict[Node, tuple[str, list[int]]]:
        """The results of ``_joined`` so far: many findings may be in one long text."""
        return {}


def _position(noun: Noun, among: Sequence[Noun]) -> int:
    """Return the place of this very noun, and not of one like it."""
    return next(place for place, one in enumerate(among) if one is noun)


def _whole_way(text: Text) -> walking.Path:
    """Return the way to a text itself, which is to its field, or to its place in a list."""
    return text.path if text.entry is None else (*text.path, text.entry)


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
        in_letters = idna.decode(host[1])
    except idna.IDNAError:
        return address
    return address[: host.start(1)] + in_letters + unquote(address[host.end(1) :])


def _leaves(node: Node, way: walking.Path) -> Iterator[tuple[walking.Path, Node]]:
    """Yield each text below a node, and the way to it; ``way`` leads to the node."""
    if isinstance(node.value, dict):
        for name, child in node.value.items():
            if name != "ignore":  # it quotes what it is about
                yield from _leaves(child, (*way, name))
    elif isinstance(node.value, list):
        for index, child in enumerate(node.value):
            yield from _leaves(child, (*way, index))
    elif node.value:
        yield way, node

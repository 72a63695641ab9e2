"""An issue together with where each piece of it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

from newsletter.manifest.missing_fields import MissingField, missing_fields
from newsletter.manifest.node import Node
from newsletter.manifest.passages import Passage, passages_of
from newsletter.manifest.project import IssueFolder
from newsletter.manifest.searching import WrittenLines, forms_of, leaves
from newsletter.model import Ignore, Issue, Item, Noun, Place, Publication, Section
from newsletter.model.fields import Seen
from newsletter.model.walking import Text, Way, texts
from newsletter.text.normalise import as_typed

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
    empty_sections: tuple[Node, ...] = field(default=(), repr=False)
    """The sections that wait for their items, and are not in the issue."""

    def place(self, noun: Piece | None = None, name: str | None = None, *below: str | int) -> Place:
        """Return where a noun is written, or a field of it: ``place(item, "authors", 1, "name")``.

        None is the issue. What was left out is where the noun around it is.
        """
        way = self._way_to(noun)
        if name is not None:
            way = (*way, name, *below)
        node = self._node(way)
        return self._place(node, node.line, way)

    def find(self, text: str, within: Piece | Text | None = None) -> Place | None:
        """Return where a text or an address is written, in the issue or its publication.

        Search only within one noun or one text if it is given. A text that is just this comes
        before one that contains it, and that before one that contains it once it is set in type.
        """
        searched = self._all_leaves if within is None else self._leaves_of(within)
        forms = forms_of(text)
        for has in (str.__eq__, str.__contains__, _has_in_type):
            if place := self._first(searched, forms, has):
                return place
        return None

    def find_in(self, passage: Passage, words: str) -> Place:
        """Return where part of a passage is written.

        Return where the passage is, if Markdown's own characters are within the part.
        """
        return self.find_in_text(passage.source, words, passage.below)

    def find_in_text(self, text: Text, words: str, below: int = 0) -> Place:
        """Return where part of a text is written; where the text is, if it has no such part.

        Search from ``below`` lines under its start, then from the top.
        """
        node = self._node(text.way)
        line = self._written.find(node, words, below)
        return self._place(node, line, text.way)

    def item_of(self, passage: Passage) -> Item | None:
        """Return the item that a passage belongs to; None for what is around the items."""
        return self._item(passage.source.way)

    def comments_behind_texts(self) -> Iterator[tuple[Place, str]]:
        """Yield each comment on the same line as a text that readers see, and its place."""
        for text in texts(self.issue):
            leaf = self._node(text.way)
            if leaf.comment and text.seen in (Seen.LINE, Seen.MARKDOWN):
                yield self._place(leaf, leaf.line, text.way), leaf.comment

    def missing_fields(self) -> Iterator[tuple[Place, MissingField]]:
        """Yield each field of the issue that is empty with a note of what is missing."""
        for missing in missing_fields(self.issue_tree):
            yield self._place(missing.node, missing.node.line, missing.way), missing

    def joined_texts(self) -> Iterator[JoinedText]:
        """Yield each Markdown text of more than one line whose lines YAML joins."""
        for text in texts(self.issue):
            leaf = self._node(text.way)
            is_joined = leaf.style != "|" and leaf.last_line > leaf.text_line
            if is_joined and text.seen is Seen.MARKDOWN:
                place = self._place(leaf, leaf.text_line, text.way)
                lines = _without_indentation(leaf.written_in(self.lines), leaf.style)
                yield JoinedText(text.field, leaf.style, place, lines)

    @property
    def sections(self) -> list[Node]:
        """All sections as they are written, the empty ones too."""
        nodes = [*self.issue_tree.parts("sections"), *self.empty_sections]
        return sorted(nodes, key=lambda node: node.line)

    @cached_property
    def source(self) -> str:
        """All that is written in the files that were read."""
        return "\n".join(chain.from_iterable(self.lines.values()))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text that readers see, of the publication and of the issue, in that order."""
        return tuple(passages_of(self.issue))

    @cached_property
    def fields(self) -> tuple[tuple[Passage, ...], ...]:
        """The passages of each field together: a list has several, and so has a longer text."""
        grouped = groupby(self.passages, key=_way_to_field)
        return tuple(tuple(passages) for _, passages in grouped)

    @cached_property
    def _written(self) -> WrittenLines:
        return WrittenLines(self.lines)

    def _place(self, node: Node, line: int, way: Way) -> Place:
        item = self._item(way)
        title = item.title if item else None
        return Place(node.path, line, title)

    # Ways begin at the issue, as in newsletter.model.walking

    def _way_to(self, noun: Piece | None) -> Way:
        if noun is None or isinstance(noun, Issue):
            return ()
        if isinstance(noun, Publication):
            return ("publication",)
        if isinstance(noun, Section):
            return ("sections", _position(noun, self.issue.sections))
        if isinstance(noun, Ignore):
            return self._way_to_ignore(noun)
        return self._ways_to_items[noun.key]

    def _way_to_ignore(self, ignore: Ignore) -> Way:
        own = self.issue.ignore
        if any(ignore is one for one in own):
            return ("ignore", _position(ignore, own))

        of_all_issues = self.issue.publication.ignore
        return ("publication", "ignore", _position(ignore, of_all_issues))

    @cached_property
    def _ways_to_items(self) -> dict[str, Way]:
        """The way to each item, by its key."""
        ways: dict[str, Way] = {}
        for in_issue, section in enumerate(self.issue.sections):
            for in_section, item in enumerate(section.items):
                ways[item.key] = ("sections", in_issue, "items", in_section)
        return ways

    def _node(self, way: Way) -> Node:
        """Return the node at the end of a way, or as far along it as there are nodes."""
        if way[:1] == ("publication",):
            return self.publication_tree.nearest(way[1:])
        return self.issue_tree.nearest(way)

    def _item(self, way: Way) -> Item | None:
        """Return the item that a way leads into."""
        match way:
            case ("sections", int(in_issue), "items", int(in_section), *_):
                return self.issue.sections[in_issue].items[in_section]
        return None

    # Searching the files

    @cached_property
    def _all_leaves(self) -> tuple[tuple[Way, Node], ...]:
        """Each text that is written, and the way to it."""
        of_issue = leaves(self.issue_tree, ())
        of_publication = leaves(self.publication_tree, ("publication",))
        return (*of_issue, *of_publication)

    def _leaves_of(self, whole: Piece | Text) -> tuple[tuple[Way, Node], ...]:
        way = whole.way if isinstance(whole, Text) else self._way_to(whole)
        node = self._node(way)
        return tuple(leaves(node, way))

    def _first(
        self,
        searched: tuple[tuple[Way, Node], ...],
        forms: list[str],
        has: Callable[[str, str], bool],
    ) -> Place | None:
        """Return where one of the forms of a text is written first, in a leaf that ``has`` it."""
        for way, leaf in searched:
            for form in forms:
                if has(str(leaf.value), form):
                    line = self._written.find(leaf, form)
                    return self._place(leaf, line, way)
        return None


def _has_in_type(written: str, text: str) -> bool:
    return as_typed(text) in as_typed(written)


def _position(noun: Noun, among: Sequence[Noun]) -> int:
    """Return the place of this very noun, and not of one like it."""
    for place, one in enumerate(among):
        if one is noun:
            return place
    raise ValueError("not a noun of this issue")


def _way_to_field(passage: Passage) -> Way:
    return passage.source.way_to_field


def _without_indentation(lines: list[str], style: str) -> list[str]:
    """Return the lines that YAML joins, without their indentation.

    Below ``>``, lines that are indented further are left as they are, so an empty one is in their
    place; and the lines end where the indentation does.
    """
    if style != ">":
        return [line.strip() for line in lines]

    first = next((line for line in lines if line.strip()), "")
    indent = len(first) - len(first.lstrip())
    joined: list[str] = []
    for line in lines:
        if line.strip() and not line[:indent].isspace():
            break
        is_deeper = line[indent : indent + 1].isspace()
        joined.append("" if is_deeper else line[indent:].rstrip())
    return joined

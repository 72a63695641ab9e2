"""A tree built from the events of the YAML parser.

The events come one at a time, so that depth and size are limited before anything is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from newsletter.manifest.node import Node
from newsletter.manifest.yaml_faults import (
    Fault,
    hyphen_without_space,
    space_missing,
    unexpected,
)
from newsletter.model.names import FIELD_NAMES
from newsletter.problem import Problem
from newsletter.text.printable import printable

MAX_DEPTH = 16
"""How deeply lists and fields can be nested; a manifest needs seven."""
_OF_NODES = (
    yaml.ScalarEvent,
    yaml.MappingStartEvent,
    yaml.SequenceStartEvent,
    yaml.AliasEvent,
)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BEGIN_AN_ITEM = ("title", "file")
_LOST = Node.in_line(None, Path(), 0)
"""The node for a name that was never meant as one."""
_COMMENT = re.compile(r"[ \t]+#")
_EMPTY_LINES = re.compile(r"\n+(?=.)")


class UnexpectedError(Exception):
    """Valid YAML that has no place in a manifest."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


@dataclass
class _Open:
    """A list, or fields, that has not ended yet."""

    node: Node
    key: Node | None = None
    """The name of the field whose value comes next."""


class TreeBuilder:
    """Builds nodes from the parser's events, without recursion."""

    def __init__(self, path: Path, first_line: int, lines: list[str]) -> None:
        self.path, self.first_line, self.lines = path, first_line, lines
        self.problems: list[Problem] = []
        self.last_scalar: Any = None
        """The event of the text that was read last, if nothing else came after it."""
        self._open: list[_Open] = []

    def build(self) -> Node:
        """Return the tree.

        Raise UnexpectedError, or yaml.MarkedYAMLError if the text is not YAML.
        """
        root: Node | None = None
        for event in self._events():
            if type(event) in _ENDS:
                self._open.pop()
                continue

            node = self._node(event)
            if not self._open:
                root = root or node
            elif self._is_name_next():
                self._begin_field(node, event)
                continue
            else:
                self._add(node)
            if isinstance(event, yaml.CollectionStartEvent):
                self._begin_collection(node, event)
        return root or Node.in_line(None, self.path, self.first_line)

    def _events(self) -> Iterator[Any]:
        """Yield the events that nodes are made of. Raise UnexpectedError for any other."""
        documents = 0
        event: Any
        for event in yaml.parse("\n".join(self.lines), Loader=_Loader):
            kind = type(event)
            self.last_scalar = event if kind is yaml.ScalarEvent else None
            if kind is yaml.DocumentStartEvent:
                documents += 1
            if documents > 1:
                hint = "Delete the line of three hyphens."
                raise _unexpected(event, "A second document begins here.", hint)

            if kind in _OF_NODES:
                if event.anchor or getattr(event, "tag", None):
                    start = event.start_mark
                    fault = unexpected(self.lines, start.line, start.column)
                    raise UnexpectedError(fault)
                yield event
            elif kind in _ENDS:
                yield event

    # Nodes

    def _node(self, event: Any) -> Node:
        line = event.start_mark.line + self.first_line
        last_line = event.end_mark.line + self.first_line
        if isinstance(event, yaml.MappingStartEvent):
            return Node({}, self.path, line, line, last_line)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node([], self.path, line, line, last_line)
        return self._scalar(event, line, last_line)

    def _scalar(self, event: Any, line: int, last_line: int) -> Node:
        style = event.style or ""  # of a plain text, libyaml says ""; Python's parser, None
        is_plain = event.implicit[0]

        value: str | None = event.value
        if is_plain and not value:
            value = None
        elif is_plain or style == ">":
            value = _with_paragraphs(event.value)

        node = Node(value, self.path, line, line, last_line, style=style)
        if style in ("|", ">"):
            node.text_line += 1
        if is_plain:
            node.comment = self._comment_behind(event)
        return node

    def _comment_behind(self, event: Any) -> str:
        end = event.end_mark
        if end.line >= len(self.lines):
            return ""

        rest = self.lines[end.line][end.column :]
        if not rest:
            return ""
        return rest.strip() if _COMMENT.match(rest) else ""

    # Names of fields

    def _is_name_next(self) -> bool:
        parent = self._open[-1]
        return parent.key is None and isinstance(parent.node.value, dict)

    def _begin_field(self, node: Node, event: Any) -> None:
        parent = self._open[-1]
        parent.key = self._key(node, event)
        if parent.key is _LOST:
            parent.node.incomplete = True

    def _key(self, node: Node, event: Any) -> Node:
        number = node.line - self.first_line
        if not isinstance(node.value, str):
            fault = unexpected(self.lines, number, None)
            raise UnexpectedError(fault)

        if re.match(r"-\w", node.value):
            hyphen = hyphen_without_space(self.lines, number)
            if hyphen:
                raise UnexpectedError(hyphen)
        if not self._is_before_colon(event):
            self._report_lost(node)
            return _LOST
        return node

    def _is_before_colon(self, event: Any) -> bool:
        number: int = event.end_mark.line
        rest = self.lines[number][event.end_mark.column :]

        while not rest.strip() and number + 1 < len(self.lines):
            number += 1
            rest = self.lines[number]

        return rest.lstrip().startswith(":")

    def _report_lost(self, node: Node) -> None:
        """Report ``{title: Court opens files, clinics say}``.

        YAML reads the text after the comma as a field.
        """
        glued = re.match(r"([\w-]+):\S", str(node.value))
        if glued and glued[1] in FIELD_NAMES:
            self.problems.append(node.problem(*space_missing(glued[1])))
            return

        message = f"'{printable(node.value)}' has no colon, and would be left out."
        hint = "If it belongs to the text before the comma, put that text in quotes."
        self.problems.append(node.problem(message, hint))

    # Values

    def _begin_collection(self, node: Node, event: Any) -> None:
        self._open.append(_Open(node))
        if len(self._open) > MAX_DEPTH:
            hint = "Delete the extra brackets."
            raise _unexpected(event, "The fields are nested too deeply.", hint)

    def _add(self, node: Node) -> None:
        """Add a node to the list or the field that it is in."""
        parent = self._open[-1]
        if isinstance(parent.node.value, list):
            parent.node.value.append(node)
            return

        key, parent.key = parent.key, None
        fields = parent.node.value
        if not isinstance(fields, dict) or key is None or not isinstance(key.value, str):
            return
        if not isinstance(node.value, str):
            node.line = key.line

        if key.value not in fields:
            fields[key.value] = node
        elif self._begins_another(fields, key):
            another = Node({key.value: node}, self.path, key.line, key.line, node.last_line)
            self._open[-1] = _Open(another)
            self._open[-2].node.value.append(another)  # type: ignore[union-attr]

    def _begins_another(self, fields: dict[str, Node], key: Node) -> bool:
        """Report a second field of one name; return whether a hyphen is missing before it."""
        name = str(key.value)
        may_begin = len(self._open) > 1 and (name in _BEGIN_AN_ITEM or name == next(iter(fields)))
        is_in_list = len(self._open) > 1 and isinstance(self._open[-2].node.value, list)
        if may_begin and is_in_list and len(fields) > 1:
            noun = "section" if "items" in fields else "item"
            message = f"A new {noun} seems to begin here."
            self.problems.append(key.problem(message, f"Put '- ' before '{name}'."))
            return True

        first = fields[name].line
        message = f"'{printable(name)}' appears twice; the first is in line {first}."
        hint = "Keep one of them."
        if may_begin:
            hint = "Keep one of them, or put '- ' before this one if a new item begins here."
        self.problems.append(key.problem(message, hint))
        return False


def _unexpected(event: Any, message: str, hint: str) -> UnexpectedError:
    fault = Fault(event.start_mark.line, message, hint)
    return UnexpectedError(fault)


def _with_paragraphs(folded: str) -> str:
    """Return a text whose lines YAML has joined, with its paragraphs as Markdown needs them.

    YAML makes a line break of each empty line, which is none in Markdown.
    """
    if "\n" not in folded:
        return folded
    return _EMPTY_LINES.sub(r"\g<0>\n", folded)

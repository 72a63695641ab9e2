"""YAML text to a tree of nodes that know their file and line.

A scalar is always text here: the model says what is a number or a date, so ``title: No`` and ``title: 1984`` are
titles. The tree is built from the parser's events, one at a time, so that depth and size are limited before anything
is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from newsletter.manifest import yaml_lines
from newsletter.manifest.node import Node
from newsletter.manifest.yaml_faults import (
    Fault,
    diagnose,
    hyphen_without_space,
    space_missing,
    unexpected,
)
from newsletter.model.names import FIELD_NAMES
from newsletter.problem import Problem
from newsletter.text.printable import printable

MAX_DEPTH = 16
MAX_REPORTED = 100
_MAX_REPAIRS = 100
_MAX_PARSED = 2_000_000
"""The most characters that are parsed for one file, all its repairs together."""

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BEGIN_AN_ITEM = ("title", "file")
_LOST = Node.in_line(None, Path(), 0)
"""The node for a name that was never meant as one."""


def parse_yaml(text: str, path: Path, problems: list[Problem], first_line: int = 1) -> Node | None:
    """Return the tree of one YAML document, or None if nothing of it can be read.

    A fault within one line (an unquoted colon, a quote that is not closed) is reported and fixed in memory, so that
    later faults are found in the same run. At any other fault the text is cut off.
    """
    lines = text.split("\n")
    yaml_lines.straighten_spaces(lines)
    _report_colons(lines, path, problems, first_line)
    end = _report_tabs(lines, path, problems, first_line)
    repairs = min(_MAX_REPAIRS, _MAX_PARSED // (len(text) + 1))
    fixed: set[int] = set()
    for _ in range(repairs + MAX_DEPTH):
        builder = _TreeBuilder(path, first_line, lines[:end])
        try:
            tree = builder.build()
        except yaml.MarkedYAMLError as error:
            fault = diagnose(error, builder.lines, builder.last_scalar)
        except _UnexpectedError as error:
            fault = error.fault
        else:
            problems.extend(builder.found[:MAX_REPORTED])
            if end < len(lines):
                tree.is_cut_off_at_its_end()
            return tree if tree.value is not None or end == len(lines) else None
        if (
            end == len(lines) and fault.line not in fixed
        ):  # what a cut itself breaks is not the editor's fault
            problems.append(Problem(path, fault.line + first_line, fault.message, fault.hint))
        if fault.fixed is None or fault.line in fixed or len(fixed) >= repairs:
            end = min(fault.line, end - 1)
        else:
            fixed.add(fault.line)
            lines[fault.line] = fault.fixed
    return None


def _report_colons(lines: list[str], path: Path, problems: list[Problem], first_line: int) -> None:
    for number, name, character in islice(yaml_lines.straighten_colons(lines), MAX_REPORTED):
        message = f"The colon after '{name}' is not a plain colon: it is '{character}' (U+{ord(character):04X})."
        problems.append(
            Problem(path, number + first_line, message, f"Write '{name}: ' and then the text.")
        )


def _report_tabs(lines: list[str], path: Path, problems: list[Problem], first_line: int) -> int:
    """Return the number of lines above the first tab in indentation: no indentation below it can be trusted."""
    tabbed = yaml_lines.tabbed(lines)
    for number in tabbed[:MAX_REPORTED]:
        message = "The line is indented with a tab."
        problems.append(
            Problem(path, number + first_line, message, "Use spaces: two for each step.")
        )
    return tabbed[0] if tabbed else len(lines)


def _with_paragraphs(folded: str) -> str:
    """A text whose lines YAML has joined, and of each empty line made a line break: in Markdown that is none."""
    return re.sub(r"\n+(?=.)", r"\g<0>\n", folded)


class _UnexpectedError(Exception):
    """Valid YAML that has no place in a manifest."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


class _TreeBuilder:
    """Builds nodes from the parser's events, without recursion."""

    def __init__(self, path: Path, first_line: int, lines: list[str]) -> None:
        self.path, self.first_line, self.lines = path, first_line, lines
        self.found: list[Problem] = []
        self.last_scalar: Any = None

    def build(self) -> Node:
        open_nodes: list[Node] = []
        keys: list[Node | None] = []
        root: Node | None = None
        for event in self._events():
            if isinstance(event, yaml.CollectionEndEvent):
                open_nodes.pop()
                keys.pop()
                continue
            node = self._node(event)
            if not open_nodes:
                root = root or node
            elif keys[-1] is None and isinstance(open_nodes[-1].value, dict):
                keys[-1] = self._key(node, event)
                open_nodes[-1].incomplete |= keys[-1] is _LOST
                continue
            else:
                self._add(open_nodes, keys, node)
            if isinstance(event, yaml.CollectionStartEvent):
                open_nodes.append(node)
                keys.append(None)
                if len(open_nodes) > MAX_DEPTH:
                    raise self._unexpected(
                        event, "The fields are nested too deeply.", "Delete the extra brackets."
                    )
        return root or Node.in_line(None, self.path, self.first_line)

    def _events(self) -> Iterator[Any]:
        documents = 0
        event: Any
        for event in yaml.parse("\n".join(self.lines), Loader=_Loader):
            self.last_scalar = event if isinstance(event, yaml.ScalarEvent) else None
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise self._unexpected(
                    event, "A second document begins here.", "Delete the line of three hyphens."
                )
            if getattr(event, "anchor", None) or getattr(event, "tag", None):
                raise _UnexpectedError(
                    unexpected(self.lines, event.start_mark.line, event.start_mark.column)
                )
            if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                yield event

    def _unexpected(self, event: Any, message: str, hint: str) -> _UnexpectedError:
        return _UnexpectedError(Fault(event.start_mark.line, message, hint))

    def _node(self, event: Any) -> Node:
        line = event.start_mark.line + self.first_line
        last_line = event.end_mark.line + self.first_line
        if isinstance(event, yaml.MappingStartEvent):
            return Node({}, self.path, line, line, last_line)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node([], self.path, line, line, last_line)
        empty = event.implicit[0] and event.value == ""
        in_block = event.style in ("|", ">")
        comment = self._comment_behind(event) if event.implicit[0] else ""
        value = (
            _with_paragraphs(event.value)
            if event.style == ">" or event.implicit[0]
            else event.value
        )
        return Node(
            None if empty else value,
            self.path,
            line,
            line + in_block,
            last_line,
            comment=comment,
            style=event.style or "",
        )

    def _comment_behind(self, event: Any) -> str:
        number = event.end_mark.line
        rest = self.lines[number][event.end_mark.column :] if number < len(self.lines) else ""
        return rest.strip() if re.match(r"[ \t]+#", rest) else ""

    def _key(self, node: Node, event: Any) -> Node:
        number = node.line - self.first_line
        if not isinstance(node.value, str):
            raise _UnexpectedError(unexpected(self.lines, number, None))
        if re.match(r"-\w", node.value) and (fault := hyphen_without_space(self.lines, number)):
            raise _UnexpectedError(fault)
        return node if self._is_before_colon(event) else self._lost(node)

    def _is_before_colon(self, event: Any) -> bool:
        number: int = event.end_mark.line
        rest = self.lines[number][event.end_mark.column :]
        while not rest.strip() and number + 1 < len(self.lines):
            number += 1
            rest = self.lines[number]
        return rest.lstrip().startswith(":")

    def _lost(self, node: Node) -> Node:
        """Report ``{title: Court opens files, clinics say}``: YAML reads the text after the comma as a field."""
        message = f"'{printable(node.value)}' has no colon, and would be left out."
        glued = re.match(r"([\w-]+):\S", str(node.value))
        if glued and glued[1] in FIELD_NAMES:
            self.found.append(node.problem(*space_missing(glued[1])))
            return _LOST
        self.found.append(
            node.problem(
                message, "If it belongs to the text before the comma, put that text in quotes."
            )
        )
        return _LOST

    def _add(self, open_nodes: list[Node], keys: list[Node | None], node: Node) -> None:
        parent = open_nodes[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
            return
        key, keys[-1] = keys[-1], None
        if not isinstance(parent.value, dict) or key is None or not isinstance(key.value, str):
            return
        if not isinstance(node.value, str):
            node.line = key.line
        if key.value not in parent.value:
            parent.value[key.value] = node
        elif self._begins_another(open_nodes, key):
            open_nodes[-1] = Node({key.value: node}, self.path, key.line, key.line, node.last_line)
            open_nodes[-2].value.append(open_nodes[-1])  # type: ignore[union-attr]

    def _begins_another(self, open_nodes: list[Node], key: Node) -> bool:
        """Report a name that its fields already have; return whether a hyphen is missing before it."""
        fields: Any = open_nodes[-1].value
        may_begin = len(open_nodes) > 1 and (
            key.value in _BEGIN_AN_ITEM or key.value == next(iter(fields))
        )
        if may_begin and len(fields) > 1 and isinstance(open_nodes[-2].value, list):
            noun = "section" if "items" in fields else "item"
            self.found.append(
                key.problem(f"A new {noun} seems to begin here.", f"Put '- ' before '{key.value}'.")
            )
            return True
        first = fields[key.value].line
        message = f"'{printable(key.value)}' appears twice; the first is in line {first}."
        hint = "Keep one of them, or put '- ' before this one if a new item begins here."
        self.found.append(key.problem(message, hint if may_begin else "Keep one of them."))
        return False

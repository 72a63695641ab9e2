"""YAML text to a tree of nodes that know their file and line.

A scalar is always text here: the model says what is a number or a date, so ``title: No`` and ``title: 1984`` are
titles. The tree is built from the parser's events, one at a time, so that depth and size are bounded before anything
is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from newsletter.errors import Problem
from newsletter.fields import shown
from newsletter.manifest.node import Node
from newsletter.manifest.yaml_faults import Fault, diagnose, hyphen_without_blank, unwanted

MAX_DEPTH = 16
MAX_REPORTED = 100
_MAX_REPAIRS = 100
_MAX_PARSED = 2_000_000
"""Characters that are parsed for one file at most, all its repairs together."""

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TAB_INDENT = re.compile(r"(?=[ -]*\t)[ \t]*(?:-[ \t]+)*(?=[^\s])")


def parse_yaml(text: str, path: Path, problems: list[Problem], first_line: int = 1) -> Node | None:
    """The tree of one YAML document, or None if nothing of it can be read.

    A fault that is confined to its line (an unquoted colon, a quote that is not closed) is reported and mended in
    memory, so that the faults behind it are found in the same run. At any other the text is cut off.
    """
    lines = text.split("\n")
    end = _report_tabs(lines, path, problems, first_line)
    repairs = min(_MAX_REPAIRS, _MAX_PARSED // (len(text) + 1))
    mended: set[int] = set()
    for _ in range(repairs + MAX_DEPTH):
        builder = _TreeBuilder(path, first_line, lines[:end])
        try:
            tree = builder.build()
        except yaml.MarkedYAMLError as error:
            fault = diagnose(error, builder.lines, builder.last_scalar)
        except _UnwantedError as error:
            fault = error.fault
        else:
            problems.extend(builder.found)
            if end < len(lines):
                tree.is_cut_off_at_its_end()
            return tree if tree.value is not None or end == len(lines) else None
        if end == len(lines) and fault.line not in mended:  # what a cut itself breaks is not the editor's fault
            problems.append(Problem(path, fault.line + first_line, fault.what, fault.hint))
        if fault.mended is None or fault.line in mended or len(mended) >= repairs:
            end = min(fault.line, end - 1)
        else:
            mended.add(fault.line)
            lines[fault.line] = fault.mended
    return None


def _report_tabs(lines: list[str], path: Path, problems: list[Problem], first_line: int) -> int:
    """The number of lines above the first one that is indented with a tab; below it no indentation can be trusted."""
    tabbed = [number for number, line in enumerate(lines) if "\t" in line and _TAB_INDENT.match(line)]
    for number in tabbed[:MAX_REPORTED]:
        what = "The line is indented with a tab."
        problems.append(Problem(path, number + first_line, what, "Use blanks: two for each step."))
    return tabbed[0] if tabbed else len(lines)


class _UnwantedError(Exception):
    """YAML that is valid but has no place in a manifest."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


class _TreeBuilder:
    """Folds the parser's events into nodes, without recursion."""

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
                keys[-1] = self._key(node)
                continue
            else:
                self._add(open_nodes[-1], keys, node)
            if isinstance(event, yaml.CollectionStartEvent):
                open_nodes.append(node)
                keys.append(None)
                if len(open_nodes) > MAX_DEPTH:
                    raise self._unwanted(event, "The fields are nested too deeply.", "Take out the surplus brackets.")
        return root or Node.in_line(None, self.path, self.first_line)

    def _events(self) -> Iterator[Any]:
        documents = 0
        event: Any
        for event in yaml.parse("\n".join(self.lines), Loader=_Loader):
            self.last_scalar = event if isinstance(event, yaml.ScalarEvent) else None
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise self._unwanted(event, "A second document begins here.", "Take out the line with three hyphens.")
            if getattr(event, "anchor", None) or getattr(event, "tag", None):
                raise _UnwantedError(unwanted(self.lines, event.start_mark.line, event.start_mark.column))
            if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                yield event

    def _unwanted(self, event: Any, what: str, hint: str) -> _UnwantedError:
        return _UnwantedError(Fault(event.start_mark.line, what, hint))

    def _node(self, event: Any) -> Node:
        line = event.start_mark.line + self.first_line
        last_line = event.end_mark.line + self.first_line
        if isinstance(event, yaml.MappingStartEvent):
            return Node({}, self.path, line, line, last_line)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node([], self.path, line, line, last_line)
        if event.implicit[0]:
            self._report_lost_text(event, line)
        empty = event.implicit[0] and event.value == ""
        in_block = event.style in ("|", ">")
        return Node(None if empty else event.value, self.path, line, line + in_block, last_line)

    def _report_lost_text(self, event: Any, line: int) -> None:
        """An unquoted ``Campaign #5`` would lose its end without a word, as a comment."""
        number = event.end_mark.line
        rest = self.lines[number][event.end_mark.column :] if number < len(self.lines) else ""
        if re.match(r"[ \t]+#[^\s#]", rest):
            what = f"YAML takes everything from '{shown(rest.strip(), 20)}' on for a comment."
            hint = "Put the text in quotes; if it is a comment, write a blank after the #."
            self.found.append(Problem(self.path, line, what, hint))

    def _key(self, node: Node) -> Node:
        number = node.line - self.first_line
        if not isinstance(node.value, str):
            raise _UnwantedError(unwanted(self.lines, number, None))
        if re.match(r"-\w", node.value) and (fault := hyphen_without_blank(self.lines, number)):
            raise _UnwantedError(fault)
        return node

    def _add(self, parent: Node, keys: list[Node | None], node: Node) -> None:
        if isinstance(parent.value, list):
            parent.value.append(node)
            return
        key, keys[-1] = keys[-1], None
        if not isinstance(parent.value, dict) or key is None or not isinstance(key.value, str):
            return
        if not isinstance(node.value, str):
            node.line = key.line
        if key.value in parent.value:
            first = parent.value[key.value].line
            what = f"'{shown(key.value)}' stands here for the second time; the first is in line {first}."
            self.found.append(Problem(self.path, key.line, what, "Keep one of them."))
        else:
            parent.value[key.value] = node

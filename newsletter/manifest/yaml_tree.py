"""YAML text to a tree of nodes that know their file and line.

A scalar is always text here: the model says what is a number or a date, so ``title: No`` and ``title: 1984`` are titles.
The tree is built from the parser's events, one at a time, so that depth and size are bounded before anything is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from newsletter.errors import Problem
from newsletter.manifest.wording import yaml_problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 16
MAX_REPAIRS = 100

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TAB_INDENT = re.compile(r"^( *\t[ \t]*)(?=\S)", re.MULTILINE)
_PLAIN_VALUE = re.compile(r"^(\s*(?:- +)*[\w-]+:[ \t]+)(?![\"'|>\[{])(.*?)[ \t]*$")


@dataclass
class Node:
    """A piece of a file: text, a list, or named fields; ``text_line`` is where the text itself begins."""

    value: str | None | list[Node] | dict[str, Node]
    path: Path
    line: int
    text_line: int

    def data(self) -> Any:
        """Plain lists, dictionaries and text. Fields that were left empty count as left out."""
        if isinstance(self.value, dict):
            return {name: node.data() for name, node in self.value.items() if node.value is not None}
        if isinstance(self.value, list):
            return [node.data() for node in self.value]
        return self.value


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """The text of a UTF-8 file, or None, with the reason in ``problems``."""
    if not path.is_file():
        problems.append(Problem(path, None, "This file does not exist.", "Check its name and place."))
        return None
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        problems.append(Problem(path, None, f"This file cannot be read ({error.strerror}).", "Check its permissions."))
        return None
    if len(raw) > MAX_BYTES:
        hint = "Look for something pasted by mistake, or move texts to Markdown files."
        problems.append(Problem(path, None, f"This file is larger than {MAX_BYTES:,} bytes.", hint))
        return None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"Byte {error.start + 1} of the file (0x{raw[error.start]:02X}) is not UTF-8."
        problems.append(Problem(path, line, what, "Save the file with the encoding UTF-8."))
        return None


def parse_yaml(text: str, path: Path, problems: list[Problem], first_line: int = 1) -> Node | None:
    """The tree of one YAML document, or None. A fault that is confined to its line (a tab, an unquoted colon) is
    reported and mended in memory, so that the faults behind it are found in the same run.
    """
    text = _without_stray_characters(text, path, problems, first_line)
    lines = text.split("\n")
    mended: set[int] = set()
    while True:
        try:
            return _TreeBuilder(path, problems, first_line, lines).build("\n".join(lines))
        except yaml.MarkedYAMLError as error:
            line, what, hint, confined = yaml_problem(error)
            line = min(line, len(lines) - 1)
            problems.append(Problem(path, line + first_line, what, hint))
            value = _PLAIN_VALUE.match(lines[line])
            if not confined or not value or line in mended or len(mended) >= MAX_REPAIRS:
                return None
            mended.add(line)
            quoted = value[2].replace("'", "''")
            lines[line] = f"{value[1]}'{quoted}'"
        except _Refused as refusal:
            problems.append(Problem(path, refusal.line, refusal.what, refusal.hint))
            return None


def _without_stray_characters(text: str, path: Path, problems: list[Problem], first_line: int) -> str:
    def report(match: re.Match[str], what: str, hint: str) -> None:
        problems.append(Problem(path, text.count("\n", 0, match.start()) + first_line, what, hint))

    for match in _HIDDEN.finditer(text):
        what = f"There is an invisible control character (U+{ord(match[0]):04X})."
        report(match, what, "Delete it; typing the words again is the quickest way.")
    for match in _TAB_INDENT.finditer(text):
        report(match, "The line is indented with a tab.", "Use blanks: two for each step.")
    return _TAB_INDENT.sub(lambda m: m[1].replace("\t", "  "), _HIDDEN.sub(" ", text))


class _Refused(Exception):
    """YAML that is valid but has no place in a manifest."""

    def __init__(self, line: int, what: str, hint: str) -> None:
        self.line, self.what, self.hint = line, what, hint


class _TreeBuilder:
    """Folds the parser's events into nodes, without recursion."""

    def __init__(self, path: Path, problems: list[Problem], first_line: int, lines: list[str]) -> None:
        self.path, self.first_line, self.lines = path, first_line, lines
        self.problems = problems
        self.found: list[Problem] = []

    def build(self, text: str) -> Node:
        open_nodes: list[Node] = []
        keys: list[Node | None] = []
        root: Node | None = None
        for event in self._events(text):
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
                    raise _Refused(node.line, "The fields are nested too deeply.", "Take out the surplus brackets.")
        self.problems.extend(self.found)
        return root or Node(None, self.path, self.first_line, self.first_line)

    def _events(self, text: str) -> Iterator[Any]:
        documents = 0
        for event in yaml.parse(text, Loader=_Loader):
            line = event.start_mark.line + self.first_line
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise _Refused(line, "A second document begins here.", "Take out the line with three hyphens.")
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise _Refused(line, "Text that begins with & or * is an alias in YAML.", "Put the text in quotes.")
            if getattr(event, "tag", None):
                raise _Refused(line, "Text that begins with ! is a tag in YAML.", "Put the text in quotes.")
            if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                yield event

    def _node(self, event: Any) -> Node:
        line = event.start_mark.line + self.first_line
        if isinstance(event, yaml.MappingStartEvent):
            return Node({}, self.path, line, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node([], self.path, line, line)
        if event.implicit[0]:
            self._report_lost_text(event, line)
        empty = event.implicit[0] and event.value == ""
        in_block = isinstance(event.style, str) and event.style in "|>"
        return Node(None if empty else event.value, self.path, line, line + in_block)

    def _report_lost_text(self, event: Any, line: int) -> None:
        """An unquoted ``Campaign #5`` would lose its end without a word, as a comment."""
        rest = self.lines[event.end_mark.line][event.end_mark.column :] if event.value else ""
        if re.match(r"[ \t]+#[^\s#]", rest):
            what = f"YAML takes everything from '{rest.strip()[:20]}' on for a comment."
            hint = "Put the text in quotes; if it is a comment, write a blank after the #."
            self.found.append(Problem(self.path, line, what, hint))

    def _key(self, node: Node) -> Node:
        if not isinstance(node.value, str):
            raise _Refused(node.line, "The name of a field is expected here.", "Write it as 'name: value'.")
        return node

    def _add(self, parent: Node, keys: list[Node | None], node: Node) -> None:
        if isinstance(parent.value, list):
            parent.value.append(node)
            return
        key, keys[-1] = keys[-1], None
        if not isinstance(parent.value, dict) or key is None or not isinstance(key.value, str):
            return
        if key.value in parent.value:
            first = parent.value[key.value].line
            what = f"'{key.value}' stands here for the second time; the first is in line {first}."
            self.found.append(Problem(self.path, key.line, what, "Keep one of them."))
        else:
            parent.value[key.value] = node

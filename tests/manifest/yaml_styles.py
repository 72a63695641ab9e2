"""Random YAML as people write it: any step, lists further in or not, quotes, blocks, comments."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from newsletter.model.walking import Way

NAMES = st.sampled_from(["title", "teaser", "url", "items", "work", "authors", "odd name", "n"])
WORDS = st.sampled_from(
    [
        "words",
        "more of them, then",
        "it's “quoted”",
        'a "b"',
        "Łódź 東京 😀",
        "x: y",
        "#1",
        "- a",
        "1984",
        "2012-04-16",
        "yes",
        "~",
        "C:\\x",
        "[a]",
        "ends with ",
        " begins",
        "",
        "one\ntwo",
        "one\n\n  two\n",
        "\n\nlate",
        "a tab\there",
        "end \nof line",
        "---",
        "...",
        "# no comment\n# at all",
    ]
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = st.dictionaries(NAMES, VALUES, min_size=1, max_size=4)


@dataclass
class Written:
    """A file as its lines, and which value each is of; a comment is of none."""

    lines: list[str] = field(default_factory=list)
    ways: list[Way | None] = field(default_factory=list)
    line_ends: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(line + end for line, end in zip(self.lines, self.line_ends, strict=True))


class Writer:
    """Writes data in a style that is drawn anew wherever there is a choice."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.written = Written()
        self.step = draw(st.sampled_from([2, 2, 4, 3]))
        self.lists_in = draw(st.sampled_from([0, self.step]))

    def write(self, data: dict[str, Any]) -> Written:
        if self.draw(st.booleans()):
            self._line("---", None)
        self._fields(data, 0, (), "")
        written = self.written
        ends = st.sampled_from(self.draw(st.sampled_from([["\n"], ["\r\n"], ["\n", "\r\n"]])))
        written.line_ends = [self.draw(ends) for _ in written.lines]
        if self.draw(st.booleans()):
            written.line_ends[-1] = ""
        return written

    def _line(self, text: str, way: Way | None) -> None:
        self.written.lines.append(text)
        self.written.ways.append(way)

    def _noise(self, column: int) -> None:
        kind = self.draw(st.sampled_from(["", "", "", "", "empty", "comment", "spaces"]))
        if kind == "empty":
            self._line("", None)
        elif kind == "spaces":
            self._line(" ", None)
        elif kind == "comment":
            self._line(" " * column + f"# comment {len(self.written.lines)}", None)

    def _fields(self, fields: dict[str, Any], column: int, way: Way, opening: str) -> None:
        """Write fields; ``opening`` is what stands before the first, such as a hyphen."""
        for name, value in fields.items():
            if not opening:
                self._noise(column)
            head = (opening or " " * column) + f"{name}:"
            opening = ""
            self._value(head, value, column, (*way, name))

    def _value(self, head: str, value: Any, column: int, way: Way) -> None:
        if isinstance(value, dict) and value:
            self._line(head + self._comment(), way)
            self._fields(value, column + self.step, way, "")
        elif isinstance(value, list) and value:
            self._line(head + self._comment(), way)
            self._entries(value, column + self.lists_in, way)
        else:
            self._scalar(head, value, column, way)

    def _entries(self, entries: list[Any], column: int, way: Way) -> None:
        for place, value in enumerate(entries):
            self._noise(column)
            here = (*way, place)
            gap = self.draw(st.sampled_from([1, 1, 1, 3]))
            hyphen = " " * column + "-"
            if isinstance(value, dict) and value:
                self._fields(value, column + 1 + gap, here, hyphen + " " * gap)
            elif isinstance(value, list) and value:
                self._line(hyphen + self._comment(), here)
                self._entries(value, column + self.step, here)
            else:
                self._scalar(hyphen, value, column, here)

    def _scalar(self, head: str, value: Any, column: int, way: Way) -> None:
        if isinstance(value, list | dict):
            self._line(f"{head} {json.dumps(value)}{self._comment()}", way)
            return

        styles = ["double"]
        if value.isprintable():
            styles.append("single")
        if _can_be_plain(value):
            styles.append("plain")
        if _can_be_block(value):
            styles.append("block")
        match self.draw(st.sampled_from(styles)):
            case "double":
                self._line(f"{head} {json.dumps(value, ensure_ascii=False)}{self._comment()}", way)
            case "single":
                quoted = value.replace("'", "''")
                self._line(f"{head}  '{quoted}'{self._comment()}", way)
            case "plain":
                self._line(f"{head} {value}{self._comment()}", way)
            case "block":
                self._block(head, value, column, way)

    def _block(self, head: str, value: str, column: int, way: Way) -> None:
        mark = "|" if value.endswith("\n") else "|-"
        self._line(f"{head} {mark}", way)
        for row in value.removesuffix("\n").split("\n"):
            self._line(" " * (column + self.step) + row if row else "", way)

    def _comment(self) -> str:
        return self.draw(st.sampled_from(["", "", "", "   ", "  # behind"]))


def _can_be_plain(value: str) -> bool:
    return value.replace(" ", "").replace(",", "").isalnum() and value == value.strip() != ""


def _can_be_block(value: str) -> bool:
    rows = value.split("\n")
    is_odd = "\t" in value or any(row.endswith(" ") for row in rows)
    return not is_odd and not value.endswith("\n\n") and rows[0].strip() == rows[0] != ""


@st.composite
def styled(draw: st.DrawFn) -> tuple[dict[str, Any], Written]:
    """Draw some fields, and how somebody wrote them."""
    data = draw(FIELDS)
    return data, Writer(draw).write(data)


def ways(data: Any, way: Way = ()) -> list[Way]:
    """Return the way to each value in the data."""
    found = [way]
    parts: Any = ()
    if isinstance(data, dict):
        parts = data.items()
    elif isinstance(data, list):
        parts = enumerate(data)
    for step, part in parts:
        found += ways(part, (*way, step))
    return found


def at(data: Any, way: Way) -> Any:
    """Return the value at the end of a way."""
    for step in way:
        data = data[step]
    return data

"""Blocks to Markdown: what is before each line, and where there are empty lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsletter.importers.html.blocks import Block, Container, Item, List, Picture, Quote
from newsletter.importers.html.line_writing import write_line
from newsletter.importers.html.lines import Line
from newsletter.importers.html.notices import Notices
from newsletter.importers.html.numbering import with_readable_numbers

_HIGHEST, _LOWER = "## ", "### "
_QUOTED = "> "
_MARKERS = {False: ("-", "."), True: ("+", ")")}
"""What is before an item without a number, and behind its number, in every other list."""
_INDENT = "    "
"""What begins a line of a footnote that is not its first."""


def laid_out(blocks: Sequence[Block], notices: Notices) -> str:
    """Return the Markdown of blocks."""
    layout = _Layout(blocks, notices)
    for block in with_readable_numbers(blocks):
        layout.add(block)
    return "\n".join(layout.lines)


class _Layout:
    def __init__(self, blocks: Sequence[Block], notices: Notices) -> None:
        self.lines: list[str] = []
        self._notices = notices
        self._highest = _highest_level(blocks)
        self._last: tuple[Container, ...] = ()
        self._markers: dict[Item, str] = {}
        self._notes: set[str] = set()
        self._alternate: dict[List, bool] = {}

    def add(self, block: Block) -> None:
        """Write a block below those before."""
        if block.note:
            self._add_note(block)
            return

        within = block.within
        common = _common(self._last, within)
        if self.lines and self._has_empty_line(common, within):
            self.lines.append(self._rest(within[:common]).rstrip())

        first = self._rest(within[:common]) + self._first(within[common:], common)
        self._hang(first, self._rest(within), self._written(block))
        self._last = within

    def _add_note(self, block: Block) -> None:
        """Write a paragraph of a footnote, whatever else it may be."""
        first = f"[^{block.note}]: "
        if block.note in self._notes:
            first = _INDENT
        self._notes.add(block.note)

        self.lines.append("")
        self._hang(first, _INDENT, self._written(block._replace(level=0)))
        self._last = ()

    def _hang(self, first: str, rest: str, text: str) -> None:
        """Write lines of text, the first of which begins otherwise than the rest."""
        top, *below = text.split("\n")
        self.lines.append(first + top)
        self.lines += [rest + line for line in below]

    def _has_empty_line(self, common: int, within: tuple[Container, ...]) -> bool:
        new = _at(within, common)
        last = _at(self._last, common)
        outer = _at(within, common - 1)
        if not isinstance(new, Item):
            return True
        if isinstance(last, Item) and last.of is new.of:
            return new.of.is_loose
        if last is None and isinstance(outer, Item):
            return outer.of.is_loose
        return True

    def _first(self, containers: tuple[Container, ...], place: int) -> str:
        """Return what begins the first line of a block in new containers."""
        written = ""
        before = _at(self._last, place)
        for container in containers:
            if isinstance(container, Item):
                self._begin(container, before)
            written += self._marker(container)
            before = None
        return written

    def _begin(self, item: Item, before: Container | None) -> None:
        """Choose the marker of an item: another than that of the list straight above it."""
        if item.of not in self._alternate:
            follows = isinstance(before, Item) and before.of.is_ordered == item.of.is_ordered
            self._alternate[item.of] = follows and not self._alternate[before.of]  # type: ignore[union-attr]

        bullet, dot = _MARKERS[self._alternate[item.of]]
        self._markers[item] = f"{bullet} "
        if item.number is not None:
            self._markers[item] = f"{item.number}{dot} "

    def _marker(self, container: Container) -> str:
        """Return what begins the first line in a container."""
        if isinstance(container, Quote):
            return _QUOTED
        return self._markers[container]

    def _rest(self, containers: tuple[Container, ...]) -> str:
        """Return what begins every other line of a block in containers."""
        written = ""
        for container in containers:
            marker = self._marker(container)
            written += marker if marker == _QUOTED else " " * len(marker)
        return written

    def _written(self, block: Block) -> str:
        if block.picture:
            return self._picture(block.picture)
        if block.rows:
            return self._table(block.rows)
        if block.level:
            marks = _HIGHEST if block.level <= self._highest else _LOWER
            return marks + self._line(_without_bold(block.line), marks)
        return self._line(block.line)

    def _picture(self, picture: Picture) -> str:
        inside = picture.name
        if picture.caption.text:
            inside += f' "{self._line(picture.caption)}"'
        return f"![{_escaped(picture.alt)}]({inside})"

    def _line(self, line: Line, before: str = "") -> str:
        written = write_line(line, before)
        for span in written.left_off:
            self._notices.not_marked(line, span)
        return written.markdown

    def _table(self, rows: Sequence[Sequence[Line]]) -> str:
        names, *others = [[self._cell(cell) for cell in row] for row in rows]
        columns = max(map(len, rows))
        lines = [names, ["---"] * columns, *others]
        return "\n".join(
            "| " + " | ".join(line + [""] * (columns - len(line))) + " |" for line in lines
        )

    def _cell(self, line: Line) -> str:
        one_line = Line(line.text.replace("\n", " "), line.spans)
        return re.sub(r"(?<!\\)\|", r"\\|", self._line(one_line))


def _at(containers: tuple[Container, ...], place: int) -> Container | None:
    """Return the container at a place; None if there is none."""
    if 0 <= place < len(containers):
        return containers[place]
    return None


def _common(last: tuple[Container, ...], within: tuple[Container, ...]) -> int:
    """Return how many containers two blocks have in common."""
    common = 0
    for one, other in zip(last, within, strict=False):
        if one is not other:
            break
        common += 1
    return common


def _highest_level(blocks: Sequence[Block]) -> int:
    """Return the level of the highest headings; a single h1 is a title above them."""
    levels = [block.level for block in blocks if block.level]
    if levels.count(1) == 1:
        levels = [level for level in levels if level > 1] or [1]
    return min(levels, default=1)


def _without_bold(heading: Line) -> Line:
    """Return a heading without marks that all of it has, on one line."""
    text = heading.text.replace("\n", " ")
    spans = tuple(
        span for span in heading.spans if span.mark != "strong" or span.end - span.start < len(text)
    )
    return Line(text, spans)


def _escaped(alt: str) -> str:
    return re.sub(r"[\\\[\]]", r"\\\g<0>", alt)

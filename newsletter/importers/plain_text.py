"""Plain text to Markdown that is read as the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_MAY_BE_MARKUP = re.compile(r"[*_~^`\[\]<>\\&#|@+-]|\d[.)]|://|www\.|^\s")
_BULLET = re.compile(r"^\s*(?:[•·▪◦‣●○■]|o\t|[*+-](?=[ \t]))[ \t]*(?=\S)")
_NUMBER = re.compile(r"^\s*(\d{1,2}[.)])[ \t]+(?=\S)")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,}|\*{3,}|_{3,})\s*")
_SWALLOWED = re.compile(
    r"<(?=!--)|(?<![!\w])\[(?=[^\[\]\n]{1,300}\]:)|\\(?=[!-/:-@\[-`{-~])|&(?=#?\w+;)"
)
"""What Markdown would leave out or change: comments, definitions of links, escapes, entities."""
_SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")
_LONGEST_TRIED = 5_000
"""Characters of a line of which as few as possible are escaped, which takes time."""
_LONGEST_LINE = 120
"""Characters: longer lines are whole paragraphs."""
_SHORTEST_WIDTH = 40


def markdown_of_lines(lines: Iterable[str]) -> str:
    """Return lines that are paragraphs as Markdown. No character of them is markup."""
    return "\n\n".join(literal(line) for line in lines if line.strip())


def literal(line: str) -> str:
    """Return a line of text as Markdown, with as few backslashes as it needs."""
    if not _MAY_BE_MARKUP.search(line):
        return line.strip()
    if len(line) > _LONGEST_TRIED:
        return _SPECIAL.sub(r"\\\g<0>", line.strip())

    from newsletter.importers.html.line_writing import write_line
    from newsletter.importers.html.lines import line_of

    return write_line(line_of([(line, ())])).markdown


def markdown_of_text(text: str) -> str:
    """Return a plain text as Markdown: underlined headings, bullets, paragraphs.

    A paragraph whose lines a program has broken is one line; other lines stay lines. Emphasis and
    links that are written as in Markdown are those of Markdown.
    """
    lines = [line.expandtabs(4).rstrip("\n\f\v") for line in _with_headings(text.split("\n"))]
    width = _width(lines)
    text = ""
    for block in _blocks(lines):
        is_next_item = _is_item(block.lines[0]) and not block.is_below_empty_line
        between = "\n" if is_next_item and text.rpartition("\n")[2][:1] in "-0123456789" else "\n\n"
        text += between + _written(block.lines, width)
    return text.strip("\n")


def _with_headings(lines: Sequence[str]) -> list[str]:
    """Return lines without those that underline the one above, which become headings."""
    written: list[str] = []
    for number, line in enumerate(lines):
        above = written[-1].strip() if written else ""
        is_alone = number < 2 or not lines[number - 2].strip()
        is_line = _UNDERLINE.fullmatch(line) is not None
        if is_line and above and is_alone and len(line.strip()) * 2 >= len(above):
            written[-1] = f"## {above}"
            written.append("")
        elif is_line:
            written.append("")
        else:
            written.append(line)
    return written


class _Block(NamedTuple):
    lines: list[str]
    is_below_empty_line: bool


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    """Yield the lines of each paragraph, and of each item of a list."""
    block = _Block([], True)
    for line in [*lines, ""]:
        is_empty = not line.strip()
        begins = is_empty or _is_item(line) or (block.lines and block.lines[0].startswith("#"))
        if begins and block.lines:
            yield block
        if begins:
            goes_on_below = not block.lines and block.is_below_empty_line
            block = _Block([], is_empty or goes_on_below)
        if not is_empty:
            block.lines.append(line)


def _is_item(line: str) -> bool:
    return bool(_BULLET.match(line) or _NUMBER.match(line))


def _written(block: Sequence[str], width: int) -> str:
    first = _NUMBER.sub(r"\1 ", _BULLET.sub("- ", block[0], count=1), count=1)
    joined = _joined([first.lstrip(), *block[1:]], width, is_item=_is_item(block[0]))
    return _SWALLOWED.sub(r"\\\g<0>", joined)


def _joined(lines: Sequence[str], width: int, *, is_item: bool) -> str:
    """Return the lines of a paragraph as they are meant: broken by a program, or by a person.

    A program breaks lines that are full, and some of them within a sentence.
    """
    is_broken = any(line.lstrip()[0].islower() for line in lines[1:])
    text = lines[0]
    for above, line in pairwise(lines):
        was_full = len(above.rstrip()) + 1 + len(line.split()[0]) > width
        is_indented = is_item and line.startswith("  ")
        goes_on = above.endswith(" ") or (is_broken and was_full) or is_indented
        text = text.rstrip() + (" " if goes_on else "\\\n") + line.strip()
    return text.rstrip()


def _width(lines: Sequence[str]) -> int:
    """Return the width at which a program has broken lines: that of the longest line that another
    one follows; far more than any if no lines are broken.
    """
    broken = [len(line.rstrip()) for line, below in pairwise(lines) if below.strip()]
    widest = max((length for length in broken if length <= _LONGEST_LINE), default=0)
    if widest >= _SHORTEST_WIDTH:
        return widest
    return 10 * _LONGEST_LINE

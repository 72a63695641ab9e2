"""Plain text in lines of a width that is counted as a reader sees it: wide characters two cells, combining marks none."""

from __future__ import annotations

import re

from wcwidth import width as cells

_CJK = "\u2e80-\u2fdf\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CLOSING = "、。，．・：；？！）」』】〕》〉ー々…"
# A line may break after a blank, and between ideographs, but not before closing punctuation.
_PIECE = re.compile(f"[{_CJK}（「『【〔《〈][{_CLOSING}]*|[^\\s{_CJK}]+[{_CLOSING}]*|\\s+")
WORD = re.compile(f"[{_CJK}]|[^\\s{_CJK}]+")
"""A word for counting: what stands between blanks, and each ideograph."""


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most ``width`` cells; ``first`` and ``rest`` begin the first and the other lines. A word that is
    longer than a line, such as a web address, stays whole on a line of its own.
    """
    lines: list[str] = []
    line, used, gap = first, cells(first), ""
    empty = True
    for piece in _PIECE.findall(text):
        if piece.isspace():
            gap = "" if empty else " "
            continue
        needed = cells(piece)
        if not empty and used + len(gap) + needed > width:
            lines.append(line)
            line, used, gap = rest, cells(rest), ""
        line += gap + piece
        used += len(gap) + needed
        gap, empty = "", False
    return [*lines, line] if not empty else lines

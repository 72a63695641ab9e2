"""A piece written as a Word document and read again is the same: nothing lost, added or moved."""

from __future__ import annotations

import re
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers.docx.a_document import NUMBERING, docx, item, p, r, read_word

WORDS = st.text("abcdefghijklmnopqrstuvwxyzäöüßéñ", min_size=1, max_size=9)
"""Without letters that beside these look like text read in a wrong encoding (“ßŻ”)."""
LINES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
LOOKS = st.sampled_from(("", "<w:b/>", "<w:i/>", "<w:b/><w:i/>"))


class Block(NamedTuple):
    """A block in Word, and the words that it must become."""

    xml: str
    words: str


def runs(parts: list[tuple[str, str]]) -> Block:
    """Return a paragraph of runs, with a space after each."""
    xml = p(*(r(f"{text} ", look) for text, look in parts))
    return Block(xml, " ".join(text for text, _ in parts))


def styled(style: str) -> st.SearchStrategy[Block]:
    return LINES.map(lambda line: Block(p(line, style=style), line))


def listed(line: str, number: int, level: int) -> Block:
    return Block(item(line, number, level), line)


def tabled(rows: list[tuple[str, str]]) -> Block:
    cells = (f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return Block(f"<w:tbl>{''.join(cells)}</w:tbl>", " ".join(" ".join(row) for row in rows))


BLOCKS = st.one_of(
    st.lists(st.tuples(LINES, LOOKS), min_size=1, max_size=6).map(runs),
    styled("Heading1"),
    styled("Heading2"),
    styled("Quote"),
    st.builds(listed, LINES, st.integers(1, 2), st.integers(0, 2)),
    st.lists(st.tuples(LINES, LINES), min_size=2, max_size=4).map(tabled),
)


@settings(deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=8))
def test_all_words_come_back_in_order(blocks: list[Block]) -> None:
    first = "The first sentence of the piece ends here."
    head = p("A headline", style="Title") + p("By Ruth Stone") + p("16 April 2012") + p(first)
    content = docx(head + "".join(block.xml for block in blocks), numbering=NUMBERING)
    piece = read_word(content)

    assert piece.fields["title"].value == "A headline"
    assert piece.fields["authors"].value == ["Ruth Stone"]
    assert str(piece.fields["date"].value) == "2012-04-16"
    written = " ".join((first, *(block.words for block in blocks)))
    assert letters(piece.fields["body"].value) == letters(written)


def letters(text: str) -> list[str]:
    """Return the words without figures, which the numbers of items have."""
    return re.findall(r"[^\W\d_]+", text)

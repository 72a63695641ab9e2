"""format=flowed: a decoder written from RFC 3676, section 4, gives back the paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from newsletter.text.flowed import Flowed, flowed, unflowed
from newsletter.text.wrapping import LINE_START

WIDTHS = st.sampled_from([40, 60, 72, 78])
WORD = st.sampled_from(
    [
        "a", "word", "From", ">", ">50%", "--", "-", "->", "3.", "[1]", "https://a.org/" + "x" * 80, "DNA", "遺伝子の研究、",
        "「文」", "שלום", "👩‍🔬", "e\u0301", "a\u00a0b", "x" * 90, ".", "Frome",
    ]
)  # fmt: skip
LINE = st.lists(WORD, max_size=40).map(" ".join)
START = st.sampled_from(["", "> ", "> > ", "- ", "  - ", " 9. ", "(1) ", "[12] ", "-> ", "> - "])
PARAGRAPHS = st.lists(
    st.one_of(
        st.tuples(START, LINE).map(lambda line: "".join(line).rstrip()),
        st.sampled_from(["", ">", "> >", "--", "> --", "-----"]),
    ),
    max_size=8,
).map("\n".join)


def decoded(message: Flowed) -> str:
    """Return the text that a program shows, each paragraph on one line, as section 4.1 says.

    The quotation marks of a paragraph are shown once, each with a space after it.
    """
    shown: list[tuple[int, str]] = []
    open_depth: int | None = None
    for line in message.text.split("\n"):
        depth = 0
        while line[depth : depth + 1] == ">":
            depth += 1
        content = line[depth:]
        if content[:1] == " ":
            content = content[1:]

        is_separator = content == "-- "
        is_flowed = content[-1:] == " " and not is_separator
        if is_flowed and message.delete_spaces:
            content = content[:-1]
        if open_depth == depth and not is_separator:
            shown[-1] = (depth, shown[-1][1] + content)
        else:
            shown.append((depth, content))
        open_depth = depth if is_flowed else None
    return "\n".join(("> " * depth + content).rstrip() for depth, content in shown)


@settings(max_examples=500)
@given(PARAGRAPHS, WIDTHS)
def test_the_paragraphs_are_read_again_by_the_rfc_and_by_us(paragraphs: str, width: int) -> None:
    message = flowed(paragraphs, width)
    assert decoded(message) == paragraphs
    assert unflowed(message.text, delete_spaces=message.delete_spaces) == paragraphs


@given(PARAGRAPHS, WIDTHS)
def test_lines_fit_and_begin_with_nothing_that_is_changed_on_the_way(
    paragraphs: str, width: int
) -> None:
    for line in flowed(paragraphs, width).text.split("\n"):
        assert line != "-- "
        assert not line.startswith("From ")
        content = LINE_START.sub("", line.strip())
        assert wcswidth(line) <= 78 or " " not in content


@given(PARAGRAPHS, WIDTHS)
def test_an_address_is_on_one_line(paragraphs: str, width: int) -> None:
    address = "https://a.org/" + "x" * 80
    in_lines = flowed(paragraphs, width).text.count(address)
    assert in_lines == paragraphs.count(address)


@pytest.mark.parametrize(
    ("paragraph", "lines"),
    [
        ("word " * 16 + "end", ["word word word word word word word word ", "word word word word word word word word ", "end"]),
        ("- " + "word " * 9 + "end", ["- word word word word word word word ", "word word end"]),
        ("> " + "word " * 9 + "end", ["> word word word word word word word ", "> word word end"]),
        ("> > short", [">> short"]),
        (">50% of it", [" >50% of it"]),
        ("  indented", ["   indented"]),
        ("From here on", [" From here on"]),
        ("word " * 7 + "four From here", ["word word word word word word word four ", " From here"]),
        ("-> https://a.org/" + "x" * 40, ["-> https://a.org/" + "x" * 40]),
        ("--", ["--"]),
        ("-- https://a.org/" + "x" * 40, ["-- https://a.org/" + "x" * 40]),
    ],
)  # fmt: skip
def test_lines(paragraph: str, lines: list[str]) -> None:
    message = flowed(paragraph, 40)
    assert message.text.split("\n") == lines
    assert not message.delete_spaces


def test_between_ideographs_a_line_breaks_and_its_space_is_deleted() -> None:
    message = flowed("遺" * 25 + "\n" + "word " * 8 + "end", 40)
    assert message.delete_spaces
    assert message.text.split("\n") == ["遺" * 20 + " ", "遺" * 5, "word " * 8 + " ", "end"]


def test_a_soft_break_at_another_depth_ends_the_paragraph() -> None:
    assert unflowed("one \n> two \n> three\nfour", delete_spaces=False) == "one \n> two three\nfour"


def test_a_separator_goes_on_nowhere() -> None:
    assert unflowed("text\n-- \nname", delete_spaces=False) == "text\n-- \nname"

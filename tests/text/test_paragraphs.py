"""Texts of paragraphs alone: the parser would read them just so."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from newsletter.text.markdown import plain_marks as module
from newsletter.text.markdown.paragraphs import beginning, paragraphs
from newsletter.text.markdown.reading import _parsed

SIGNS = st.sampled_from(
    ["\n", "\n\n", " ", "  \n", "\n ", "\t", "1. ", "12) ", "１. ", "- ", "+ ", "–", "> ", "# ", "=", "---", "|",
     "*", "_", "~", "^", "`", "[", "]", "](", ")", "<", ">", "\\", "&", "&amp;", "!", ":", "://", "//", "//a.org",
     "www.", "WWW.a.org", "Phys.org", "a@b.org", "@", "http:", "mailto:", "\x00", "\r", "\x85", "\u2028",
     "\xa0", "\u3000", "遺伝。", "’", "“a”", "94", "May", "word", "Two words."]
)  # fmt: skip
WORDS = st.sampled_from(
    ["*word*", "**two words**", "_so_", "[a](https://a.org)", "www.a.org", "a@b.org", "`code`", "H~2~O", "&amp;", "\\*",
     "[[name]]", "<https://a.org>", "5*3*2", "[^1]", "![x](y.png)", "word", "It’s", "94", "1984.", "A.", "(twice)", "10%", "a/b", "p=0.5", "遺伝", "עברית", "…", "—", "!", "]"]
)  # fmt: skip
LINES = st.lists(WORDS, min_size=1).map(lambda words: "So " + " ".join(words))
TEXTS = st.lists(st.lists(LINES, min_size=1, max_size=3).map("\n".join), min_size=1).map(
    "\n\n".join
)


@settings(max_examples=1_000, deadline=None)
@given(st.lists(SIGNS, max_size=20).map("".join) | st.text(max_size=60))
@example("Line\nline\n\n\nNext.\n")
@example("")
def test_tokens_are_those_of_the_parser_or_left_to_it(source: str) -> None:
    read = paragraphs(source)
    assert read is None or read == list(_parsed(source))


@settings(deadline=None)
@given(TEXTS)
def test_paragraphs_need_no_parser_of_blocks(source: str) -> None:
    read = paragraphs(source)
    assert read is not None
    assert read == list(_parsed(source))


@pytest.mark.parametrize(
    "source",
    [
        "- a", "+ a", "* a", "*", "* * *", "1. a", "1) a", "> a", "# a", "So\n- a", "![a](a.jpg)", "A | b\n--|--",
        "[a]: https://a.org", "[^a]: note", "a <!-- b --> c", "a  \nb", "\ta", " a",
    ],
)  # fmt: skip
def test_whatever_may_be_another_block_is_left_to_the_parser(source: str) -> None:
    assert paragraphs(source) is None


def test_only_what_may_be_markup_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def remembered(content: str) -> list[Token]:
        parsed.append(content)
        return []

    monkeypatch.setattr(module, "_parsed", remembered)
    paragraphs("It is plain.\n\nIt is `not`.\n\nNor www.a.org, nor a@b.org\n\nBut *this* is: 94.")
    assert parsed == ["It is `not`.", "Nor www.a.org, nor a@b.org"]


@settings(max_examples=500, deadline=None)
@given(st.lists(SIGNS, max_size=20).map("".join), st.integers(1, 6))
def test_the_beginning_is_read_as_it_is_in_the_whole(source: str, words: int) -> None:
    start = beginning(source, words)
    assert source.startswith(start)
    read, of_all = list(_parsed(start)), list(_parsed(source))
    assert read == of_all[: len(read)]


def test_the_beginning_has_enough_words() -> None:
    assert beginning("One *two*.\n\nThree.\n\nFour.", 3) == "One *two*.\n\nThree."
    assert beginning("One two.\n\n- Three.\n\nFour.", 3) == "One two.\n\n- Three.\n\nFour."

"""Texts that are read without a parser: the parser would read them just so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsletter.manifest import read_issue
from newsletter.text.markdown.plain import plain_paragraphs
from newsletter.text.markdown.reading import _parsed

SIGNS = st.sampled_from(
    ["\n", "\n\n", " ", "  \n", "\n ", "\t", "1. ", "12) ", "１. ", "- ", "+ ", "–", "> ", "# ", "=", "---", "|",
     "*", "_", "~", "^", "`", "[", "]", "](", ")", "<", ">", "\\", "&", "&amp;", "!", ":", "://", "//", "//a.org",
     "www.", "WWW.a.org", "Phys.org", "a@b.org", "@", "http:", "mailto:", "\x00", "\r", "\x85", "\u2028",
     "\xa0", "\u3000", "遺伝。", "’", "“a”", "94", "May", "word", "Two words."]
)  # fmt: skip
PLAIN_WORDS = st.sampled_from(
    ["word", "It’s", "94", "1984.", "A.", "(twice)", "10%", "a/b", "p=0.5", "遺伝", "עברית", "…", "—", "!", "]"]
)  # fmt: skip
PLAIN_TEXTS = st.lists(
    st.lists(PLAIN_WORDS, min_size=1).map(lambda words: "So " + " ".join(words)), min_size=1
).map("\n\n".join)


@settings(max_examples=1_000, deadline=None)
@given(st.lists(SIGNS, max_size=20).map("".join) | st.text(max_size=60))
@example("Line\nline\n\n\nNext.\n")
@example("")
def test_tokens_are_those_of_the_parser_or_left_to_it(source: str) -> None:
    plain = plain_paragraphs(source)
    assert plain is None or plain == list(_parsed(source))


@given(PLAIN_TEXTS)
def test_plain_text_needs_no_parser(source: str) -> None:
    plain = plain_paragraphs(source)
    assert plain is not None
    assert plain == list(_parsed(source))


@pytest.mark.parametrize(
    "source",
    [
        "- a", "+ a", "1. a", "1) a", "> a", "# a", "So\n- a", "*a*", "_a_", "~~a~~", "a^b^", "`a`", "[a]", "<!-- a -->",
        "&amp;", "a\\", "a  \nb", "See www.a.org", "See WWW.a.org", "https://a.org", "a@b.org", "//a.org", "\ta", " a",
    ],
)  # fmt: skip
def test_whatever_may_be_markup_is_left_to_the_parser(source: str) -> None:
    assert plain_paragraphs(source) is None


def test_the_teasers_of_652_need_no_parser(repository: Path) -> None:
    teasers = [item.teaser for item in read_issue(repository / "issues" / "652").items]
    assert all(plain_paragraphs(teaser or "") is not None for teaser in teasers)

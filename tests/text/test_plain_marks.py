"""Lines with plain marks: the parser's own rules would read them just so."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from newsletter.text.markdown import dialect
from newsletter.text.markdown.dialect import parser
from newsletter.text.markdown.plain_marks import plain_line

MARKS = ["*", "**", "***", "_", "__", "[", "](https://a.org)", "](https://a.org/b_c?d=e)", "](b)", "]", "!"]  # fmt: skip
SIGNS = ["'", '"', "“", "’", "(", ")", ".", ",", "-", "–", "…", "?", "|", "/", "//", "&", "&amp;", "~", "`", "\\", "<", "@"]  # fmt: skip
WORDS = ["a", "94", "é", "遺", " ", "\n", "  \n", "\n ", "\t", "\xa0", "\u2028", "www.", "WWW.a.org", "http:", "\x00"]  # fmt: skip
PHRASES = ["*word*", "**two words**", "_so_", "*on two\nlines*", "[a](https://a.org)", "[two words](http://b.org/c)"]  # fmt: skip
SOURCES = st.lists(st.sampled_from([*MARKS, *SIGNS, *WORDS, *PHRASES]), max_size=12).map("".join)
PLAIN = st.lists(st.sampled_from([*PHRASES, "word", "(twice),", "“Well”", "10%", "a/b", "]", "Oh!", "5-6"])).map(" ".join)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _the_parser_reads_all() -> object:
    """Read every line by the parser's own rules, to compare with."""

    def read(state: StateCore) -> None:
        for block in state.tokens:
            if block.type == "inline":
                block.children = dialect._parsed_line(block.content, state)

    parser.cache_clear()
    patch = pytest.MonkeyPatch()
    patch.setattr(dialect, "_read_lines", read)
    yield
    patch.undo()
    parser.cache_clear()


def parsed(source: str, **options: bool) -> list[Token]:
    (inline,) = parser(**options).parseInline(source)
    return inline.children or []


@settings(max_examples=3_000, deadline=None)
@given(SOURCES | st.text(max_size=40), st.booleans())
@example("*a*_b_", True)
@example("\u2028_so_", False)
@example("_so_\x85", False)
@example("**a***b*", True)
@example("_a_-_b_", True)
@example("*www.a.org*", True)
@example("[a\nb](https://a.org)\n**c**", True)
def test_they_are_those_of_the_parser_or_left_to_it(source: str, bare_addresses: bool) -> None:
    plain = plain_line(source)
    assert plain is None or plain == parsed(source, bare_addresses=bare_addresses)


@settings(max_examples=500, deadline=None)
@given(PLAIN)
def test_plain_marks_need_no_parser(source: str) -> None:
    plain = plain_line(source)
    assert plain is not None
    assert plain == parsed(source)


@settings(max_examples=500, deadline=None)
@given(st.text("abAB019-./_?=+", max_size=12), st.text("ab0-.", max_size=6))
def test_an_address_is_left_as_it_is(path: str, host: str) -> None:
    source = f"So [word](https://{host}a.org/{path}) is."
    plain = plain_line(source)
    assert plain is not None
    assert plain == parsed(source)


@pytest.mark.parametrize(
    "source",
    ["a*b*c", "*a*b", "* a*", "***a***", "*a _b_ c*", "[*a*](https://a.org)", "![a](https://a.org)",
     "[a](b)", "[a]", "a@b.org", "www.a.org", "//", "`a`", "H~2~O", "&amp;", "\\*", "*|a|*", "a  \nb", "*https://a.org*"],
)  # fmt: skip
def test_all_else_is_left_to_the_parser(source: str) -> None:
    assert plain_line(source) is None

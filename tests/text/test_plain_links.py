"""Links that are known without a parser: the parser would find just these."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsletter.text.markdown.links import _faults, faulty_links
from newsletter.text.markdown.plain_links import plain_links
from newsletter.text.markdown.reading import tokens

PARTS = st.sampled_from(
    ["[a](https://a.org)", "[two words](http://a.org/x_y?z=1)", "[*a*](https://a-b.org/)", "[www](https://a.org)",
     "![a](https://a.org)", "[a] (https://a.org)", "[a](b)", "[a]()", "(a)[https://a.org]", "[a|b](https://a.org)",
     "[a]: https://a.org\n", "[^1]", "[^1]: note\n", "[^1]:", "\n[^1]: ", "<https://a.org>", "https://a.org", "www.a.org", "a@b.org",
     "https://a-b.org/c_d/e-f.g ", "http://a.org/ ", "\n[^note]: https://a.org", "[^note]",
     "a", "word ", " ", "\n", "\n\n", "  \n", "- ", "1. ", "> ", "# ", "|", "\n--|--\n", "*", "**", "_", "~", "~~",
     "^", "`", "\\", "[", "]", "(", ")", "<", ">", "!", "&#91;", "&amp;", "<!-- ", " -->", "[[name]]", "*|a|*", "/"]
)  # fmt: skip


def links_of_the_parser(source: str) -> list[str]:
    inline = [token for block in tokens(source) for token in block.children or ()]
    return [str(token.attrGet("href")) for token in inline if token.type == "link_open"]


@settings(max_examples=2_000, deadline=None)
@given(st.lists(PARTS, max_size=12).map("".join) | st.text(max_size=60))
@example("H~[2](https://a.org)~")
@example("[^1][a](https://a.org)[^note]")
@example("[^1]a[a](https://a.org)[^note]")
@example("So[^1].\n\n[^1]: See https://a.org/b\n")
@example("A | [b|c](https://a.org)\n--|--\n1 | 2")
def test_they_are_those_of_the_parser_or_left_to_it(source: str) -> None:
    plain = plain_links(source)
    if plain is not None:
        assert sorted(plain) == sorted(links_of_the_parser(source))
        assert not list(_faults(source))


@settings(max_examples=2_000, deadline=None)
@given(st.lists(PARTS, max_size=12).map("".join).filter(lambda text: "--|--" not in text))
@example("[^1][a](https://a.org)[^note]")
@example("[^1]:[^1]: note\n[^1]")
@example("So[^1].\n\n[^1]: See [a](b).\n")
@example("[^1]: [a]: c\n\n[^1]: [b]:d\n")
def test_no_fault_is_overlooked(source: str) -> None:
    assert list(faulty_links(source)) == list(_faults(source))


@settings(max_examples=300, deadline=None)
@given(st.text("abAB0-./_?=+", max_size=12))
def test_an_address_is_left_as_it_is(path: str) -> None:
    source = f"So [word](https://a.org/{path}) is."
    plain = plain_links(source)
    assert plain is None or list(plain) == links_of_the_parser(source)


def test_plain_links_need_no_parser() -> None:
    source = "So *says* [a clinic](https://a.org/b?c=1), and\n\n- [another](http://b.org)."
    assert plain_links(source) == ("https://a.org/b?c=1", "http://b.org")
    assert plain_links("No link, but *emphasis*.") == ()
    assert plain_links("So[^1].\n\n[^1]: Seen at https://a.org/b") == ("https://a.org/b",)


@pytest.mark.parametrize(
    "source",
    ["https://a.org.", "[^1](https://a.org)", "WWW.a.org", "a@b.org", "[a](b)", "[a]", "<a>"],
)
def test_all_else_is_left_to_the_parser(source: str) -> None:
    assert plain_links(source) is None

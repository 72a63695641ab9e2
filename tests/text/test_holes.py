"""Texts with holes."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from newsletter.text.holes import fill, has_broken_hole, holes, pieces


def test_a_value_is_put_where_the_language_wants_it() -> None:
    assert fill("Issue {number}", {"number": "7"}) == "Issue 7"
    assert fill("第{number}号", {"number": "7"}) == "第7号"


def test_what_a_value_says_is_no_hole() -> None:
    assert fill("{a} {b}", {"a": "{b}", "b": "x"}) == "{b} x"


def test_in_markup_all_but_markup_is_escaped() -> None:
    filled = fill(Markup("{a} &amp; {b}"), {"a": "<i>", "b": Markup("<b>x</b>")})
    assert filled == "&lt;i&gt; &amp; <b>x</b>"
    assert isinstance(filled, Markup)


def test_a_hole_that_nothing_fills_is_refused() -> None:
    with pytest.raises(ValueError, match=r"nothing fills the hole \{names\} of 'By \{names\}'"):
        fill("By {names}", {"name": "A"})


@pytest.mark.parametrize("text", ["{a.b}", "{a[0]}", "{a!r}", "{a:>9}", "{}", "{", "}", "{{a}}"])
def test_no_other_braces_are_read(text: str) -> None:
    assert has_broken_hole(text)
    assert fill(text, {"a": "x"}) == text.replace("{a}", "x")


def test_holes_and_what_is_around_them() -> None:
    assert holes("{a}, {b} and {a}") == ["a", "b", "a"]
    assert pieces("{a}, {b} and {a}") == ["", ", ", " and ", ""]
    assert not has_broken_hole("{a}, {b} and {a}")

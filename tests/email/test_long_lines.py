"""No line of an HTML email is too long for a server."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.email.long_lines import LONGEST, with_short_lines
from newsletter.email.rendering import render
from newsletter.model import Issue
from newsletter.theme import compile_theme
from tests.elsewhere import pictures_elsewhere
from tests.strategies import issues, publications

THEME = compile_theme("bionews", Path(__file__).resolve().parents[2] / "templates")
WORDS = st.lists(
    st.sampled_from(
        ["word", "é" * 40, '<a href="https://a.test/?q=a b" title="two words">', "</a>"]
    )
)


@given(words=WORDS, times=st.integers(1, 60))
def test_only_spaces_between_words_become_line_breaks(words: list[str], times: int) -> None:
    line = " ".join(words * times)
    broken = with_short_lines(line)
    assert broken.replace("\n", " ") == line
    assert all(len(part.encode()) <= LONGEST for part in broken.split("\n"))
    assert broken.count('"https://a.test/?q=a b" title="two words"') == line.count("https:")


def test_a_word_that_is_too_long_stays_whole() -> None:
    address = f'<a href="https://a.test/{"x" * 1000}">'
    assert with_short_lines(f"One {address}two</a> three") == f"One\n{address}two</a>\nthree"


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(issue=issues(publications()))
def test_no_line_of_any_issue_is_too_long(issue: Issue) -> None:
    html = render(issue, THEME, pictures=pictures_elsewhere(issue)).html
    assert max(len(line.encode()) for line in html.split("\n")) <= LONGEST

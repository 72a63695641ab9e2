"""Rules take four times as long for an issue of four times the length, not sixteen times."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from newsletter.checks import manual
from newsletter.checks.galley import Galley
from newsletter.checks.preflight import preflight
from tests.checks.newsroom import Newsroom

SHORT = 300
"""Paragraphs."""
TIMES = 4
SLACK = 0.05
"""Seconds that a busy computer may add."""
_MISTAKES = "In the the story , with {{{{tag {n}}}}}, [here](http://www.progress.org.uk/{n}), ${{name{n}}}: “so (it's."


def galley(folder: Path, paragraphs: int) -> Galley:
    """Return an issue whose one long text has several mistakes in every paragraph."""
    text = "\n\n".join(_MISTAKES.format(n=number) for number in range(paragraphs))
    made = (
        Newsroom(folder)
        .item(title="A long story", url="https://www.bionews.org.uk/page_1", teaser=text)
        .galley()
    )
    preflight(made)  # what all rules share is kept
    return made


@pytest.fixture(scope="module")
def galleys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Galley, Galley]:
    """Return a short galley and a long one."""
    folder = tmp_path_factory.mktemp("linear")
    return galley(folder / "short", SHORT), galley(folder / "long", SHORT * TIMES)


def seconds(made: Galley, rule: str) -> float:
    """Return the least of three runs, in the time of this process alone."""

    def run() -> float:
        start = time.process_time()
        list(manual.rule(rule).check(made))
        return time.process_time() - start

    return min(run() for _ in range(3))


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "rule", [name for name in manual.names() if manual.page(name).needs is None]
)
def test_a_rule_is_linear(rule: str, galleys: tuple[Galley, Galley]) -> None:
    short, long = galleys
    assert seconds(long, rule) < 2 * TIMES * seconds(short, rule) + SLACK

"""The text of a page, as copied from the website."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from tests.importers.golden_pages import PAGES, Page, facts, written

NOT_READ = "not_read"
"""In an expectation: fields that a person reads on the page, and the importer does not."""
LEAST_RECALL = 0.95


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_as_it_is_meant(name: str, pytestconfig: pytest.Config) -> None:
    page = Page(name)
    read = [written(piece) for piece in page.pieces()]

    if pytestconfig.getoption("--update-golden"):
        _accept(page, read)
    expected = [_without(NOT_READ, piece) for piece in page.expected()]
    assert [_without(NOT_READ, piece) for piece in read] == expected


def _accept(page: Page, read: list[dict[str, Any]]) -> None:
    """Write what is read as the expectation; what is not read stays noted."""
    noted = page.expected() if page.expectation.exists() else []
    for number, earlier in enumerate(noted[: len(read)]):
        if NOT_READ in earlier:
            read[number][NOT_READ] = earlier[NOT_READ]
    text = yaml.safe_dump(read, allow_unicode=True, sort_keys=False, width=100)
    page.expectation.write_text(text, "utf-8")


def _without(name: str, piece: dict[str, Any]) -> dict[str, Any]:
    return {other: value for other, value in piece.items() if other != name}


def test_nearly_all_that_a_person_reads_is_read_and_nothing_else(
    tell: Callable[[str], None],
) -> None:
    right: Counter[str] = Counter()
    read: Counter[str] = Counter()
    meant: Counter[str] = Counter()
    for page in map(Page, PAGES):
        for piece, expected in zip(page.pieces(), page.expected(), strict=True):
            found = Counter(facts(written(piece)))
            wanted = Counter([*facts(expected), *facts({"fields": expected.get(NOT_READ, {})})])
            for counts, counted in ((right, found & wanted), (read, found), (meant, wanted)):
                counts.update(name for name, _ in counted.elements())

    precision = right.total() / read.total()
    recall = right.total() / meant.total()
    missed = ", ".join(f"{name} {meant[name] - right[name]}" for name in meant - right)
    tell(
        f"Fields of {len(PAGES)} pages: precision {precision:.1%} of {read.total()}, "
        f"recall {recall:.1%} of {meant.total()} (not read: {missed})"
    )
    assert precision == 1
    assert recall >= LEAST_RECALL

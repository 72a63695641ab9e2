"""Which issues have a share card, and what it says."""

from __future__ import annotations

import pytest

from newsletter.archive.pages import cards, issue
from newsletter.archive.parts.cards import (
    card_of_issue,
    card_of_newsletter,
    path_of,
    titles_left_out,
)
from newsletter.archive.reading import read_archive
from newsletter.manifest import Project
from tests.archive.small import Small
from tests.conftest import REPOSITORY


def paths(small: Small) -> list[str]:
    return [page.path for page in cards.pages(small.read())]


def from_day_on(small: Small, day: str) -> None:
    """Let all issues from a day on have a card."""
    publication = small.issues / "publication.yaml"
    text = publication.read_text("utf-8")
    publication.write_text(text.replace("\npages:\n", f"\npages:\n  cards: {day}\n"), "utf-8")


def test_the_newest_issues_have_one(small: Small) -> None:
    for number in range(1, 55):
        small.write(str(number), {"title": f"Piece {number}"})
    assert paths(small) == ["cards/newsletter.png", *(f"cards/{n}.png" for n in range(3, 55))]


def test_from_a_day_on_all_have_one(small: Small) -> None:
    for number in range(1, 60):
        small.write(str(number), {"title": f"Piece {number}"})
    from_day_on(small, "2012-01-16")
    assert paths(small)[:2] == ["cards/newsletter.png", "cards/2.png"]
    assert len(paths(small)) == 59


def test_a_card_says_the_number_the_day_and_the_leading_title(small: Small) -> None:
    small.write("1", {"title": "First"}, {"title": "It's *the* lead", "lead": True})
    archive = small.read()
    card = card_of_issue(archive, archive.issues[0])
    assert (card.name, card.title) == ("BioNews", "It’s the lead")
    assert card.details == ("Issue 1", "9\u00a0January\u00a02012")
    assert card.colours.band == ("#f2b134", "#ef6f53", "#7cc3a2", "#5aa9d6")


def test_a_card_is_made_again_only_if_it_says_something_else(small: Small) -> None:
    def digest() -> bytes:
        return list(cards.pages(small.read()))[1].digest

    small.write("1", {"title": "A"})
    before = digest()
    small.write("1", {"title": "A", "body": "Other words."})
    assert digest() == before
    small.write("1", {"title": "B"})
    assert digest() != before


def test_a_page_whose_issue_has_no_card_any_more_is_made_again(small: Small) -> None:
    def digest() -> bytes:
        return next(page.digest for page in issue.pages(small.read()) if page.path.startswith("1/"))

    for number in range(1, 53):
        small.write(str(number), {"title": f"Piece {number}"})
    before = digest()
    small.write("53", {"title": "Piece 53"})
    archive = small.read()
    assert path_of(archive, archive.issues[0]) == ""
    assert digest() != before


def test_titles_that_cannot_be_drawn_are_named(small: Small) -> None:
    small.write("1", {"title": "Genes 遺伝子"})
    small.write("2", {"title": "Genes 🧬"})
    assert list(titles_left_out(small.read())) == [("1", "伝子遺")]


@pytest.mark.parametrize(
    ("golden", "details"),
    [("right-to-left", ("7", "2026-11-22")), ("japanese", ("40", "2026-11-23"))],
)
def test_a_card_in_a_script_that_its_font_has_not_got_is_not_empty(
    golden: str, details: tuple[str, str]
) -> None:
    archive = read_archive(Project(REPOSITORY / "tests" / "golden" / golden / "issues"))
    card = card_of_issue(archive, archive.issues[0])
    assert (card.name, card.details) == ("sample.test", details)
    assert card_of_newsletter(archive).title == "sample.test"

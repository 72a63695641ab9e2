"""What dead-archive-link must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant

_ARCHIVE = "https://www.bionews.org.uk/issues"


def _linked(path: str) -> Plant:
    """Return what makes a teaser of 652 link to a path in the archive."""

    def plant(room: Newsroom) -> None:
        room.change(
            "issues/652/issue.yaml",
            "Mutations in the sperm of older fathers are linked to autism...",
            f"Mutations in the sperm of older fathers are [linked to autism]({_ARCHIVE}{path})...",
        )

    return plant


def _linked_in_publication(room: Newsroom) -> None:
    room.change(
        "issues/publication.yaml",
        "  and free to all.",
        f"  and free to all. [Here is how it began]({_ARCHIVE}/601/).",
    )


MISTAKES: dict[str, Plant] = {
    "an issue that does not exist": _linked("/600/"),
    "an issue that is still to come": _linked("/9652"),
    "an issue older than all others": _linked("/12/"),
    "a piece that is not there": _linked("/596/always-let-me-go/"),
    "a piece of an issue that does not exist": _linked("/600/never-let-me-go/"),
    "a piece that has no page": _linked("/652/exhibition-review-palaces/"),
    "an item that is not there": _linked("/652/#nobody-has-this-title"),
    "an issue in the publication's own texts": _linked_in_publication,
}

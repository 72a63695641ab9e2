"""What repeated-in-issue must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from typing import Any

from tests.checks.newsroom import Newsroom, Plant

_TEASER = (
    "        teaser: A hospital in Rome meets with criticism after 94 embryos were destroyed...\n"
)
_OTHER = "        teaser: A laboratory in Britain is working with a stem cell doctor who divides opinion...\n"
_REVIEW = "https://www.bionews.org.uk/page_93535"
_PAPER = "https://www.genome.gov/a-paper"


def _source_of_another(room: Newsroom) -> None:
    source = f"        sources:\n          - title: What was decided\n            url: {_PAPER}\n"
    room.change("issues/652/issue.yaml", _TEASER, f"        url: {_PAPER}\n{_TEASER}")
    room.change("issues/652/issue.yaml", _OTHER, _OTHER + source)


MISTAKES: dict[str, Plant] = {
    "the address of another item": lambda room: room.change(
        "issues/652/issue.yaml", _TEASER, f"        url: {_REVIEW}/\n{_TEASER}"
    ),
    "a source that is another item's own page": _source_of_another,
    "the title of another item": lambda room: room.change(
        "issues/652/issue.yaml",
        "title: Gene variants linked to childhood obesity discovered",
        "title: Genetic mutations, in older fathers' sperm, linked to autism",
    ),
}


def source(url: str) -> dict[str, Any]:
    return {"title": "What was decided", "url": url}

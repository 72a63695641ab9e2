"""What ran-before must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant

_TEASER = (
    "        teaser: A hospital in Rome meets with criticism after 94 embryos were destroyed...\n"
)
_SOURCE = "        sources:\n          - title: What was decided\n            url: https://www.bionews.org.uk/page_100061\n"
_PAST = "number: 640\ndate: 2012-01-23\nsections:\n  - kind: news\n    items:\n      - title: "
"""An old issue that leaves the number of 652 as odd as it is."""


def _same_source(room: Newsroom) -> None:
    room.write("issues/640/issue.yaml", f"{_PAST}An older story\n{_SOURCE}")
    room.change("issues/652/issue.yaml", _TEASER, _TEASER + _SOURCE)


MISTAKES: dict[str, Plant] = {
    "the link of an item that ran": lambda room: room.write(
        "issues/640/issue.yaml",
        f"{_PAST}An older story\n        url: https://bionews.org.uk/page_93535/\n",
    ),
    "the sources of an item that ran": _same_source,
    "the title of an item that ran": lambda room: room.write(
        "issues/640/issue.yaml", f"{_PAST}Rome hospital criticised, for destruction of 94 embryos\n"
    ),
}

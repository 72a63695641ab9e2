"""What nowhere-to-read-on must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant

_IGNORED = (
    "  - rule: nowhere-to-read-on\n    reason: The pieces' own addresses could not be found out.\n"
)
_ELSEWHERE = """  - kind: elsewhere
    items:
      - title: What a newspaper made of the trial
        teaser: The trial of the gene therapy is described at length, with many pictures...

# What the checks say"""


def _pointer_without_address(room: Newsroom) -> None:
    room.change("issues/652/issue.yaml", _IGNORED, "")
    room.change("issues/652/issue.yaml", "# What the checks say", _ELSEWHERE)


MISTAKES: dict[str, Plant] = {
    "teasers of pieces that are nowhere": lambda room: room.change(
        "issues/652/issue.yaml", _IGNORED, ""
    ),
    "a pointer to nowhere": _pointer_without_address,
}

"""What weekday-mismatch must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

_TEASER = "Our review of 'Palaces', which can be seen at the Science Museum in London..."
MISTAKES: dict[str, Plant] = {
    "a weekday that is not that of the date": lambda room: room.change(
        "issues/652/issue.yaml",
        _TEASER,
        _TEASER.replace("in London", "from Friday 19 January 2012"),
    ),
    "no year, but near": lambda room: room.change(
        "issues/652/issue.yaml", _TEASER, _TEASER.replace("in London", "until Saturday 20 May")
    ),
    "a day that does not exist": lambda room: room.change(
        "issues/652/issue.yaml", _TEASER, _TEASER.replace("in London", "until Monday 31 April")
    ),
}

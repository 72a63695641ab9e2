"""What preferences must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

FORMATS = [{"name": "teasers", "shows": "teasers"}, {"name": "headlines", "shows": "headlines"}]

MISTAKES: dict[str, Plant] = {
    "formats to choose from, and nowhere to choose": lambda room: room.publication(formats=FORMATS),
}

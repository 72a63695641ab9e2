"""What contrast must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

QUIET, DARK_QUIET = "--quiet: #52636a;", "--quiet: #a3b4b8;"
MISTAKES: dict[str, Plant] = {
    "small print too pale": lambda room: room.theme("palette.css", QUIET, "--quiet: #8a9a9f;"),
    "small print too dark in dark mode": lambda room: room.theme(
        "palette.css", DARK_QUIET, "--quiet: #4a5558;"
    ),
    "a background too close to its text": lambda room: room.theme(
        "palette.css", "--masthead: #0b3c47;", "--masthead: #7fb2bd;"
    ),
}

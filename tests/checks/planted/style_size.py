"""What style-size must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

RULE = "@media (max-width: 400px) { .text { padding-left: 16px !important; } }\n"
NARROW = "/* Narrow screens */\n"
MISTAKES: dict[str, Plant] = {
    "a style sheet for every phone": lambda room: room.theme(
        "style.css", NARROW, NARROW + RULE * 260
    ),
}

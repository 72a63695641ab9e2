"""What broken-styles must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

NARROW = "@media (max-width: 480px) {\n  .text {"
NESTED = "@media (max-width: 480px) {\n  @media (orientation: portrait) {\n    .text { padding-left: 12px !important; }\n  }"
MISTAKES: dict[str, Plant] = {
    "a media query inside another": lambda room: room.theme(
        "style.css", NARROW, NESTED + "\n  .text {"
    ),
    "a bracket left open": lambda room: room.html(
        "<style>@media (max-width: 480px) { .text { margin: 0 }</style>"
    ),
    "a bracket closed twice": lambda room: room.html("<style>.text { margin: 0 }}</style>"),
}

"""What layout-table must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

TABLE = '<table role="presentation" width="100%"'
MISTAKES: dict[str, Plant] = {
    "a theme's table without its role": lambda room: room.theme(
        "parts/masthead.html.j2", TABLE, '<table width="100%"'
    ),
}

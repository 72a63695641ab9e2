"""What layout-table must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

WORK = '<table role="presentation" class="work"'
MISTAKES: dict[str, Plant] = {
    "a theme's table without its role": lambda room: room.theme(
        "parts/work.html.j2", WORK, '<table class="work"'
    ),
}

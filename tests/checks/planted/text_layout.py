"""What text-layout must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

TEXT, ITEM = "email.txt.j2", "parts/item.txt.j2"
WHY = "{{ publication.why | markdown }}"
MISTAKES: dict[str, Plant] = {
    "lines that are too long": lambda room: room.theme(
        ITEM, '{{ item.title | wrap(marker, " " * marker | length) }}', "{{ item.title }}"
    ),
    "a tag in the text": lambda room: room.theme(TEXT, WHY, f"{WHY}<br>"),
    "a character reference in the text": lambda room: room.theme(TEXT, WHY, f"{WHY}&nbsp;"),
}

"""What text-layout must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

TEXT, ITEM = "email.txt.j2", "parts/item.txt.j2"
ARCHIVE = "{{ words.archive }}:"
MISTAKES: dict[str, Plant] = {
    "lines that are too long": lambda room: room.theme(
        ITEM, "{{ item.title | wrap }}", "{{ item.title }}"
    ),
    "a tag in the text": lambda room: room.theme(TEXT, ARCHIVE, f"{ARCHIVE}<br>"),
    "a character reference in the text": lambda room: room.theme(TEXT, ARCHIVE, f"{ARCHIVE}&nbsp;"),
}

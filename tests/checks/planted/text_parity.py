"""What text-parity must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

LIST, ITEM = "parts/contents.txt.j2", "parts/item.txt.j2"
MORE = '-> {{ more.removeprefix("mailto:") }}\n'
CONTENTS = '{{ item.title | wrap((numbers[item.key] ~ ". ").rjust(5), "     ") }}\n'
TITLE = '{{ item.title | wrap(marker, " " * marker | length) }}\n'
MISTAKES: dict[str, Plant] = {
    "addresses lost from the text": lambda room: room.theme(ITEM, MORE, "{{ words.read_more }}\n"),
    "titles lost from the text": lambda room: room.theme(
        LIST, CONTENTS, "  - {{ item.kind }}\n"
    ).theme(ITEM, TITLE, ""),
    "teasers lost from the text": lambda room: room.theme(ITEM, "{{ shown }}\n", ""),
}

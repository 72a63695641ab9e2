"""What unused-word must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "a misspelt word": lambda room: room.write(
        "templates/bionews/words.toml", 'isue = "Number {number}"\n'
    ),
    "a word that is left over": lambda room: room.write(
        "templates/bionews/words.en.toml", 'print_it = "Print this issue"\n'
    ),
}

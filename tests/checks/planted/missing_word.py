"""What missing-word must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant


def in_portuguese(room: Newsroom) -> Newsroom:
    return room.change("issues/publication.yaml", "language: en-GB\n", "language: pt\n")


MISTAKES: dict[str, Plant] = {
    "a language that the theme does not have": in_portuguese,
    "a language of which it has a few words": lambda room: in_portuguese(room).write(
        "templates/bionews/words.pt.toml", 'contents = "Nesta edição"\n'
    ),
}

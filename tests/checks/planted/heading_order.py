"""What heading-order must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant

CONTENTS = "<h2>{{ words.contents }}</h2>"
SECTION = '<h2>{% include "parts/mark.html.j2" %}</h2>'


def without_first_level(room: Newsroom) -> Newsroom:
    html = room.galley().email.html
    return room.html(html.replace("<h1 ", "<div ").replace("</h1>", "</div>"))


MISTAKES: dict[str, Plant] = {
    "no heading of level 1": without_first_level,
    "a second heading of level 1": lambda room: room.theme(
        "parts/contents.html.j2", CONTENTS, CONTENTS.replace("h2", "h1")
    ),
    "a level skipped": lambda room: room.theme(
        "email.mjml.j2", SECTION, SECTION.replace("h2", "h4")
    ),
    "an empty heading": lambda room: room.theme("parts/contents.html.j2", CONTENTS, "<h2></h2>"),
}

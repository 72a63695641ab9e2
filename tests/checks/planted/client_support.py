"""What client-support must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "columns that flow": lambda room: room.theme(
        "style.css", ".contents {\n", ".contents {\n  display: flex;\n"
    ),
    "a unit of larger letters": lambda room: room.theme(
        "style.css", "margin: 10px 0 0;", "margin: 0.5rem 0 0;"
    ),
    "a width that is calculated": lambda room: room.theme(
        "style.css", ".work {\n", ".work {\n  width: calc(100% - 40px);\n"
    ),
    "a background picture without a colour": lambda room: room.theme(
        "style.css",
        ".contents {\n",
        ".contents {\n  background-image: url(https://www.bionews.org.uk/pictures/helix.png);\n",
    ),
    "columns in a style sheet": lambda room: room.theme(
        "email.mjml.j2",
        "<mj-raw>\n      <meta",
        "<mj-raw>\n<style>.contents { float: left; }</style><meta",
    ),
    "an element whose style is lost with it": lambda room: room.theme(
        "parts/contents.html.j2",
        '<ul class="contents">',
        '<section style="padding: 1px"><ul class="contents">',
    ).theme("parts/contents.html.j2", "</ul>", "</ul></section>"),
}

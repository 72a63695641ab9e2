"""What active-content must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant

IN_HEAD = '<meta name="color-scheme" content="light dark">'


def for_apple(room: Newsroom) -> Newsroom:
    """Apple Mail shows much of this, so that the rule about what clients can show reports nothing."""
    return room.change(
        "issues/publication.yaml",
        "service: folder\n",
        "service: folder\nclients: [apple-mail-macos]\n",
    )


def in_theme(element: str) -> Plant:
    return lambda room: for_apple(room).theme(
        "email.mjml.j2", IN_HEAD, f"{IN_HEAD}\n      {element}"
    )


MISTAKES: dict[str, Plant] = {
    "a script": lambda room: room.html("<script>var a = 1;</script>"),
    "a field to fill in": lambda room: room.html('<input type="hidden" name="a" value="b">'),
    "a form": lambda room: for_apple(room).html(
        '<form action="https://www.bionews.org.uk/answer"></form>'
    ),
    "a frame": lambda room: room.html(
        '<iframe src="https://www.bionews.org.uk/film" title="The film"></iframe>'
    ),
    "an embedded program": lambda room: room.html(
        '<embed src="https://www.bionews.org.uk/film.swf">'
    ),
    "a film player": lambda room: for_apple(room).html(
        '<video src="https://www.bionews.org.uk/film.mp4"></video>'
    ),
    "a base for all addresses": in_theme('<base target="_blank">'),
    "a style sheet to fetch": in_theme(
        '<link rel="stylesheet" href="https://www.bionews.org.uk/email.css">'
    ),
    "a page that reloads": in_theme('<meta http-equiv="refresh" content="600">'),
    "a script on a click": lambda room: room.html('<p onclick="void 0"></p>'),
    "styles imported": lambda room: for_apple(room).html(
        "<style>@import url(https://www.bionews.org.uk/a.css);</style>"
    ),
    "a font to fetch": lambda room: room.html(
        "<style>@font-face{font-family:A;src:url(https://www.bionews.org.uk/a.woff2)}</style>"
    ),
}

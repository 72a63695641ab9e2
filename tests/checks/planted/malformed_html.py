"""What malformed-html must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant


def changed(old: str, new: str) -> Plant:
    return lambda room: room.html(room.galley().email.html.replace(old, new, 1))


MISTAKES: dict[str, Plant] = {
    "no doctype": changed("<!doctype html>", ""),
    "an old doctype": changed(
        "<!doctype html>",
        '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">',
    ),
    "an element closed twice": lambda room: room.html("<p></p></em>"),
    "an element not closed": changed("</ul>", ""),
    "an attribute given twice": lambda room: room.html('<p title="One" title="Two"></p>'),
    "an id given twice": lambda room: room.html('<p id="end-of-this"></p><p id="end-of-this"></p>'),
}

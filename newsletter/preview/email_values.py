"""What the pages show of an email: its sender, its text in lines, its HTML in pieces."""

from __future__ import annotations

from typing import Any

from newsletter.email.building import FILES
from newsletter.email.summary import word_count
from newsletter.model import Email
from newsletter.model.fields import mailbox
from newsletter.preview.weight import KINDS, pieces
from newsletter.text.cells import cells


def inbox_values(email: Email) -> dict[str, str]:
    """Return what inboxes show besides subject and preheader."""
    name, address = mailbox(email.issue.publication.sender)
    return {"sender": name or address}


def text_values(email: Email) -> dict[str, Any]:
    """Return the plain text in lines, each with whether it is too long, and a ruler for them."""
    width = email.issue.publication.text_width
    lines = [(line, cells(line) > width) for line in email.text.rstrip("\n").split("\n")]
    too_long = [line for line, is_too_long in lines if is_too_long]
    tens = "".join(f"{column:·>10}" for column in range(10, width + 1, 10))
    return {
        "lines": lines,
        "too_long": len(too_long),
        "width": width,
        "ruler": tens.ljust(width, "·"),
        "words": word_count(email.text),
    }


def source_values(email: Email) -> dict[str, Any]:
    """Return the HTML in lines, and the message."""
    message = FILES["email.eml"](email)
    return {
        "html_lines": _html_lines(email.html),
        "message": message.decode("ascii"),
        "kinds": KINDS,
    }


def _html_lines(html: str) -> list[list[tuple[str, str]]]:
    """Return the lines of the HTML, each in pieces with their kinds."""
    lines: list[list[tuple[str, str]]] = [[]]
    for kind, piece in pieces(html):
        first, *others = piece.split("\n")
        lines[-1].append((kind, first))
        lines += [[(kind, other)] for other in others]
    return lines

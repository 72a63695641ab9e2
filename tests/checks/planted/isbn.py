"""What isbn must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

VENUE = "venue: Science Museum, 165 Queen's Gate, South Kensington, London SW7 5HD"
MISTAKES: dict[str, Plant] = {
    "a wrong digit": lambda room: room.change(
        "issues/652/issue.yaml", VENUE, 'isbn: ["0-571-25809-6"]'
    ),
    "a digit too few, in a text": lambda room: room.change(
        "issues/652/issue.yaml",
        "teaser: Our review of 'Palaces', which",
        "teaser: Our review of 'Palaces' (ISBN 978-0-571-2580-3), which",
    ),
}

"""What message-lines must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

LONG = "https://www.bionews.org.uk/unsubscribe?reader=" + "0123456789" * 100
MISTAKES: dict[str, Plant] = {
    "letters that are not encoded": lambda room: room.headers("Subject: BioNews 652: Génétique"),
    "a header's line that is too long": lambda room: room.headers(f"List-Unsubscribe: <{LONG}>"),
    "a carriage return alone": lambda room: room.headers("X-Note: one\r two"),
}

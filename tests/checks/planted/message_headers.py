"""What message-headers must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

DATE = "Date: Mon, 16 Apr 2012"
MISTAKES: dict[str, Plant] = {
    "no Date": lambda room: room.headers("Date:"),
    "no Message-ID": lambda room: room.headers("Message-ID:"),
    "no MIME-Version": lambda room: room.headers("MIME-Version:"),
    "two subjects": lambda room: room.headers(
        "Subject: BioNews 652: One\nSubject: BioNews 652: Another"
    ),
    "a Date without a zone": lambda room: room.headers(f"{DATE} 17:00:00"),
    "a Date of another hour": lambda room: room.headers(f"{DATE} 17:00:00 +0000"),
    "a Date that is not a date": lambda room: room.headers("Date: next Monday at five"),
}

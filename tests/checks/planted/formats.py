"""What formats must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant

PAGE = "https://www.bionews.org.uk/preferences"


def with_formats(room: Newsroom, *formats: dict[str, str]) -> Newsroom:
    return room.publication(service="brevo", preferences=PAGE, formats=list(formats))


def teasers(**fields: str) -> dict[str, str]:
    return {"name": "teasers", "shows": "teasers", "audience": "7"} | fields


MISTAKES: dict[str, Plant] = {
    "plain text alone, in a service that needs HTML": lambda room: with_formats(
        room, teasers(), teasers(name="text", parts="text", audience="8")
    ),
    "a format without readers": lambda room: with_formats(
        room, teasers(), {"name": "headlines", "shows": "headlines"}
    ),
}

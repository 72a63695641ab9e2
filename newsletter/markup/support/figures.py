"""Which features the latest version of each mail client knows; ``make clients`` updates the figures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, cast

from newsletter.model import Client

FIGURES = Path(__file__).parent / "figures.json"
Figure = Literal["y", "a", "n", "u"]
"""Whether a client knows a feature: yes, almost, no, unknown."""
PARTLY_IS_NOT = frozenset({"css-rgb"})
"""Features of which we look only for the part that a client with the figure "almost" does not know."""


@cache
def figures() -> Mapping[str, Mapping[Client, Figure]]:
    """Return the figures: from feature, by its name at caniemail.com, to client to figure."""
    written = json.loads(FIGURES.read_text("utf-8"))
    clients = cast("list[Client]", written["clients"])
    return {
        feature: dict(zip(clients, cast("list[Figure]", list(letters)), strict=True))
        for feature, letters in written["features"].items()
    }


def lacking(feature: str) -> frozenset[Client]:
    """Return the clients that do not know a feature."""
    no = "an" if feature in PARTLY_IS_NOT else "n"
    return frozenset(client for client, figure in figures()[feature].items() if figure in no)


def page_of(feature: str) -> str:
    """Return the address of caniemail.com's page about a feature."""
    return f"https://www.caniemail.com/features/{feature}/"

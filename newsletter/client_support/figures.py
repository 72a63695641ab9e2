"""Which features the latest version of each mail client knows; ``make clients`` writes the figures anew."""

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
"""Features of which we look for just that part which clients that know them almost do not know."""


@cache
def figures() -> Mapping[str, Mapping[Client, Figure]]:
    """Feature, by its name at caniemail.com, to client to figure."""
    written = json.loads(FIGURES.read_text("utf-8"))
    clients = cast("list[Client]", written["clients"])
    return {
        feature: dict(zip(clients, cast("list[Figure]", list(letters)), strict=True))
        for feature, letters in written["features"].items()
    }


def lacking(feature: str) -> frozenset[Client]:
    """The clients that do not know a feature."""
    no = "an" if feature in PARTLY_IS_NOT else "n"
    return frozenset(client for client, figure in figures()[feature].items() if figure in no)


def page_of(feature: str) -> str:
    """The address of what caniemail.com has found out about a feature."""
    return f"https://www.caniemail.com/features/{feature}/"

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
    table = json.loads(FIGURES.read_text("utf-8"))
    clients = cast("list[Client]", table["clients"])
    by_feature: dict[str, dict[Client, Figure]] = {}
    for feature, letters in table["features"].items():
        column = cast("list[Figure]", list(letters))
        by_feature[feature] = dict(zip(clients, column, strict=True))
    return by_feature


@cache
def clients_without(feature: str) -> frozenset[Client]:
    """Return the clients that do not know a feature."""
    no = "an" if feature in PARTLY_IS_NOT else "n"
    by_client = figures()[feature]
    clients = (client for client, figure in by_client.items() if figure in no)
    return frozenset(clients)


def page_of(feature: str) -> str:
    """Return the address of caniemail.com's page about a feature."""
    return f"https://www.caniemail.com/features/{feature}/"

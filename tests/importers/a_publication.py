"""A publication for the tests of importers, which is not BioNews unless it is said to be."""

from __future__ import annotations

from newsletter.model import Publication


def publication(name: str = "BioNews", **fields: object) -> Publication:
    """Return a publication of this name, with what it cannot be without."""
    needed = {
        "name": name,
        "publisher": f"the {name} Trust",
        "home_page": "https://news.example/",
        "from": f"{name} <news@news.example>",
        "time_zone": "Europe/London",
        "day": "Monday",
        "time": "17:00",
        "postal_address": "1 High Street, Anytown",
        "why": "You asked for it.",
        "unsubscribe": "https://news.example/unsubscribe",
        "archive": "https://news.example/issues/",
        "pictures": "https://news.example/pictures/",
    }
    return Publication.model_validate({**needed, **fields})

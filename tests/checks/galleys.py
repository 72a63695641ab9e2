"""Galleys of one issue in several formats, whatever is in the email of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from newsletter.checks.galley import Galley
from newsletter.model import Format

EVERY_FORMAT = [
    {"name": f"{shows}-{parts}", "shows": shows, "parts": parts}
    for shows in ("teasers", "headlines", "full")
    for parts in ("both", "text")
]
IN_EVERY_FORMAT = {
    "formats": EVERY_FORMAT,
    "preferences": "https://www.bionews.org.uk/preferences",
}
"""Fields of a publication that has all formats there can be."""
TEASERS = Format(name="teasers", shows="teasers")
HEADLINES = Format(name="headlines", shows="headlines")
FULL = Format(name="full", shows="full")
TEXT_ALONE = Format(name="text", shows="full", parts="text")


def in_format(galley: Galley, format: Format, **of_email: Any) -> Galley:
    """Return a galley in a format, with other values in some fields of its email."""
    if not format.has_html:
        of_email["html"] = ""
    email = galley.email.model_copy(update={"format": format, **of_email})
    return replace(galley, email=email)


def with_others(leading: Galley, *others: Galley) -> Galley:
    """Return the leading galley of an issue, with those of its other formats."""
    return replace(leading, others=others)

"""Times in answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator


def _none_if_empty(value: object) -> object:
    return value or None


TimeOrEmpty = Annotated[AwareDatetime | None, BeforeValidator(_none_if_empty)]
"""A time with its zone; None where the service writes "" or null."""

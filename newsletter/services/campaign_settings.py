"""What a service keeps of a campaign besides its content, read from the service's own answer.

Each service lists once where each thing is (``{"attachment": "attachmentFile"}``); that makes ``Campaign.settings``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, model_validator

NONE = "none"
"""The word for whatever is empty, off or missing."""


class Whole(BaseModel):
    """An answer that is kept whole, besides what is read from it."""

    answer: dict[str, Any]

    @model_validator(mode="before")
    @classmethod
    def _keep(cls, said: Any) -> Any:
        return {**said, "answer": said} if isinstance(said, dict) else said


def settings_in(answer: Mapping[str, Any], places: Mapping[str, str]) -> dict[str, str]:
    """Return each thing that an answer says, in words. ``places`` has the path of each in the answer
    (``tracking.opens``); what is missing is left out, for then the service says nothing about it.
    """
    found = {message: _at(answer, path.split(".")) for message, path in places.items()}
    return {message: word(values[0]) for message, values in found.items() if values}


def word(value: Any) -> str:
    """Return a value of an answer in words: ``none``, ``on``, ``7, 12``."""
    if _is_empty(value):
        return NONE
    if value is True:
        return "on"
    if isinstance(value, list):
        return ", ".join(map(word, value))
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else str(value)


def _is_empty(value: Any) -> bool:
    """Return whether a value says nothing, nor any value within it."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not value or (bool(parts) and all(map(_is_empty, parts)))


def _at(answer: Any, path: list[str]) -> list[Any]:
    """Return a list of the value at a path; an empty one if the path does not exist."""
    if not path:
        return [answer]
    if not isinstance(answer, Mapping) or path[0] not in answer:
        return []
    return _at(answer[path[0]], path[1:])

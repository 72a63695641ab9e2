"""What a service keeps of a campaign beside its content: read from the service's own answer, by the names it has there.

A service says once where each thing is (``{"attachment": "attachmentFile"}``); ``Campaign.settings`` is made of that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, model_validator

NONE = "none"
"""The word for whatever is empty, off, or not there."""


class Whole(BaseModel):
    """An answer of which all is kept, beside what is read out of it."""

    answer: dict[str, Any]

    @model_validator(mode="before")
    @classmethod
    def _keep(cls, said: Any) -> Any:
        return {**said, "answer": said} if isinstance(said, dict) else said


def settings_in(answer: Mapping[str, Any], places: Mapping[str, str]) -> dict[str, str]:
    """Each thing that an answer says, in words. ``places`` has the path of each in the answer (``tracking.opens``);
    what is not there is left out, for then the service says nothing of it.
    """
    found = {what: _at(answer, path.split(".")) for what, path in places.items()}
    return {what: word(values[0]) for what, values in found.items() if values}


def word(value: Any) -> str:
    """A value of an answer in words: ``none``, ``on``, ``7, 12``."""
    if _is_empty(value):
        return NONE
    if value is True:
        return "on"
    if isinstance(value, list):
        return ", ".join(map(word, value))
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else str(value)


def _is_empty(value: Any) -> bool:
    """Whether a value says nothing; one that is made of such values does not, either."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not value or (bool(parts) and all(map(_is_empty, parts)))


def _at(answer: Any, path: list[str]) -> list[Any]:
    """What is at a path, alone; nothing if there is no such path."""
    if not path:
        return [answer]
    if not isinstance(answer, Mapping) or path[0] not in answer:
        return []
    return _at(answer[path[0]], path[1:])

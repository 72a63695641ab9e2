"""What a service keeps of a campaign besides its content, read from the service's own answer.

Each service lists once where each setting is (``{"attachment": "attachmentFile"}``); that makes
``Campaign.settings``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, model_validator

NONE = "none"
"""The word for whatever is empty, off or missing."""
_MISSING = object()


class WholeAnswer(BaseModel):
    """An answer that is kept whole, besides what is read from it."""

    answer: dict[str, Any]

    @model_validator(mode="before")
    @classmethod
    def _keep_whole(cls, answer: Any) -> Any:
        if not isinstance(answer, dict):
            return answer
        return {**answer, "answer": answer}


def settings_in(answer: Mapping[str, Any], paths: Mapping[str, str]) -> dict[str, str]:
    """Return the settings in an answer, each in words; ``paths`` has the path of each (``a.b``).

    A setting that the answer does not have is left out: the service says nothing about it.
    """
    settings: dict[str, str] = {}
    for name, path in paths.items():
        value = _value_at(answer, path)
        if value is not _MISSING:
            settings[name] = in_words(value)
    return settings


def in_words(value: Any) -> str:
    """Return a value of an answer in words: ``none``, ``on``, ``7, 12``."""
    if _is_empty(value):
        return NONE
    if value is True:
        return "on"
    if isinstance(value, list):
        return ", ".join(map(in_words, value))
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True)
    return str(value)


def _is_empty(value: Any) -> bool:
    """Return whether a value says nothing, nor any value within it."""
    if not value:
        return True
    if isinstance(value, dict):
        return all(map(_is_empty, value.values()))
    if isinstance(value, list):
        return all(map(_is_empty, value))
    return False


def _value_at(answer: Mapping[str, Any], path: str) -> Any:
    """Return the value at a path; _MISSING if the path does not exist."""
    value: Any = answer
    for name in path.split("."):
        if not isinstance(value, Mapping) or name not in value:
            return _MISSING
        value = value[name]
    return value

"""What all nouns share: how they are made, and what is said if they cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from newsletter.errors import ModelError
from newsletter.problem import Problem


class Noun(BaseModel):
    """A frozen noun, which has no field that is not named in its class.

    Raise ModelError, with every fault, if the values that it is made of cannot be used.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    def __init__(self, **values: Any) -> None:
        with _faults_of(type(self)):
            super().__init__(**values)

    # Without this mark pydantic would call __init__ for nouns within nouns too, and stop at the
    # first fault.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]

    def __setattr__(self, name: str, value: Any) -> None:
        """Raise ModelError for a field: a noun never changes."""
        with _faults_of(type(self)):
            super().__setattr__(name, value)

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Return the noun that plain lists, dictionaries and texts describe. Raise ModelError."""
        with _faults_of(cls):
            return super().model_validate(obj, **options)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Return the noun that a JSON text describes. Raise ModelError."""
        with _faults_of(cls):
            return super().model_validate_json(json_data, **options)


@contextmanager
def _faults_of(noun: type[Noun]) -> Iterator[None]:
    """Raise ModelError instead of pydantic's ValidationError."""
    try:
        yield
    except ValidationError as refusal:
        raise ModelError(_problems(noun, refusal), refusal) from refusal


def _problems(noun: type[Noun], refusal: ValidationError) -> Iterator[Problem]:
    """Yield a problem for each fault: the noun is its place, the name of the field comes first."""
    for error in refusal.errors(include_url=False):
        if error["type"] == "too_short" and error["input"]:  # its entries have faults of their own
            continue

        context = error.get("ctx", {})
        message = str(context.get("message") or f"{error['msg']}.")
        hint = str(context.get("hint", ""))
        if field := ".".join(map(str, error["loc"])):
            message = f"{field}: {message}"
        yield Problem(Path(noun.__name__), None, message, hint)

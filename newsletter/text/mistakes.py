"""The messages that editors get for their mistakes."""

from __future__ import annotations

from pydantic_core import PydanticCustomError


def mistake(message: str, hint: str) -> PydanticCustomError:
    """Return an error whose text reaches the editor unchanged (pydantic would read braces in it as
    a format).
    """
    return PydanticCustomError("editor", "{message} {hint}", {"message": message, "hint": hint})

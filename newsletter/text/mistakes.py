"""The messages that editors get for their mistakes."""

from __future__ import annotations

from pydantic_core import PydanticCustomError

_LONGEST_SHOWN = 60


def shown(given: object, longest: int = _LONGEST_SHOWN) -> str:
    """Return what an editor wrote as a message can show it: short, on one line, without control characters."""
    text = str(given)
    short = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(character if character.isprintable() else "�" for character in short)


def mistake(what: str, hint: str) -> PydanticCustomError:
    """Return an error whose text reaches the editor unchanged (pydantic would read braces in it as a format)."""
    return PydanticCustomError("editor", "{what} {hint}", {"what": what, "hint": hint})

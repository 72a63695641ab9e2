"""How a mistake is put to the editor who made it."""

from __future__ import annotations

from pydantic_core import PydanticCustomError

_LONGEST_SHOWN = 60


def shown(given: object, longest: int = _LONGEST_SHOWN) -> str:
    """What an editor wrote, as a message can show it: short, on one line, without characters that steer a terminal."""
    text = str(given)
    short = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(character if character.isprintable() else "�" for character in short)


def mistake(what: str, hint: str) -> PydanticCustomError:
    """An error whose text goes to the editor unchanged (braces would otherwise be read as a format)."""
    return PydanticCustomError("editor", "{what} {hint}", {"what": what, "hint": hint})

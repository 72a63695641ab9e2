"""The names of people who answer for an issue: two that look the same are the same."""

from __future__ import annotations

from typing import Annotated
from unicodedata import category, name, normalize

from pydantic import AfterValidator

from newsletter.model.fields import mistake, one_line

_ALIKE = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC"})
"""Scripts with letters that look the same (Unicode Technical Standard 39, confusables)."""
_JOINERS = "\u200c\u200d"
"""Needed in names in Persian, Hindi and others; they do not make it another person's name."""
_EMPTY = "\u034f\u115f\u1160\u2800\u3164\uffa0"
"""Letters and marks that nobody sees."""


def person_name(text: str) -> str:
    """Return the name of a person on one line. Raise PydanticCustomError for an empty name, for invisible characters,
    and for a word in letters of two scripts, with which one person could pass for two.
    """
    line = one_line(text)
    if hidden := next(filter(_is_hidden, line), None):
        raise mistake(
            f"There is an invisible character (U+{ord(hidden):04X}) in this name.",
            "Type the name, do not paste it.",
        )
    for word in line.split():
        if len(scripts := _scripts(word)) > 1:
            message = f"'{word}' has letters of different scripts ({', '.join(scripts)}) that look the same."
            raise mistake(message, "Type the whole word on one keyboard.")
    return line


def _is_hidden(character: str) -> bool:
    return character in _EMPTY or (
        category(character) in ("Cf", "Co", "Cs") and character not in _JOINERS
    )


def _scripts(word: str) -> list[str]:
    """Return the scripts of a word's letters, of those that look alike."""
    letters = [
        name(letter, "")
        for letter in normalize("NFKC", word)
        if category(letter) in ("Lu", "Ll", "Lt", "Lo")
    ]
    return sorted(
        {letter.split(" ")[0].capitalize() for letter in letters if letter.split(" ")[0] in _ALIKE}
    )


PersonName = Annotated[str, AfterValidator(person_name)]

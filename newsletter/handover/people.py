"""The names of people who answer for an issue, such that two that look the same are the same."""

from __future__ import annotations

from typing import Annotated
from unicodedata import category, name, normalize

from pydantic import AfterValidator

from newsletter.fields import mistake, one_line

_ALIKE = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC"})
"""Scripts with letters in common, as far as the eye can tell (Unicode Technical Standard 39, confusables)."""
_JOINERS = "\u200c\u200d"
"""Needed in names in Persian, Hindi and others; they make no other person."""
_EMPTY = "\u034f\u115f\u1160\u2800\u3164\uffa0"
"""Letters and marks of which nothing is seen."""


def person_name(text: str) -> str:
    """The name of a person on one line. Raises PydanticCustomError for an empty name, for invisible characters in it,
    and for a word in letters of two scripts, with which somebody could be taken for two people.
    """
    line = one_line(text)
    if hidden := next(filter(_is_hidden, line), None):
        raise mistake(
            f"There is an invisible character (U+{ord(hidden):04X}) in this name.", "Type the name, do not paste it."
        )
    for word in line.split():
        if len(scripts := _scripts(word)) > 1:
            what = f"'{word}' has letters of different scripts ({', '.join(scripts)}) that look the same."
            raise mistake(what, "Type the whole word with one keyboard.")
    return line


def _is_hidden(character: str) -> bool:
    return character in _EMPTY or (category(character) in ("Cf", "Co", "Cs") and character not in _JOINERS)


def _scripts(word: str) -> list[str]:
    """The scripts of a word's letters, of those that can be taken for each other."""
    letters = [name(letter, "") for letter in normalize("NFKC", word) if category(letter) in ("Lu", "Ll", "Lt", "Lo")]
    return sorted({letter.split(" ")[0].capitalize() for letter in letters if letter.split(" ")[0] in _ALIKE})


PersonName = Annotated[str, AfterValidator(person_name)]

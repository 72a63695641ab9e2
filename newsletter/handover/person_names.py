"""The names of people who answer for an issue: two that look the same are the same."""

from __future__ import annotations

from typing import Annotated
from unicodedata import category, name, normalize

from pydantic import AfterValidator

from newsletter.model.fields import mistake, one_line

_LOOK_ALIKE = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC"})
"""Scripts with letters that look the same (Unicode Technical Standard 39, confusables)."""
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lo"})
"""Unicode's categories of the letters of an alphabet."""
_UNSEEN = frozenset({"Cf", "Co", "Cs"})
"""Unicode's categories of characters that nobody sees."""
_JOINERS = "\u200c\u200d"
"""Needed in names in Persian, Hindi and others; they do not make it another person's name."""
_EMPTY = "\u034f\u115f\u1160\u2800\u3164\uffa0"
"""Letters and marks that nobody sees."""


def person_name(text: str) -> str:
    """Return the name of a person on one line.

    Raise PydanticCustomError for an empty name, for invisible characters, and for a word in letters
    of two scripts, with which one person could pass for two.
    """
    line = one_line(text)
    for character in line:
        if _is_hidden(character):
            message = f"There is an invisible character (U+{ord(character):04X}) in this name."
            raise mistake(message, "Type the name, do not paste it.")

    for word in line.split():
        scripts = _look_alike_scripts(word)
        if len(scripts) > 1:
            named = ", ".join(scripts)
            message = f"'{word}' has letters of different scripts ({named}) that look the same."
            raise mistake(message, "Type the whole word on one keyboard.")

    return line


def same_person_key(person: str) -> str:
    """Return the name as it is compared with others.

    Spaces, capitals, how a keyboard writes accents, and characters that nobody sees make no
    difference.
    """
    normal = normalize("NFKC", person)
    visible = filter(_is_seen, normal)
    words = "".join(visible).split()
    return " ".join(words).casefold()


def _is_seen(character: str) -> bool:
    return category(character) != "Cf"


def _is_hidden(character: str) -> bool:
    if character in _JOINERS:
        return False
    return character in _EMPTY or category(character) in _UNSEEN


def _look_alike_scripts(word: str) -> list[str]:
    """Return the scripts of a word's letters, in alphabetical order, of those that look alike."""
    scripts: set[str] = set()
    for letter in normalize("NFKC", word):
        if category(letter) not in _LETTERS:
            continue

        unicode_name = name(letter, "")
        script, _, _ = unicode_name.partition(" ")
        if script in _LOOK_ALIKE:
            scripts.add(script.capitalize())
    return sorted(scripts)


PersonName = Annotated[str, AfterValidator(person_name)]

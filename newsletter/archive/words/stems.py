"""Words to their stems, as the Snowball algorithm for the publication's language has them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from newsletter.archive.words.spelling import folded, parts

_ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
}
"""From a language to its algorithm. In any other, a word is its own stem."""


class Term(NamedTuple):
    """What a word is found by."""

    form: str
    """The word, or a part of it, folded."""
    stem: str
    """What it has in common with its other forms: donat of donation, folded."""


@cache
def terms_in(language: str) -> Callable[[str], tuple[Term, ...]]:
    """Return the function from a word to its terms in a primary language, such as "en"."""
    stem = _stemmer(language)

    @cache
    def terms(word: str) -> tuple[Term, ...]:
        # An accent can be part of an ending, so it is folded after that.
        return tuple(Term(folded(part), folded(stem(part))) for part in parts(word))

    return terms


def _stemmer(language: str) -> Callable[[str], str]:
    if language not in _ALGORITHMS:
        return str

    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer(_ALGORITHMS[language]).stemWord
    return stem

"""What each language has: its quotation marks, and the words that stay on a line with the next."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

NO_BREAK = "\xa0"
NARROW_NO_BREAK = "\u202f"
_FRENCH_MARKS = ";!?"


class Quotes(NamedTuple):
    """What is put in place of ``"`` and ``'``."""

    opening_double: str
    closing_double: str
    opening_single: str
    closing_single: str


class Rules(NamedTuple):
    """How type is set in a language. All but the quotes are parts of regular expressions."""

    quotes: Quotes
    elisions: str = r"(?!)"
    """Words that begin with an apostrophe, besides years such as '90s."""
    titles: str = r"Dr|Prof"
    """Words before a name, without their full stop."""
    before_numbers: str = r"No|p"
    """Abbreviations before a number, without their full stop."""
    dash_between_words: str = f"{NO_BREAK}– "
    narrow_before: str = ""
    """Punctuation after a narrow space, as in French."""
    wide_before: str = ""
    """Punctuation after a space that does not break."""


_QUOTES = {
    "bg": "„“‚‘",
    "ca": "«»“”",
    "cs": "„“‚‘",
    "cy": "“”‘’",
    "da": "“”‘’",
    "de": "„“‚‘",
    "de-CH": "«»‹›",
    "el": "«»“”",
    "en": "“”‘’",
    "es": "«»“”",
    "fi": "””’’",
    "fr": "«»“”",
    "ga": "“”‘’",
    "gd": "“”‘’",
    "gl": "«»“”",
    "hr": "„”‚’",
    "hu": "„”»«",
    "is": "„“‚‘",
    "it": "«»“”",
    "nb": "«»‘’",
    "nl": "“”‘’",
    "nn": "«»‘’",
    "no": "«»‘’",
    "pl": "„”«»",
    "pt": "“”‘’",
    "pt-PT": "«»“”",
    "ro": "„”«»",
    "ru": "«»„“",
    "sk": "„“‚‘",
    "sl": "„“‚‘",
    "sv": "””’’",
    "tr": "“”‘’",
    "uk": "«»„“",
}
"""Opening and closing double, opening and closing single quotes, after Unicode's CLDR.

An author chooses between double and single ones. Languages that are not here are left as they are
typed: in Hebrew ``"`` is within words, and Japanese is typed with its own signs.
"""
_OTHERS = {
    "en": {
        "elisions": (
            r"[Tt]is|[Tt]was|[Tt]were|[Tt]will|[Tt]would|[Tt]isn|[Tt]wasn|[Tt]il|[Ee]m|[Cc]os|"
            r"[Cc]ause|[Bb]out|[Rr]ound|[Nn]eath|[Nn]uff|[Ff]raid|[Ss]pose|[Pp]on|Frisco|"
            r"[Aa]ve|[Ii]m|ud|uns?(?!-)"
        ),
        "titles": (
            r"Dr|Profs?|Professor|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Lord|Lady|Baron|Baroness|Judge|"
            r"Justice|St|Rev|Revd|Hon"
        ),
        "before_numbers": r"Nos?|[Vv]ols?|pp?|[Ff]igs?|[Cc]h",
    },
    "de": {
        "elisions": r"[Nn]e[mnr]?|[Nn]|[Ss]",
        "titles": r"Dr|Prof|Herrn?|Frau|Hr|Fr|St",
        "before_numbers": r"Nr|Bd|S|Abb|Kap|Art|Tab",
    },
    "fr": {
        "titles": r"Dr|Pr|M|MM|Mme|Mmes|Mlle|Me|Mgr|St|Ste",
        "before_numbers": r"[Nn][°ᵒº]|p|vol|fig|art|chap",
        "narrow_before": _FRENCH_MARKS,
        "wide_before": ":",
    },
    "fr-CA": {
        "titles": r"Dr|Pr|M|MM|Mme|Mmes|Mlle|Me|Mgr|St|Ste",
        "before_numbers": r"[Nn][°ᵒº]|p|vol|fig|art|chap",
        "wide_before": ":",
    },
    "es": {
        "titles": r"Sr|Sra|Srta|Dr|Dra|Prof|D|Dña",
        "before_numbers": r"[Nn]úm|p|pág|vol|fig|cap|art",
    },
    "it": {
        "elisions": r"[3-9]00|[Nn]drangheta",
        "titles": r"Sig|Sigra|Dott|Dottssa|Prof|Profssa",
        "before_numbers": r"[Nn]|p|pag|vol|fig|cap|art",
    },
    "nl": {
        "elisions": r"[stnkmr]",
        "titles": r"[Dd]hr|[Mm]w|[Mm]evr|[Dd]r|[Pp]rof",
        "before_numbers": r"[Nn]r|p|blz|vol|fig|art",
    },
}
_OTHERS["en-US"] = {**_OTHERS["en"], "dash_between_words": "—"}


def has_rules(language: str) -> bool:
    """Return whether type is set in a language, given as a tag such as ``en-GB``."""
    return rules_of(language) is not None


@lru_cache(maxsize=16)
def rules_of(language: str) -> Rules | None:
    """Return the rules of a language; None if its texts stay as they are typed."""
    primary = language.partition("-")[0]
    quotes = _QUOTES.get(language) or _QUOTES.get(primary)
    if quotes is None:
        return None

    others = _OTHERS.get(language) or _OTHERS.get(primary) or {}
    marks = Quotes(*list(quotes))
    if primary == "fr":
        marks = marks._replace(
            opening_double=f"«{NARROW_NO_BREAK}",
            closing_double=f"{NARROW_NO_BREAK}»",
        )
    return Rules(marks, **others)

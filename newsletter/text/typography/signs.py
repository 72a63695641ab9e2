"""Dashes, ellipses, and the spaces at which a line does not break."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newsletter.text.typography.languages import NARROW_NO_BREAK, NO_BREAK, Rules
from newsletter.text.written_dates import names, one_of

_ELLIPSIS = re.compile(r"(?<![.…])\.\.\.(?![.…])")
_END = r"(?:[,;:!?)\]]|[.…»›](?!\w)|['\"‘’“”]++(?!\w)|$)"
"""What ends a sentence or a quotation."""
_SPACED_DASH = re.compile(
    rf" (?:(?<=[^\s-] )(?P<typed>-{{1,3}}(?= [^\s-])|-{{2,3}}(?={_END}))"
    r"|(?<=\S )(?=[–—] |…|\.\.\.))"
)
_TIGHT_DASH = re.compile(
    rf"(?<=[^\s-])(?<!\bxn)-{{2,3}}(?:(?P<last>(?={_END}))|(?=[^\s–—-])(?!…|\.\.\.))"
)
"""Not the start of an international host name."""
_UNITS = (
    r"(?:[nµμmck]?m|[nµμmk]?g|[µμmc]?l|mL|[kMG]?Hz|[kMGT]B|°C|°F|kcal|kJ|mmol|mol|ppm|[ap]\.?m|"
    r"per cent|percent|thousand|million|billion|trillion|bn)\b|[%‰€]"
)
_CAPITALS = "A-ZÀ-ÖØ-Þ"
_CAPITAL = f"[{_CAPITALS}]"
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? (?=\d[A-Z]{2}\b)"
"""A British one: SW7 5HD."""
_INITIAL = rf"{_CAPITAL}\. (?={_CAPITAL})"
_FEET = r"\d+['’′] (?=\d{1,2}[\"”″])"
"""Before inches."""
_ABBREVIATED = r"[a-z]\. (?=[a-zA-Z]\.)"
"""As in "z. B."."""
_ORDINAL = r"(?:st|nd|rd|th|er|[.ºª°])?"
_START_OF_WORD = re.compile(r"\w(?<!\w\w)")
"""Where any rule about a space may begin."""
_START_OF_NUMBER_OR_NAME = re.compile(rf"[\d{_CAPITALS}](?<!\w\w)")
_PERHAPS_SMALL = re.compile(r" \d|\. \w\.")
"""What a word in small letters stays with. In a text without it, only numbers and names are looked
at: they are few, and found quickly."""
_AFTER_OPENING = r"(?<=[«‹] )(?<![^\s(\['\"‘“„–—-][«‹] )(?=\S)"
"""Not after guillemets that close, as in »so«."""
_BEFORE_MARK = r"(?=[;:!?»›]++(?:[\s.,)\]'\"’”…–—-]|$))(?<=[^\s«‹] )"
"""Not before guillemets that open, as in »so«."""
_QUOTED_FRENCH = re.compile(f" (?:{_BEFORE_MARK}|{_AFTER_OPENING})")
"""A space as French has it, within another language."""


class Change(NamedTuple):
    """What is put in place of a part of a text."""

    start: int
    end: int
    new: str


def ellipsis_changes(text: str) -> Iterator[Change]:
    """Yield a change for each three full stops."""
    for match in _ELLIPSIS.finditer(text):
        yield Change(*match.span(), "…")


def dash_changes(text: str, rules: Rules) -> Iterator[Change]:
    """Yield the changes for hyphens that are typed for dashes. A line does not begin with a dash
    or an ellipsis.
    """
    for match in _SPACED_DASH.finditer(text):
        start = match.start()
        yield Change(start, start + 1, NO_BREAK)
        if match["typed"]:
            yield Change(*match.span("typed"), "–")

    if "--" not in text:  # for speed
        return
    for match in _TIGHT_DASH.finditer(text):
        yield Change(*match.span(), _tight_dash(match, rules))


def _tight_dash(match: re.Match[str], rules: Rules) -> str:
    """Return the dash between two words, two numbers, or after the last word."""
    if match["last"] is not None:
        return rules.dash_between_words.rstrip(" ")

    before, after = match.string[match.start() - 1], match.string[match.end()]
    if before.isdigit() and after.isdigit():
        return "–"
    return rules.dash_between_words


def space_changes(text: str, rules: Rules, language: str) -> Iterator[Change]:
    """Yield a change for each space between two words that belong on one line: days and months,
    numbers and units, titles and names, initials, postcodes.
    """
    before_gap = _before_gap(rules, language)
    starts = _START_OF_WORD if _PERHAPS_SMALL.search(text) else _START_OF_NUMBER_OR_NAME
    for start in starts.finditer(text):
        if gap := before_gap.match(text, start.start()):
            yield Change(gap.end() - 1, gap.end(), NO_BREAK)


def french_changes(text: str, rules: Rules) -> Iterator[Change]:
    """Yield the changes for the spaces that French has within guillemets and before some other
    signs: a space that is typed does not break, and in French one that is missing is put in.
    """
    for pattern, new in _french(rules):
        for match in pattern.finditer(text):
            yield Change(*match.span(), new)


@lru_cache(maxsize=16)
def _french(rules: Rules) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return where French has a space, and which. It is quoted as it is typed in languages that
    have no guillemets, and set like their own in those that have.
    """
    own = "".join(rules.quotes)
    if "«" not in own:
        return ((_QUOTED_FRENCH, NO_BREAK),)
    if NARROW_NO_BREAK not in own:
        return ()

    within = r"(?<=«)(?: |(?=\S))|(?<=[^\s«]) ?(?=»)"
    patterns = [(re.compile(within), NARROW_NO_BREAK)]
    for signs, new in ((rules.narrow_before, NARROW_NO_BREAK), (rules.wide_before, NO_BREAK)):
        if signs:
            before = rf"(?<=[^\s;:!?([«]) ?(?=[{signs}]+(?:[\s»”’\"')\]…–—-]|\.\.\.|$))"
            patterns.append((re.compile(before), new))
    return tuple(patterns)


@lru_cache(maxsize=16)
def _before_gap(rules: Rules, language: str) -> re.Pattern[str]:
    """Return a pattern that ends with a space at which no line should break."""
    month = one_of(names(language).months)
    number = (
        rf"\d{{1,2}}{_ORDINAL} (?=(?:of |de )?(?:{month})(?!\w))",
        rf"\d+ (?={_UNITS})",
        _FEET,
    )
    name = (
        rf"(?:{rules.titles})\.? (?={_CAPITAL})",
        rf"(?:{month}) (?=\d{{1,2}}(?!\w))",
        _POSTCODE,
        _INITIAL,
    )
    others = (rf"(?:{rules.before_numbers})\.? (?=\d)", _ABBREVIATED)
    begins_with_digit, begins_with_capital = r"(?=\d)", f"(?={_CAPITAL})"
    return re.compile(
        rf"{begins_with_digit}(?:{'|'.join(number)})"
        rf"|{begins_with_capital}(?:{'|'.join(name)})"
        rf"|{'|'.join(others)}"
    )

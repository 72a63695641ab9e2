"""Letters as their author wrote them: without the damage of wrong encodings, and the characters
that nobody can see.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from unicodedata import normalize

from newsletter.importers.address_repairs import Repaired
from newsletter.text.invisible import DIRECTION, RIGHT_TO_LEFT, UNSEEN

_MAY_BE_DAMAGED = re.compile(
    r"[\xc2-\xdf](?:[^\x00-\x7f]|[ \n]|$)|(?![‘’“”–—…]{2})[^\x00-\x7f]{3}|[\x80-\x9f]"
)
"""The first byte of two, or three bytes, each read as a letter of its own; most texts have none."""
_CUT_QUOTE = re.compile(r"â€(?=[\s.,;:!?)\]*_]|$)")
"""A closing quotation mark of which a program has dropped the last byte."""
_SOUND_END = re.compile(
    r"(?<=[A-ZÀ-ÖØ-ÞĀ-ɏ„«»“‘][Â-Þ])(?!(?<=Â)[®\xa0])(?=[«»‘’“”…–—™®\xa0](?!\w))"
)
"""Where a word in capitals ends and a mark follows, as in "MANHÃ”": the two would be one letter."""
_LAST_LATIN = "\u024f"
"""The last letter of the block Latin Extended-B."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_BREAKS = re.compile(r"[\x0b\x0c\u2028\u2029]")
_NO_BREAK = re.compile(r"(?<!\d)[\u00a0\u202f]|[\u00a0\u202f](?!\d)")
"""A no-break space that is not within a number."""
_DOUBLED = re.compile(r"(?P<code>``.*?``|`[^`]*`)|(?<=[^\s|]) {2,}(?=[^\s|])")
"""Spaces between two words, or code, in which they stay."""
_START = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)]|\[\^[^\]]+\]:)[ \t]+)*")
"""What begins a line of Markdown, where spaces count."""
_MOST_TIMES = 5
"""One repair may uncover another, as in damage with an invisible character in it."""
_MOST_SHOWN = 5

_LATIN = "ABCDEFGHIKLMNOPQRSTUWXYZabcdefghiklmnopqrstuwxyz"
_GREEK = "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖαβχδεφγηικλμνοπθρστυωξψζ"
_SIGNS = {0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠"}
_SYMBOLS = {
    0xF000 + code: letter
    for code, letter in (*zip(map(ord, _LATIN), _GREEK, strict=True), *_SIGNS.items())
}
"""What Word's font Symbol shows at its private places (Adobe, Symbol encoding). J, j, V and v are
left out: they are more often a smiling face or a bullet of Wingdings."""


def repair_letters(text: str) -> Repaired:
    """Return a text, which may be Markdown, with its letters and spaces repaired."""
    done: list[str] = []
    for _ in range(_MOST_TIMES):
        before = text
        if not text.isascii():
            text = _undamaged(text, done)
            text = _seen(text, done)
        text = _spaced(text, done)
        if text == before:
            break
    return Repaired(text, tuple(dict.fromkeys(done)))


# Encodings


def _undamaged(text: str, done: list[str]) -> str:
    text = normalize("NFC", text)
    if not _MAY_BE_DAMAGED.search(text):
        return text

    whole = _CUT_QUOTE.sub("â€\x9d", text)
    fixed = "\n".join(map(_fixed_line, whole.split("\n")))
    if fixed == whole:
        return text
    done += _changed_words(text, fixed)
    return fixed


def _fixed_line(line: str) -> str:
    """Return a line repaired, if it is certain that it is damaged.

    The end of a word in capitals proves nothing: it is damaged if something else in its line is.
    """
    parts = _SOUND_END.split(line)
    if all(_fixed(part) == part for part in parts):
        return line
    return _fixed(line)


def _fixed(line: str) -> str:
    """Return a line as ftfy repairs it, unless it only joins letters to those of another script.

    What is damaged has signs among its letters, but "ßŻ" may be two letters.
    """
    from ftfy import TextFixerConfig, fix_text

    config = TextFixerConfig(
        uncurl_quotes=False,
        unescape_html=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        normalization="NFC",
    )
    fixed = fix_text(line, config)
    was, is_now = Counter(line), Counter(fixed)
    joined, made = was - is_now, is_now - was
    if all(map(str.isalpha, joined)) and any(letter > _LAST_LATIN for letter in made):
        return line
    return fixed


def _changed_words(before: str, after: str) -> Iterator[str]:
    """Yield a sentence for each of the first words that were damaged, and one for the others."""
    old, new = before.split(), after.split()
    if len(old) != len(new):
        yield "Damaged letters were repaired."
        return
    pairs = dict.fromkeys(pair for pair in zip(old, new, strict=True) if pair[0] != pair[1])
    for damaged, sound in islice(pairs, _MOST_SHOWN):
        yield f"Damaged letters were repaired: '{damaged}' is now '{sound}'."
    if len(pairs) > _MOST_SHOWN:
        yield f"Damaged letters were repaired in {len(pairs) - _MOST_SHOWN} more words."


# What nobody sees


def _seen(text: str, done: list[str]) -> str:
    """Return a text with the letters of the font Symbol, and without invisible characters."""
    symbols = set(text) & set(map(chr, _SYMBOLS))
    done += [
        f"A character of Word's font Symbol is now '{_SYMBOLS[ord(symbol)]}'."
        for symbol in sorted(symbols)
    ]
    text = text.translate(_SYMBOLS)

    is_right_to_left = RIGHT_TO_LEFT.search(text) is not None
    removed: Counter[str] = Counter()

    def kept(match: re.Match[str]) -> str:
        character = match[0]
        is_private = match["sound"] is None and "\ue000" <= character <= "\uf8ff"
        if match["sound"] or is_private or character > "\U000effff":
            return character
        if is_right_to_left and character in DIRECTION:
            return character
        removed[character] += 1
        return ""

    text = UNSEEN.sub(kept, text)
    if removed:
        done.append(f"Invisible characters were removed: {removed.total()}.")
    return text


# Spaces


def _spaced(text: str, done: list[str]) -> str:
    text = _BREAKS.sub(" ", text)
    text, controls = _CONTROLS.subn("", text)
    if controls:
        done.append(f"Control characters were removed: {controls}.")
    text, no_breaks = _NO_BREAK.subn(" ", text)
    if no_breaks:
        done.append(f"No-break spaces are ordinary spaces now: {no_breaks}.")

    lines = [_with_single_spaces(line) for line in text.split("\n")]
    doubled = sum(number for _, number in lines)
    if doubled:
        done.append(f"Doubled spaces are single now: {doubled}.")
    return "\n".join(line for line, _ in lines)


def _with_single_spaces(line: str) -> tuple[str, int]:
    if "  " not in line:
        return line, 0
    start = _START.match(line)
    before = start[0] if start else ""
    number = 0

    def single(match: re.Match[str]) -> str:
        nonlocal number
        if match["code"]:
            return match[0]
        number += 1
        return " "

    rest = _DOUBLED.sub(single, line[len(before) :])
    return before + rest, number

r"""A text or an address contains a character that nobody can see.

What it does: reads every text, the sender's name and every address. A warning is a soft hyphen, a
zero-width space and the like, a direction mark in a text without Hebrew or Arabic letters, the mark
of a lost object (U+FFFC), and a character that only one font knows ("private use"), which appears
as an empty box. An error is a direction mark that reverses letters or is not closed, anything
invisible in an address, and a title, a name or another text with nothing to see in it. The joiners
of Persian, of Indian scripts and of emoji are left alone, and so are variation selectors, and
zero-width spaces between letters of Thai, Khmer, Lao, Burmese and Tibetan.

Why it matters: such characters come with text that is copied from a PDF, a web page or a chat. Some
mail programs show a hyphen or a box, a search does not find the word, and an address does not open.
A direction mark that is not closed reverses what follows, in the inbox too: Unicode Technical
Report 36, 2.5 (https://www.unicode.org/reports/tr36/). Nothing is removed silently, since nobody
could then see that it was there.

Wrong:

```yaml item
title: "What the mito\xADchondria of a third person may do"
url: https://www.bionews.org.uk/page_100008
teaser: Three people give their genes, and only two of them are called parents. A look at what the
  third one gives...
```

Right:

```yaml item
title: What the mitochondria of a third person may do
url: https://www.bionews.org.uk/page_100008
teaser: Three people give their genes, and only two of them are called parents. A look at what the
  third one gives...
```
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import unquote

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Place, Severity
from newsletter.model.addresses import as_written
from newsletter.model.fields import mailbox
from newsletter.text.invisible import DIRECTION, IN_ADDRESS, RIGHT_TO_LEFT, TURNING, UNSEEN
from newsletter.text.printable import LONGEST_ADDRESS, printable
from newsletter.text.surroundings import word_around

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
ABOUT = "email"
_WORD = 20
"""The most characters that are shown on each side."""
_NAMES = {
    "\u00ad": "A soft hyphen",
    "\u200b": "A zero-width space",
    "\u2060": "A word joiner",
    "\ufeff": "A byte order mark",
    "\ufffc": "The mark of a lost object",
    "\u202e": "A right-to-left override",
}

_OVERRIDES = "\u202d\u202e"
_EMBEDDINGS = "\u202a\u202b"
_ISOLATES = "\u2066\u2067\u2068"
_END_OF_EMBEDDING = "\u202c"
_END_OF_ISOLATE = "\u2069"
_TURNING = re.compile(f"[{TURNING}]")
_WITHOUT_INK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0" + "".join(
    map(chr, range(0xFE00, 0xFE10))
)
"""Joiners, fillers of Korean and Khmer, the empty cell of Braille, variation selectors."""


_SPACES_AND_CONTROLS = ("Zs", "Cc", "Cf")
"""Categories of Unicode in which there is nothing to see."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each text and each address with a character that nobody can see."""
    find_in = galley.manuscript.find_in
    for passage in galley.manuscript.passages:
        if _has_nothing_to_see(passage.text):
            message = f"There is nothing to see in this {passage.field}."
            place = find_in(passage, passage.text)
            yield place.error(message, "Type it again, or leave it out.")
        else:
            yield from _in_text(galley, passage.text, partial(find_in, passage))

    publication = galley.issue.publication
    sender, _ = mailbox(publication.sender)
    place_of_sender = galley.manuscript.place(publication, "from")
    yield from _in_text(galley, sender, lambda _: place_of_sender)
    yield from _in_addresses(galley)


def _has_nothing_to_see(text: str) -> bool:
    seen = map(_can_be_seen, text)
    return not any(seen)


def _can_be_seen(character: str) -> bool:
    if unicodedata.category(character) in _SPACES_AND_CONTROLS:
        return False
    return character not in _WITHOUT_INK


def _in_text(galley: Galley, text: str, find: Callable[[str], Place]) -> Iterator[Finding]:
    """Yield the finding about a text, if there is one; ``find`` returns where a word of it is."""
    if text.isascii():
        return

    turning = _turning(text)
    if turning:
        name = _name(turning[0])
        word = _around(turning)
        message = f"{name} in '{word}' changes the direction of the text."
        place = find(word)
        yield place.error(message, _hint(turning))
        return

    hidden = _hidden(text, galley.issue.publication.direction)
    if hidden:
        first = hidden[0]
        name = _name(first[0])
        word = _around(first)
        message = f"{name} is hidden in '{printable(word)}'"
        more = len(hidden) - 1
        if more:
            message += f", and {more} more in this text"
        place = find(word)
        yield place.warning(f"{message}.", _hint(first))


def _turning(text: str) -> re.Match[str] | None:
    """Return the first mark that reverses letters, or that is not closed.

    The source is Unicode Standard Annex 9, 3.3.2.
    """
    still_open: list[re.Match[str]] = []
    open_isolates = 0
    for match in _TURNING.finditer(text):
        mark = match[0]
        if mark in _OVERRIDES:
            return match

        if mark == _END_OF_EMBEDDING:
            if still_open and still_open[-1][0] in _EMBEDDINGS:
                still_open.pop()
        elif mark == _END_OF_ISOLATE:
            if open_isolates:
                _close_isolate(still_open)
                open_isolates -= 1
        else:
            still_open.append(match)
            if mark in _ISOLATES:
                open_isolates += 1

    if still_open:
        return still_open[0]
    return None


def _close_isolate(still_open: list[re.Match[str]]) -> None:
    """Remove the last isolate, and the embeddings within it, which its end closes too."""
    while still_open.pop()[0] in _EMBEDDINGS:
        pass


def _hidden(text: str, direction: str) -> list[re.Match[str]]:
    """Return the characters that nobody can see.

    Marks of direction belong to a text with letters that run from right to left.
    """
    is_right_to_left = direction == "rtl" or RIGHT_TO_LEFT.search(text)
    hidden: list[re.Match[str]] = []
    for match in UNSEEN.finditer(text):
        if match["sound"]:
            continue
        if is_right_to_left and match[0] in DIRECTION:
            continue
        hidden.append(match)
    return hidden


def _in_addresses(galley: Galley) -> Iterator[Finding]:
    for link in galley.links:
        address = as_written(galley.issue, link.address)
        readable = unquote(address)
        found = IN_ADDRESS.search(readable)
        if found:
            name = _name(found[0])
            quoted = printable(readable, LONGEST_ADDRESS)
            message = f"{name} is hidden in the address '{quoted}'."
            without = _without_unseen(readable)
            hint = f"Write the address without it: {printable(without, LONGEST_ADDRESS)}"
            place = galley.where(link.element, address, readable)
            yield place.error(message, hint)


def _around(found: re.Match[str]) -> str:
    """Return the word that a character is in."""
    return word_around(found, r"\S", _WORD)


def _hint(found: re.Match[str]) -> str:
    word = _without_unseen(_around(found)).strip()
    if word:
        return f"Delete '{word}' and type it again."
    return "Delete it, with the letters on both sides."


def _without_unseen(text: str) -> str:
    return UNSEEN.sub(_sound_part, text)


def _sound_part(match: re.Match[str]) -> str:
    return match["sound"] or ""


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if unicodedata.category(character) == "Co":
        return f"A character that only one font knows ({code})"
    if character in _NAMES:
        return f"{_NAMES[character]} ({code})"

    name = unicodedata.name(character, "without a name").lower()
    return f"The character {name} ({code})"

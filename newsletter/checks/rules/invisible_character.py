"""A text or an address contains a character that nobody can see.

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
title: "What the mito\\xADchondria of a third person may do"
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
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
_LONGEST = 100
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
_ENDS = _END_OF_EMBEDDING + _END_OF_ISOLATE
_TURNING = re.compile(f"[{_OVERRIDES}{_EMBEDDINGS}{_ISOLATES}{_ENDS}]")
_MARKS = "\u061c\u200e\u200f"
_DIRECTION = _OVERRIDES + _EMBEDDINGS + _ISOLATES + _ENDS + _MARKS
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_ZERO_WIDTH = "\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff"
_LOST = "\ufff9-\ufffc"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_TAGS = "\U000e0000-\U000e007f"
_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
"""The flag of England, Scotland or Wales: a black flag, and the region's letters as tags (UTS 51, ED-14a)."""
_NO_SPACES = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Tibetan, Burmese and Khmer letters, between which a zero-width space ends a word."""
_BETWEEN_WORDS = f"(?<=[{_NO_SPACES}])\u200b|\u200b(?=[{_NO_SPACES}])"
_UNSEEN = re.compile(
    f"(?P<sound>{_FLAG}|{_BETWEEN_WORDS})|[{_ZERO_WIDTH}{_DIRECTION}{_LOST}{_PRIVATE}{_TAGS}]"
)
_IN_ADDRESS = re.compile(f"[{_ZERO_WIDTH}{_DIRECTION}{_LOST}{_TAGS}]")
_WITHOUT_INK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0" + "".join(
    map(chr, range(0xFE00, 0xFE10))
)
"""Joiners, fillers of Korean and Khmer, the empty cell of Braille, variation selectors."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each text and each address with a character that nobody can see."""
    find_in = galley.manuscript.find_in
    for passage in galley.manuscript.passages:
        if _has_nothing_to_see(passage.text):
            place = find_in(passage, passage.text)
            yield place.error(
                f"There is nothing to see in this {passage.field}.",
                "Type it again, or leave it out.",
            )
        else:
            yield from _in_text(galley, passage.text, partial(find_in, passage))

    publication = galley.issue.publication
    sender, _ = mailbox(publication.sender)
    yield from _in_text(galley, sender, lambda _: galley.manuscript.place(publication, "from"))
    yield from _in_addresses(galley)


def _has_nothing_to_see(text: str) -> bool:
    return not any(
        unicodedata.category(character) not in ("Zs", "Cc", "Cf") and character not in _WITHOUT_INK
        for character in text
    )


def _in_text(galley: Galley, text: str, find: Callable[[str], Place]) -> Iterator[Finding]:
    if text.isascii():
        return
    if turning := _turning(text):
        message = f"{_name(turning[0])} in '{_around(turning)}' changes the direction of the text."
        yield find(_around(turning)).error(message, _hint(turning))
        return

    has_right_to_left = galley.issue.publication.direction == "rtl" or _RIGHT_TO_LEFT.search(text)
    found = [match for match in _UNSEEN.finditer(text) if not match["sound"]]
    if has_right_to_left:
        found = [match for match in found if match[0] not in _DIRECTION]
    if found:
        others = f", and {len(found) - 1} more in this text" if len(found) > 1 else ""
        message = f"{_name(found[0][0])} is hidden in '{printable(_around(found[0]))}'{others}."
        yield find(_around(found[0])).warning(message, _hint(found[0]))


def _turning(text: str) -> re.Match[str] | None:
    """Return the first mark that reverses letters, or that is not closed (Unicode Standard Annex 9, 3.3.2)."""
    still_open: list[re.Match[str]] = []
    open_isolates = 0
    for match in _TURNING.finditer(text):
        if match[0] in _OVERRIDES:
            return match

        if match[0] == _END_OF_EMBEDDING:
            if still_open and still_open[-1][0] in _EMBEDDINGS:
                still_open.pop()
        elif match[0] == _END_OF_ISOLATE:
            if open_isolates:  # its end closes the embeddings within it, too
                while still_open.pop()[0] in _EMBEDDINGS:
                    pass
                open_isolates -= 1
        else:
            still_open.append(match)
            open_isolates += match[0] in _ISOLATES
    return still_open[0] if still_open else None


def _in_addresses(galley: Galley) -> Iterator[Finding]:
    for link in galley.document.links:
        address = as_written(galley.issue, link.address)
        readable = unquote(address)
        if found := _IN_ADDRESS.search(readable):
            message = (
                f"{_name(found[0])} is hidden in the address '{printable(readable, _LONGEST)}'."
            )
            hint = f"Write the address without it: {printable(_without_unseen(readable), _LONGEST)}"
            yield galley.where(link.element, address, readable).error(message, hint)


def _around(found: re.Match[str]) -> str:
    """Return the word that a character is in."""
    text = found.string
    before = re.search(rf"\S{{0,{_WORD}}}$", text[max(0, found.start() - _WORD) : found.start()])
    after = re.match(rf"\S{{0,{_WORD}}}", text[found.end() : found.end() + _WORD])
    return (before[0] if before else "") + found[0] + (after[0] if after else "")


def _hint(found: re.Match[str]) -> str:
    word = _without_unseen(_around(found)).strip()
    return (
        f"Delete '{word}' and type it again."
        if word
        else "Delete it, with the letters on both sides."
    )


def _without_unseen(text: str) -> str:
    return _UNSEEN.sub(lambda match: match["sound"] or "", text)


def _name(character: str) -> str:
    if unicodedata.category(character) == "Co":
        name = "A character that only one font knows"
    else:
        name = (
            _NAMES.get(character)
            or f"The character {unicodedata.name(character, 'without a name').lower()}"
        )
    return f"{name} (U+{ord(character):04X})"

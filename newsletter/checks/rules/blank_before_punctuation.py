"""There is a space before a punctuation mark, or just inside a bracket.

What it does: looks for a space between a word and the , . ; : ! or ? after it, after an opening
bracket and before a closing one. French and Breton put a space before ; : ! and ?, and so may other
languages; there, and in a French quotation, only commas and full stops are checked. Dots that trail
off, ".com", ratios such as "1 : 2", smileys and code are left alone.

Why it matters: a line can break at a space, so that the next line starts with a comma. The style
guide of the European Union's institutions puts no space before these marks:
https://style-guide.europa.eu/o/opportal-service/isg?resource=fr%2F6.4-word-processor-punctuation-marks-spacing.html

Wrong:

```yaml item
title: Two clinics may go on
url: https://www.bionews.org.uk/page_200006
teaser: Both clinics keep their licence , the regulator says, and new patients are welcome there.
```

Right:

```yaml item
title: Two clinics may go on
url: https://www.bionews.org.uk/page_200006
teaser: Both clinics keep their licence, the regulator says, and new patients are welcome there.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable
from newsletter.text.surroundings import end_of_word, word_around

SEVERITIES: tuple[Severity, ...] = ("warning",)
_MARK = re.compile(r"(?P<before>\S)(?P<space>[ \u00a0\u202f]+)(?P<mark>[,.;:!?])")
_AFTER_WORD = ")]”’\"'»%"
_CLOSING = "\"'”’»"
_BRACKET = re.compile(r"(?<![:;=])\( +(?=[^ )\ufffc])|(?<=[^\s(:;=\ufffc]) +\)")
_SPACE_BEFORE_HIGH = ("fr", "br", "oc", "ht", "th", "lo", "km", "my", "hi", "mr", "ne")
"""Languages that put a space before ; : ! and ?, or whose usage differs."""
_FRENCH = re.compile(
    r"« | »|\b(?:la|est|aux)\b|\b(?i:[lj]['’]\w|qu['’]\w"
    r"|(?:le|les|des|une|pourquoi|qui|que|quoi|nous|vous|je|avec|dans|sont|où|ça|cette"
    r"|bonjour|merci|oui)\b)"
)
"""What shows that words are French: few English sentences have one of these."""
_NEAR = 60
"""Characters before and after a mark in which words show the language."""
_GREETINGS = (
    *("hi", "hello", "hey", "dear", "cher", "chère", "liebe", "lieber", "estimado", "estimada"),
    *("bonjour", "salut", "hallo", "hola", "ciao"),
)
_LETTER = "[^ ]"
_LONGEST = 30
"""Characters of a word that are shown."""
_HINT = "Delete the space."


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each space that should not be before or after a mark."""
    language = galley.issue.publication.primary_language
    has_high = language in _SPACE_BEFORE_HIGH

    for passage in galley.manuscript.passages:
        text = passage.prose
        for piece in dict.fromkeys(_before_marks(text, has_high)):
            message = f"There is a space before the punctuation mark in '{piece}'."
            place = galley.manuscript.find_in(passage, piece)
            yield place.warning(message, _HINT)

        for piece in dict.fromkeys(_within_brackets(text)):
            message = f"There is a space inside the bracket in '{printable(piece)}'."
            place = galley.manuscript.find_in(passage, piece)
            yield place.warning(message, _HINT)


def _before_marks(text: str, has_high: bool) -> Iterator[str]:
    """Yield each mark with a wrong space before it, and the word before the space.

    ``has_high`` says that the language has a space before ; : ! and ?.
    """
    for match in _MARK.finditer(text):
        if match["mark"] == ".":
            is_wrong = _is_wrong_before_stop(match)
        elif match["mark"] == ",":
            is_wrong = _is_wrong_before_comma(match)
        else:
            is_wrong = not has_high and _is_wrong_before_high(match) and not _is_french(match)

        if is_wrong:
            word = end_of_word(text, match.end("before"), _LETTER, _LONGEST)
            yield word + match["space"] + match["mark"]


def _within_brackets(text: str) -> Iterator[str]:
    """Yield each bracket with a space just inside it, and the words around it."""
    for match in _BRACKET.finditer(text):
        yield word_around(match, _LETTER, _LONGEST)


def _is_wrong_before_stop(match: re.Match[str]) -> bool:
    after = _after(match)
    if not _is_word_end(match["before"]) or not _is_end(after[:1]):
        return False

    has_more_dots = after.lstrip().startswith(".")
    return not has_more_dots


def _is_wrong_before_comma(match: re.Match[str]) -> bool:
    following = _after(match)[:1]
    if not _is_word_end(match["before"]):
        return False
    if not _is_end(following) and not following.isalpha():
        return False

    # A greeting with no name belongs to the rule 'placeholder'.
    end = match.end("before")
    is_greeting = end < _LONGEST and match.string[:end].lower() in _GREETINGS
    return not is_greeting


def _is_wrong_before_high(match: re.Match[str]) -> bool:
    """Return whether a space before ; : ! or ? is wrong.

    A no-break space was put there on purpose, and a ratio may have spaces around its colon.
    """
    after = _after(match)
    if not _is_word_end(match["before"]) or not _is_end(after[:1]):
        return False

    is_on_purpose = match["space"].strip(" ") != ""
    if is_on_purpose:
        return False

    following = after.lstrip()[:1]
    is_ratio = match["before"].isdigit() and following.isdigit()
    return match["mark"] != ":" or not is_ratio


def _is_french(match: re.Match[str]) -> bool:
    """Return whether the words around a mark are French, as in a quotation or a headline."""
    start = max(0, match.start() - _NEAR)
    end = match.end() + _NEAR
    words = _FRENCH.search(match.string, start, end)
    return words is not None


def _after(match: re.Match[str]) -> str:
    end = match.end()
    return match.string[end : end + _LONGEST]


def _is_word_end(character: str) -> bool:
    return character.isalnum() or character in _AFTER_WORD


def _is_end(after: str) -> bool:
    """Return whether a mark ends something, unlike the first ones of ".com" and ":)"."""
    if after == "" or after.isspace():
        return True
    return after in _CLOSING

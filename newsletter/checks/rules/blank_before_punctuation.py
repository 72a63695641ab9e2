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

SEVERITIES: tuple[Severity, ...] = ("warning",)
_MARK = re.compile(r"(?P<before>\S)(?P<space>[ \u00a0\u202f]+)(?P<mark>[,.;:!?])")
_AFTER_WORD = ")]”’\"'»%"
_CLOSING = "\"'”’»"
_BRACKET = re.compile(r"(?<![:;=])\( +(?=[^ )\ufffc])|(?<=[^\s(:;=\ufffc]) +\)")
_SPACE_BEFORE_HIGH = ("fr", "br", "oc", "ht", "th", "lo", "km", "my", "hi", "mr", "ne")
"""Languages that put a space before ; : ! and ?, or whose usage differs."""
_FRENCH = re.compile(
    r"« | »|\b(?:la|est|aux)\b|\b(?i:[lj]['’]\w|qu['’]\w|le\b|les\b|des\b|une\b|pourquoi\b|qui\b|que\b|quoi\b|nous\b"
    r"|vous\b|je\b|avec\b|dans\b|sont\b|où\b|ça\b|cette\b|bonjour\b|merci\b|oui\b)"
)
"""What shows that words are French: few English sentences have one of these."""
_NEAR = 60
"""Characters before and after a mark in which words show the language."""
_GREETINGS = (
    *("hi", "hello", "hey", "dear", "cher", "chère", "liebe", "lieber", "estimado", "estimada"),
    *("bonjour", "salut", "hallo", "hola", "ciao"),
)
_LONGEST = 30
"""Characters of a word that are shown."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each space that should not be before or after a mark."""
    has_high = galley.issue.publication.primary_language in _SPACE_BEFORE_HIGH
    for passage in galley.manuscript.passages:
        for piece in dict.fromkeys(_before_marks(passage.prose, has_high)):
            place = galley.manuscript.find_in(passage, piece)
            yield place.warning(
                f"There is a space before the punctuation mark in '{piece}'.", "Delete the space."
            )
        for piece in dict.fromkeys(_within_brackets(passage.prose)):
            place = galley.manuscript.find_in(passage, piece)
            yield place.warning(
                f"There is a space inside the bracket in '{printable(piece)}'.", "Delete the space."
            )


def _before_marks(text: str, has_high: bool) -> Iterator[str]:
    """Yield each mark with a space before it that should not be there, and the word before the space."""
    for match in _MARK.finditer(text):
        is_wrong = (
            _is_low(match)
            if match["mark"] in ",."
            else not has_high and _is_high(match) and not _is_french(match)
        )
        if is_wrong:
            yield _last_word(text, match.end("before")) + match["space"] + match["mark"]


def _within_brackets(text: str) -> Iterator[str]:
    """Yield each bracket with a space just inside it, and the words around it."""
    for match in _BRACKET.finditer(text):
        start, end = match.span()
        yield _last_word(text, start) + match[0] + text[end : end + _LONGEST].split(" ")[0]


def _is_low(match: re.Match[str]) -> bool:
    """Return whether a comma or a full stop is wrong where it is."""
    after = match.string[match.end() : match.end() + _LONGEST]
    if match["mark"] == ".":
        return (
            _is_word_end(match["before"])
            and _is_end(after[:1])
            and not after.lstrip().startswith(".")
        )
    # A greeting with no name belongs to the rule 'placeholder'.
    is_lost_name = (
        match.end("before") < _LONGEST and match.string[: match.end("before")].lower() in _GREETINGS
    )
    return (
        _is_word_end(match["before"])
        and (_is_end(after[:1]) or after[:1].isalpha())
        and not is_lost_name
    )


def _is_high(match: re.Match[str]) -> bool:
    """Return whether one of ; : ! ? is wrong where it is. A no-break space was put there on purpose."""
    after = match.string[match.end() : match.end() + _LONGEST]
    is_ratio = match["mark"] == ":" and match["before"].isdigit() and after.lstrip()[:1].isdigit()
    return (
        not match["space"].strip(" ")
        and _is_word_end(match["before"])
        and _is_end(after[:1])
        and not is_ratio
    )


def _is_french(match: re.Match[str]) -> bool:
    """Return whether the words around a mark are French, as in a quotation or another paper's headline."""
    return bool(_FRENCH.search(match.string, max(0, match.start() - _NEAR), match.end() + _NEAR))


def _is_word_end(character: str) -> bool:
    return character.isalnum() or character in _AFTER_WORD


def _is_end(after: str) -> bool:
    """Return whether a mark ends something, unlike the first ones of ".com" and ":)"."""
    return not after or after.isspace() or after in _CLOSING


def _last_word(text: str, end: int) -> str:
    return text[max(0, end - _LONGEST) : end].split(" ")[-1]

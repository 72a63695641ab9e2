"""A blank stands before a punctuation mark, or on the inner side of a bracket.

What it does: looks for a blank between a word and the , . ; : ! or ? behind it, after an opening bracket and before a
closing one. French and Breton put a blank before ; : ! and ?, and so may others; there only commas and full stops are
looked at. Dots that trail off, ".com", ratios such as "1 : 2" and smileys are left alone.

Why it matters: a line can break at a blank, so that the next line begins with a comma. The style guide of the European
Union's institutions joins these signs to the word before them:
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

from newsletter.fields import shown
from newsletter.galley import Galley
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("warning",)
_SIGN = re.compile(r"(?P<before>\S)(?P<blank>[ \u00a0\u202f]+)(?P<sign>[,.;:!?])")
_AFTER_WORD = ")]”’\"'»%"
_CLOSING = "\"'”’»"
_BRACKET = re.compile(r"(?<![:;=])\( +(?=[^ )])|(?<=[^\s(:;=]) +\)")
_BLANK_BEFORE_HIGH = ("fr", "br", "oc", "ht", "th", "lo", "km", "my", "hi", "mr", "ne")
"""Languages that put a blank before ; : ! and ?, or whose usage differs."""
_GREETINGS = (
    *("hi", "hello", "hey", "dear", "cher", "chère", "liebe", "lieber", "estimado", "estimada"),
    *("bonjour", "salut", "hallo", "hola", "ciao"),
)
_LONGEST = 30
"""Characters of a word that are shown."""


def check(galley: Galley) -> Iterator[Finding]:
    """Each blank that should not stand before or behind a sign."""
    has_high = galley.issue.publication.primary_language in _BLANK_BEFORE_HIGH
    for passage in galley.manuscript.passages:
        for piece in dict.fromkeys(_before_signs(passage.text, has_high)):
            place = galley.manuscript.find_in(passage, piece)
            yield place.warning(f"A blank stands before the sign in '{piece}'.", "Take the blank out.")
        for piece in dict.fromkeys(_within_brackets(passage.text)):
            place = galley.manuscript.find_in(passage, piece)
            yield place.warning(f"A blank stands within the bracket in '{shown(piece)}'.", "Take the blank out.")


def _before_signs(text: str, has_high: bool) -> Iterator[str]:
    """Each sign with a blank before it that should not be there, and the word before the blank."""
    for match in _SIGN.finditer(text):
        if _is_low(match) if match["sign"] in ",." else not has_high and _is_high(match):
            yield _last_word(text, match.end("before")) + match["blank"] + match["sign"]


def _within_brackets(text: str) -> Iterator[str]:
    """Each bracket with a blank on its inner side, and the words around it."""
    for match in _BRACKET.finditer(text):
        start, end = match.span()
        yield _last_word(text, start) + match[0] + text[end : end + _LONGEST].split(" ")[0]


def _is_low(match: re.Match[str]) -> bool:
    """Whether a comma or a full stop is wrong where it is."""
    after = match.string[match.end() : match.end() + _LONGEST]
    if match["sign"] == ".":
        return _is_word_end(match["before"]) and _is_end(after[:1]) and not after.lstrip().startswith(".")
    # 'placeholder' tells of a greeting whose name is lost.
    is_lost_name = match.end("before") < _LONGEST and match.string[: match.end("before")].lower() in _GREETINGS
    return _is_word_end(match["before"]) and (_is_end(after[:1]) or after[:1].isalpha()) and not is_lost_name


def _is_high(match: re.Match[str]) -> bool:
    """Whether one of ; : ! ? is wrong where it is. A no-break blank was put there on purpose."""
    after = match.string[match.end() : match.end() + _LONGEST]
    is_ratio = match["sign"] == ":" and match["before"].isdigit() and after.lstrip()[:1].isdigit()
    return not match["blank"].strip(" ") and _is_word_end(match["before"]) and _is_end(after[:1]) and not is_ratio


def _is_word_end(sign: str) -> bool:
    return sign.isalnum() or sign in _AFTER_WORD


def _is_end(after: str) -> bool:
    """Whether a sign ends something, unlike the first ones of ".com" and ":)"."""
    return not after or after.isspace() or after in _CLOSING


def _last_word(text: str, end: int) -> str:
    return text[max(0, end - _LONGEST) : end].split(" ")[-1]

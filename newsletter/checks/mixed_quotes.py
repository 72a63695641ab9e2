"""Straight and curly quotes are mixed in one text.

What it does: looks for both straight (' ") and curly quotes (‘ ’ “ ” „) in one and the same field, apostrophes
included, and names the first of those that are fewer. Signs after a number, as in 5'-cap, 6' or 12", Hebrew
abbreviations, and quotes in what looks like code are not counted; nor are « and », which go with either.

Why it matters: mixed quotes look pasted together, which they often are: half typed, half from a word processor. Curly
ones are those of good typography, but either kind will do:
https://typographyforlawyers.com/straight-and-curly-quotes.html

Wrong:

```yaml item
title: A phrase that the regulator's lawyers use
url: https://www.bionews.org.uk/page_200004
teaser: The regulator’s lawyers say 'serious medical condition', and doctors ask what is meant.
```

Right:

```yaml item
title: A phrase that the regulator's lawyers use
url: https://www.bionews.org.uk/page_200004
teaser: The regulator's lawyers say 'serious medical condition', and doctors ask what is meant.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.fields import shown
from newsletter.galley import Galley
from newsletter.manifest import Passage
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("warning",)
_CURLY = re.compile("[‘’‚“”„]")
_STRAIGHT = re.compile(r"""(?<![\d\u0590-\u05ff])'|(?<![\d\u0590-\u05ff])(?!(?<=\w)"\w)\"""")
_CODE = re.compile(r"""=(?:"[^"]*"|'[^']*')""")
_AROUND = 20
"""Characters shown before and after an odd quote."""
_Found = tuple[Passage, re.Match[str]]


def check(galley: Galley) -> Iterator[Finding]:
    """Each field with both kinds of quotes."""
    for field in galley.manuscript.fields:
        curly, straight = _all(_CURLY, field), _all(_STRAIGHT, field)
        if curly and straight:
            is_curly = len(curly) < len(straight)
            odd, name, others = (curly, "curly", "straight") if is_curly else (straight, "straight", "curly")
            passage, match = odd[0]
            what = f"A {name} quote among {others} ones: '{shown(_around(match))}'."
            hint = f"Make all of them {others}, or all {name}."
            yield galley.manuscript.find_in(passage, _word(match)).warning(what, hint)


def _all(pattern: re.Pattern[str], field: tuple[Passage, ...]) -> list[_Found]:
    texts = ((passage, _CODE.sub(lambda code: " " * len(code[0]), passage.text)) for passage in field)
    return [(passage, match) for passage, text in texts for match in pattern.finditer(text)]


def _around(match: re.Match[str]) -> str:
    start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
    return ("…" if start else "") + match.string[start:end].strip() + ("…" if end < len(match.string) else "")


def _word(match: re.Match[str]) -> str:
    """What stands around a quote, up to the next blanks."""
    before = re.split(r"\s", match.string[: match.start()][-_AROUND:])[-1]
    return before + match.string[match.start() :].split(maxsplit=1)[0]

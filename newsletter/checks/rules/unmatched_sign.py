"""A bracket or a quote is opened and not closed, or closed and not opened.

What it does: looks in each text for ( ), [ ], “ ”, „ “ and « » of which one is missing, and for an
odd number of straight double quotes. Numbers such as "a)" and "1)", smileys, intervals such as [0,
1), inches (17" or 17”), code, and single quotes, which may be apostrophes, are not counted; a new
paragraph may open a quotation again that goes on; and a text that ends in "..." or "…" may be cut
within one.

Why it matters: readers wait for the end of what was opened, and with quotes they cannot see whose
words they read. Style guides ask for brackets to be closed:
https://www.crowncommercial.gov.uk/crown-commercial-service-style-guide/formatting

Wrong:

```yaml item
title: A new test for a rare condition
url: https://www.bionews.org.uk/page_200005
teaser: The test (which was tried in three hospitals finds the condition before birth.
```

Right:

```yaml item
title: A new test for a rare condition
url: https://www.bionews.org.uk/page_200005
teaser: The test (which was tried in three hospitals) finds the condition before birth.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.manifest import Passage
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_SAME_AT_BOTH_ENDS = ("sv", "fi", "da", "nb", "nn", "no", "he")
"""Languages whose quotations may begin and end with the same character: ”so”."""
_WITHIN_WORDS = ("he", "yi")
"""Languages that write the straight double quote within words too: their number says nothing."""
_PARTNERS = {"“": "”", "„": "“”", "«": "»", "»": "«"}
_FULL_WIDTH = str.maketrans("（）［］", "()[]")
_SMILEY = re.compile(r"[:;=]['-]?([()]+)")
_NUMBER = re.compile(r"(?<![\w(.-])(?:\d{1,2}\.?|[ivx]{1,4}|[^\W\d_])\)")
_INTERVAL = re.compile(r"\[[-−+\d.]+[,;] *[-−+\d.∞]+\)|\([-−+\d.∞]+[,;] *[-−+\d.]+\]")
_INCHES = re.compile(r"\d”")
_STRAIGHT = re.compile(r'(?!(?<=\w)"\w)"')
_AFTER_A_CUT = ")]\"'”’»“ "
_AROUND = 30
"""Characters shown beside the one without a partner."""
_Unmatched = tuple[list[int], list[int]]
"""The positions of the characters that open and are not closed, and of those that close and were not opened."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the first character without a partner, of each kind, in each field."""
    language = galley.issue.publication.primary_language
    is_same = language in _SAME_AT_BOTH_ENDS
    for field in galley.manuscript.fields:
        text = "\n".join(passage.prose for passage in field).translate(_FULL_WIDTH)
        text = _INTERVAL.sub(lambda interval: " " * len(interval[0]), text)
        if language in _WITHIN_WORDS:
            text = text.replace('"', " ")
        is_cut = text.rstrip(_AFTER_A_CUT).endswith(("...", "…"))
        for opened, closed in (_round(text), _brackets(text, "[]"), *_all_quotes(text, is_same)):
            for position in sorted(closed if is_cut else opened + closed)[:1]:
                yield _finding(galley, field, text, position)


def _finding(galley: Galley, field: tuple[Passage, ...], text: str, position: int) -> Finding:
    passage = field[text.count("\n", 0, position)]
    start = position - text.rfind("\n", 0, position) - 1
    before, after = passage.text[:start][-_AROUND:], passage.text[start:][:_AROUND]
    around = (
        ("…" if len(before) < start else "")
        + before
        + after.rstrip()
        + ("…" if len(passage.text) > start + _AROUND else "")
    )
    word = (before[-1:].strip() and before.split()[-1]) + after.split()[0]
    message = f"The character {passage.text[start]} has no partner: '{printable(around, 2 * _AROUND + 2)}'."
    return galley.manuscript.find_in(passage, word).warning(
        message, "Write its partner, or delete it."
    )


def _brackets(text: str, pair: str) -> _Unmatched:
    opened: list[int] = []
    closed: list[int] = []
    for position, character in enumerate(text):
        if character == pair[0]:
            opened.append(position)
        elif character == pair[1]:
            if opened:
                opened.pop()
            else:
                closed.append(position)
    return opened, closed


def _round(text: str) -> _Unmatched:
    """Return round brackets, unless smileys and numbers such as "a)" explain those that are left."""
    opened, closed = _brackets(text, "()")
    smileys = "".join(_SMILEY.findall(text))
    explained = smileys.count(")") + len(_NUMBER.findall(text))
    return opened if len(opened) > smileys.count("(") else [], closed if len(
        closed
    ) > explained else []


def _all_quotes(text: str, is_same: bool) -> Iterator[_Unmatched]:
    if "«" in text:  # a » alone is an arrow, as in "Read on »"
        yield _quotes(text, "«»", is_same)
    curly, straight = _quotes(text, "„“”", is_same), _straight(text)
    if not (straight[0] and any(curly)):  # together they may be one pair: mixed, not unmatched
        yield curly
        yield straight


def _quotes(text: str, characters: str, is_same: bool) -> _Unmatched:
    opened: list[int] = []
    closed: list[int] = []
    for position, character in enumerate(text):
        if character not in characters:
            continue
        last = text[opened[-1]] if opened else ""
        if last and character in _PARTNERS.get(last, last if is_same else ""):
            opened.pop()
        elif character == "”" and not is_same:
            closed.append(position)
        elif character != last or not _begins_paragraph(text, position):
            opened.append(position)
    inches = len(_INCHES.findall(text)) if "”" in characters else 0
    return opened, closed if len(closed) > inches else []


def _straight(text: str) -> _Unmatched:
    """Return the last straight double quote, if their number is odd and none can mean inches."""
    found: list[int] = []
    for match in _STRAIGHT.finditer(text):
        if text[max(0, match.start() - 1)].isdigit():
            return [], []
        if not (len(found) % 2 and _begins_paragraph(text, match.start())):
            found.append(match.start())
    return (found[-1:] if len(found) % 2 else []), []


def _begins_paragraph(text: str, position: int) -> bool:
    """Whether a quote begins another paragraph, where a quotation that goes on is opened again."""
    return position > 0 and text[position - 1] == "\n"

"""Where the sentences of a text end, in any language."""

from __future__ import annotations

import re

_LOOK_AHEAD = 2_000
"""Characters of a text in which sentences are looked for: far more than the longest teaser."""
_OPENING = "'\"‘“«(["
_OF_NEXT = re.compile(rf"\s+[{re.escape(_OPENING)}]+$")
"""What opens the next sentence: an apostrophe, as in '90s, is taken for a quotation up to it."""
_ABBREVIATION = re.compile(
    r"(?:(?:[^\W\d_]\.)+"  # U.S., e.g., J.
    r"|(?:Dr|Mr|Mrs|Ms|Profs?|Professor|Sir|St|Dame|Lord|Lady|Mme|Revd?|Hon)\.?"
    r"|(?:vs|cf|et al|al|etc|ca|approx|Nos?|nos?|Figs?|pp?|vol|ed|eds|Ch|Inc|Ltd|Jr|Sr)\.)[,;:]?"
)


def sentence_ends(text: str, language: str) -> list[int]:
    """Return where sentences end in the first 2,000 characters of a line of text, in characters,
    without the spaces after them.
    """
    import sentencex  # few teasers are made, and most commands need none

    ends: list[int] = []
    place = 0
    for sentence in sentencex.segment(language.partition("-")[0], text[:_LOOK_AHEAD]):
        end = place + len(_OF_NEXT.sub("", sentence.rstrip()))
        place += len(sentence)
        if end < _LOOK_AHEAD and not is_abbreviation(text[:end]):
            ends.append(end)
    return ends


def is_abbreviation(text: str) -> bool:
    """Return whether the last word of a text is an abbreviation or a title before a name."""
    last = text.rpartition(" ")[2]
    return _ABBREVIATION.fullmatch(last.lstrip(_OPENING)) is not None

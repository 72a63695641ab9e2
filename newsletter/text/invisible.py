"""Characters that nobody can see, and that come with text from a PDF, a web page or a chat."""

from __future__ import annotations

import re

TURNING = "\u202a-\u202e\u2066-\u2069"
"""Marks that change the direction of a text, up to their end (Unicode Standard Annex 9)."""
DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u200e\u200f"
"""All marks of direction, which belong to a text with letters from right to left."""
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Such letters."""

_ZERO_WIDTH = "\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff"
_LOST = "\ufff9-\ufffc"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_TAGS = "\U000e0000-\U000e007f"
_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
"""The flag of England, Scotland or Wales: a black flag, and the region's letters as tags (UTS 51,
ED-14a).
"""
_NO_SPACES = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Tibetan, Burmese and Khmer letters, between which a zero-width space ends a word."""
_BETWEEN_WORDS = f"(?<=[{_NO_SPACES}])\u200b|\u200b(?=[{_NO_SPACES}])"
UNSEEN = re.compile(
    f"(?P<sound>{_FLAG}|{_BETWEEN_WORDS})|[{_ZERO_WIDTH}{DIRECTION}{_LOST}{_PRIVATE}{_TAGS}]"
)
"""A character that nobody can see; ``sound`` where it belongs to what is around it."""
IN_ADDRESS = re.compile(f"[{_ZERO_WIDTH}{DIRECTION}{_LOST}{_TAGS}]")
"""The same in a web address, where it never belongs."""

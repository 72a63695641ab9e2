"""Words of a title as part of an address on the web."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LONGEST = 32


@lru_cache(maxsize=1024)
def slug(title: str) -> str:
    """Return the first words of a title as they may be in an address.

    Empty if the title has no Latin letters.
    """
    letters = unicodedata.normalize("NFKD", title.replace("'", "").replace("’", ""))
    plain = letters.encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())

    short = ""
    for word in words:
        if len(short) + 1 + len(word) > _LONGEST:
            break
        short = f"{short}-{word}" if short else word

    if short and not short[0].isalpha():
        short = f"n-{short}"
    return short or "".join(words)[:_LONGEST].lstrip("0123456789")

"""Words of a title as part of an address on the web."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LONGEST = 32
_WITHOUT_MARK = {
    **dict(zip("ŁłØøĐđĦħıŦŧ", "LlOoDdHhiTt", strict=True)),
    "ß": "ss",
    "Æ": "AE",
    "æ": "ae",
    "Œ": "OE",
    "œ": "oe",
    "Þ": "Th",
    "þ": "th",
    "ð": "d",
    **dict.fromkeys("'’"),
}
"""Latin letters that Unicode does not take apart into a plain one and a mark; and apostrophes."""
_PLAIN = str.maketrans(_WITHOUT_MARK)


@lru_cache(maxsize=1024)
def slug(title: str, longest: int = _LONGEST) -> str:
    """Return the first words of a title as they may be in an address, in ``longest`` characters.

    Empty if the title has no Latin letters.
    """
    letters = unicodedata.normalize("NFKD", title.translate(_PLAIN))
    plain = letters.encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())

    short = ""
    for word in words:
        if len(short) + 1 + len(word) > longest:
            break
        short = f"{short}-{word}" if short else word

    if short and not short[0].isalpha():
        short = f"n-{short}"
    return short or "".join(words)[:longest].lstrip("0123456789")

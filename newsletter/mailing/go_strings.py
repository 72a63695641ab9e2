"""Literal text in templates of Go, as strings that they pass on as they are.

In its templates Go's html/template drops comments, Outlook's conditions with them, and alters angle brackets, even in
what is plain text. And listmonk rewrites some words before the templates see them, within strings, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsletter.model import MergeTagName

_TAG = re.compile("(\ufdd0[^\ufdd1]*\ufdd1)")
_NOT_IN_RAW = re.compile(r"([`\r]|\{(?=\{)|@(?=TrackLink))")
"""What does not survive in a raw string: the character that ends it, one that Go drops, and the first one of each word
that listmonk rewrites.
"""


class GoStrings:
    """The language of listmonk's templates; see ``mailing.Syntax``. HTML, plain text and subject are written alike."""

    def html(self, html: str, tags: Mapping[MergeTagName, str]) -> str:
        """All but the tags in strings."""
        parts = _TAG.split(html)
        parts[::2] = map(_quoted, parts[::2])
        return "".join(parts)

    def text(self, text: str, tags: Mapping[MergeTagName, str]) -> str:
        """The same. A text with nothing to fill in is no template, and stays as it is."""
        return self.html(text, tags) if "{{" in text or _TAG.search(text) else text


def _quoted(literal: str) -> str:
    """Raw strings, and between them what cannot be in one, by its number."""
    strings = _NOT_IN_RAW.split(literal)
    strings[::2] = [raw and f"`{raw}`" for raw in strings[::2]]
    strings[1::2] = [f'"\\x{ord(sign):02x}"' for sign in strings[1::2]]
    return "".join(f"{{{{ Safe {string} }}}}" for string in strings if string)

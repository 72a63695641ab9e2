"""Literal text in Go templates, as strings that reach the reader unchanged.

Go's html/template drops comments from its templates, Outlook's conditions with them, and alters angle brackets, even in
plain text. And listmonk rewrites some words before the templates see them, even within strings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsletter.model import MergeTagName

_TAG = re.compile("(\ufdd0[^\ufdd1]*\ufdd1)")
_NOT_IN_RAW = re.compile(r"([`\r]|\{(?=\{)|@(?=TrackLink))")
"""What does not survive in a raw string: the character that ends it, one that Go drops, and the first character of each
word that listmonk rewrites.
"""


class GoStrings:
    """The language of listmonk's templates, in HTML, plain text and subject alike; see ``mailing.Syntax``."""

    def html(self, html: str, tags: Mapping[MergeTagName, str]) -> str:
        """Return all but the tags as strings."""
        parts = _TAG.split(html)
        parts[::2] = map(_quoted, parts[::2])
        return "".join(parts)

    def text(self, text: str, tags: Mapping[MergeTagName, str]) -> str:
        """Return the same for a text; one with nothing to fill in is not a template, and is left as it is."""
        return self.html(text, tags) if "{{" in text or _TAG.search(text) else text


def _quoted(literal: str) -> str:
    """Return raw strings, and between them, by their numbers, the characters that cannot be in one."""
    strings = _NOT_IN_RAW.split(literal)
    strings[::2] = [raw and f"`{raw}`" for raw in strings[::2]]
    strings[1::2] = [f'"\\x{ord(character):02x}"' for character in strings[1::2]]
    return "".join(f"{{{{ Safe {string} }}}}" for string in strings if string)

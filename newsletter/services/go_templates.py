"""Literal text in Go templates, as strings that reach the reader unchanged.

Go's html/template drops comments from its templates, Outlook's conditions with them, and alters
angle brackets, even in plain text. And listmonk rewrites some words before the templates see them,
even within strings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsletter.model import MergeTagName

_TAG = re.compile("(\ufdd0[^\ufdd1]*\ufdd1)")
_STRING = re.compile(r"""\{\{ Safe (?:`([^`]*)`|"\\x([0-9a-f]{2})") \}\}""")
"""One string of those that a text is written as."""
_NOT_IN_RAW = re.compile(r"([`\r]|\{(?=\{)|@(?=TrackLink))")
"""What does not survive in a raw string.

The character that ends it, one that Go drops, and the first character of each word that listmonk
rewrites.
"""


class GoTemplates:
    """The language of listmonk's templates, in HTML, plain text and subject alike.

    See services.language.TemplateLanguage.
    """

    def escape_html(self, html: str, tags: Mapping[MergeTagName, str]) -> str:
        """Return the HTML with everything but the tokens written as strings."""
        parts = _TAG.split(html)
        parts[::2] = map(_quoted, parts[::2])
        return "".join(parts)

    def escape_text(self, text: str, tags: Mapping[MergeTagName, str]) -> str:
        """Return the same for a text.

        One with nothing to fill in is not a template, and is left as it is.
        """
        is_template = "{{" in text or _TAG.search(text)
        if not is_template:
            return text
        return self.escape_html(text, tags)

    def as_read(self, text: str) -> str:
        """Return a text that was escaped here, or is no template, as readers see it."""
        return _STRING.sub(_literal, text)


def _literal(string: re.Match[str]) -> str:
    raw, number = string.groups()
    return chr(int(number, 16)) if number else raw


def _quoted(literal: str) -> str:
    """Return the text as Go strings: raw ones, and by number what cannot be in a raw one."""
    strings: list[str] = []
    for number, part in enumerate(_NOT_IN_RAW.split(literal)):
        is_character = number % 2 == 1
        if is_character:
            strings.append(f'"\\x{ord(part):02x}"')
        elif part:
            strings.append(f"`{part}`")
    return "".join(f"{{{{ Safe {string} }}}}" for string in strings)

"""Brevo's two template languages, either of which an author's text may look like.

Brevo works out from the content which one an email is in, but does not say that it then ignores the
other. So the tags of both are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import ascii_uppercase

from newsletter.model import MergeTagName
from newsletter.services.language import CannotEscape, Delimiters

_OPENINGS = ("{{", "{%", "{#")
"""Of the language in use today, which is like Django's."""
_OLD_OPENINGS = (*(f"{{{letter}" for letter in ascii_uppercase), "[U", "[M")
_OLD_TAG = re.compile(r"\{[A-Z][A-Z0-9_]*\}|\[(?:UNSUBSCRIBE|MIRROR)\]")
_IN_HTML = Delimiters((*_OPENINGS, *_OLD_OPENINGS))
_IN_TEXT = Delimiters(_OPENINGS)


class BrevoLanguages:
    """Both languages; see ``services.language.TemplateLanguage``."""

    def escape_html(self, html: str, tags: Mapping[MergeTagName, str]) -> str:
        """Return the HTML without an opening of either language."""
        return _IN_HTML.escape_html(html, tags)

    def escape_text(self, text: str, tags: Mapping[MergeTagName, str]) -> str:
        """Return the text as it is. Raise CannotEscape if it has a tag of either language."""
        text = _IN_TEXT.escape_text(text, tags)
        old_tag = _OLD_TAG.search(text)
        if old_tag:
            raise CannotEscape(old_tag[0])
        return text

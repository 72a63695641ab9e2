"""Merge tags: what a mailing service fills in for each reader.

In an Email they are neutral tokens. A token is between two Unicode noncharacters (Unicode 23.7: for
a program's own use), which no field of an issue may hold, so nothing that an author writes can make
or break a token.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from markupsafe import Markup, escape

from newsletter.email.typesetting import line_in_type
from newsletter.model import Email, Issue, MergeTagName
from newsletter.model.addresses import web_version
from newsletter.text.cells import cells
from newsletter.text.wrapping import LINE_START, wrap

NAMES: tuple[MergeTagName, ...] = get_args(MergeTagName)
_NAME = "|".join(NAMES)
_TOKEN = re.compile(f"\ufdd0({_NAME})\ufdd1")
# A tag after a backslash or within an address stays what it is: Markdown would percent-encode a
# token there.
_WRITTEN = re.compile(
    r"\\.|\]\(\s*(?:<[^<>\n]*>|\S*)|<[^<>\s]*>|(?:https?://|www\.)\S*"
    rf"|\[\[({_NAME})\]\]"
)
_UNBROKEN_SPACE = "\ufdd2"
"""A space within a service's tag, where no line may break."""


def token(name: MergeTagName) -> str:
    """Return the neutral token of a merge tag."""
    return f"\ufdd0{name}\ufdd1"


def from_written(text: str) -> str:
    """Return editors' own Markdown with a token for each ``[[first-name]]`` in it."""

    def replaced(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        return token(match[1])  # type: ignore[arg-type]

    return _WRITTEN.sub(replaced, text)


def own_values(issue: Issue) -> dict[MergeTagName, str]:
    """Return the values of the tags if no mailing service fills them: the publication's own
    addresses, the postal one in type.
    """
    publication = issue.publication
    return {
        "unsubscribe": publication.unsubscribe,
        "web-version": web_version(issue),
        "first-name": publication.merge_tag_samples.get("first-name", "reader"),
        "address": line_in_type(publication.postal_address, publication),
        "preferences": publication.preferences or "",
    }


def fill(email: Email, values: Mapping[MergeTagName, str]) -> Email:
    """Return the email with every token replaced by its value, which is escaped in HTML unless it
    is Markup. ``values`` has all names.
    """
    filled = {
        "subject": _filled(email.subject, values),
        "preheader": _filled(email.preheader, values),
        "html": filled_html(email.html, values),
        "text": _filled_text(email.text, values, email.issue.publication.text_width),
        "paragraphs": _filled(email.paragraphs, values),
    }
    return email.model_copy(update=filled)


def filled_html(html: str, values: Mapping[MergeTagName, str]) -> str:
    """Return the HTML of an email with every token replaced, as ``fill`` does it."""
    escaped = {name: str(escape(value)) for name, value in values.items()}
    return _filled(html, escaped)


def own_email(email: Email) -> Email:
    """Return the email as ``newsletter build`` writes it: its merge tags have the publication's own
    values.
    """
    return fill(email, own_values(email.issue))


def _filled(text: str, values: Mapping[MergeTagName, str]) -> str:
    def value(token: re.Match[str]) -> str:
        return values[token[1]]  # type: ignore[index]

    return _TOKEN.sub(value, text)


def _filled_text(text: str, values: Mapping[MergeTagName, str], width: int) -> str:
    """Return the plain text, its lines wrapped again where a value has made them too long."""
    unbroken = {name: _unbroken(value) for name, value in values.items()}
    lines: list[str] = []
    for line in text.split("\n"):
        filled = _filled(line, unbroken)
        if filled == line or cells(filled) <= width:
            lines.append(filled)
        else:
            lines += _rewrapped(filled, width)
    return "\n".join(lines).replace(_UNBROKEN_SPACE, " ")


def _unbroken(value: str) -> str:
    """Return a value; if it is a service's own tag, with spaces where no line may break."""
    if isinstance(value, Markup):
        return value.replace(" ", _UNBROKEN_SPACE)
    return value


def _rewrapped(line: str, width: int) -> tuple[str, ...]:
    """Return the line in lines that begin as it does: in its quotation, or indented like its list
    item.
    """
    start = LINE_START.match(line)[0]  # type: ignore[index]
    indent = re.sub(r"[^>]", " ", start)
    return wrap(line[len(start) :], width, start, indent)

"""Merge tags: what a mailing service fills in for each reader.

In an Email they are neutral tokens. A token is enclosed in Unicode noncharacters (Unicode 23.7: for a program's own
use), which no field of an issue may hold, so nothing an author writes can be or break a token.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from markupsafe import Markup, escape
from wcwidth import width as cells

from newsletter.addresses import web_version
from newsletter.model import Email, Issue, MergeTagName
from newsletter.wrapping import wrap

NAMES: tuple[MergeTagName, ...] = get_args(MergeTagName)
_TOKEN = re.compile(f"\ufdd0({'|'.join(NAMES)})\ufdd1")
# A tag after a backslash or within an address stays what it is: Markdown would percent-encode a token there.
_WRITTEN = re.compile(
    r"\\.|\]\(\s*(?:<[^<>\n]*>|\S*)|<[^<>\s]*>|(?:https?://|www\.)\S*|\[\[(" + "|".join(NAMES) + r")\]\]"
)
_BLANK = "\ufdd2"
"""A blank within a service's tag, at which no line may be broken."""
_LINE_START = re.compile(r"(?:> |- |\d+\. |\(\d+\) |\s)*")


def token(name: MergeTagName) -> str:
    """The neutral token of a merge tag."""
    return f"\ufdd0{name}\ufdd1"


def from_written(text: str) -> str:
    """Editors' own Markdown, with each ``[[first-name]]`` they wrote made a token."""
    return _WRITTEN.sub(lambda match: f"\ufdd0{match[1]}\ufdd1" if match[1] else match[0], text)


def own_values(issue: Issue) -> dict[MergeTagName, str]:
    """What the tags stand for when no mailing service fills them: the publication's own addresses."""
    publication = issue.publication
    return {
        "unsubscribe": publication.unsubscribe,
        "web-version": web_version(issue),
        "first-name": publication.merge_tag_samples.get("first-name", "reader"),
        "address": publication.postal_address,
    }


def fill(email: Email, values: Mapping[MergeTagName, str]) -> Email:
    """The email with every token replaced by its value, escaped in HTML as text is, unless it is Markup. ``values`` has
    all names.
    """

    def plain(text: str) -> str:
        return _TOKEN.sub(lambda match: values[match[1]], text)  # type: ignore[index]

    def unbroken(match: re.Match[str]) -> str:
        value = values[match[1]]  # type: ignore[index]
        return value.replace(" ", _BLANK) if isinstance(value, Markup) else value

    width = email.issue.publication.text_width
    lines: list[str] = []
    for line in email.text.split("\n"):
        filled = _TOKEN.sub(unbroken, line)
        lines += [filled] if filled == line or cells(filled) <= width else _rewrapped(filled, width)
    return email.model_copy(
        update={
            "subject": plain(email.subject),
            "preheader": plain(email.preheader),
            "html": _TOKEN.sub(lambda match: str(escape(values[match[1]])), email.html),  # type: ignore[index]
            "text": "\n".join(lines).replace(_BLANK, " "),
        }
    )


def own_email(email: Email) -> Email:
    """The email as ``newsletter build`` writes it: merge tags filled with the publication's own values."""
    return fill(email, own_values(email.issue))


def _rewrapped(line: str, width: int) -> tuple[str, ...]:
    """The line in lines that begin as it does: within its quotation, or indented like its list item."""
    start = _LINE_START.match(line)[0]  # type: ignore[index]
    return wrap(line[len(start) :], width, start, re.sub(r"[^>]", " ", start))

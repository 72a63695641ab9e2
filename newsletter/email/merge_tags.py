"""Merge tags: what a mailing service fills in for each reader.

In an Email they are neutral tokens. A token is between two Unicode noncharacters (Unicode 23.7: for a program's own
use), which no field of an issue may hold, so nothing that an author writes can make or break a token.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from markupsafe import Markup, escape
from wcwidth import width as cells

from newsletter.model import Email, Issue, MergeTagName
from newsletter.model.addresses import web_version
from newsletter.text.wrapping import wrap

NAMES: tuple[MergeTagName, ...] = get_args(MergeTagName)
_TOKEN = re.compile(f"\ufdd0({'|'.join(NAMES)})\ufdd1")
# A tag after a backslash or within an address stays what it is: Markdown would percent-encode a token there.
_WRITTEN = re.compile(
    r"\\.|\]\(\s*(?:<[^<>\n]*>|\S*)|<[^<>\s]*>|(?:https?://|www\.)\S*|\[\[("
    + "|".join(NAMES)
    + r")\]\]"
)
_HELD_SPACE = "\ufdd2"
"""A space within a service's tag, where no line may break."""
_LINE_START = re.compile(r"(?:> |- |\d+\. |\(\d+\) |\s)*")


def token(name: MergeTagName) -> str:
    """Return the neutral token of a merge tag."""
    return f"\ufdd0{name}\ufdd1"


def from_written(text: str) -> str:
    """Return editors' own Markdown with a token for each ``[[first-name]]`` in it."""
    return _WRITTEN.sub(lambda match: f"\ufdd0{match[1]}\ufdd1" if match[1] else match[0], text)


def own_values(issue: Issue) -> dict[MergeTagName, str]:
    """Return the values of the tags if no mailing service fills them: the publication's own addresses."""
    publication = issue.publication
    return {
        "unsubscribe": publication.unsubscribe,
        "web-version": web_version(issue),
        "first-name": publication.merge_tag_samples.get("first-name", "reader"),
        "address": publication.postal_address,
    }


def fill(email: Email, values: Mapping[MergeTagName, str]) -> Email:
    """Return the email with every token replaced by its value, which is escaped in HTML unless it is Markup. ``values``
    has all names.
    """

    def plain(text: str) -> str:
        return _TOKEN.sub(lambda match: values[match[1]], text)  # type: ignore[index]

    def unbroken(match: re.Match[str]) -> str:
        value = values[match[1]]  # type: ignore[index]
        return value.replace(" ", _HELD_SPACE) if isinstance(value, Markup) else value

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
            "text": "\n".join(lines).replace(_HELD_SPACE, " "),
        }
    )


def own_email(email: Email) -> Email:
    """Return the email as ``newsletter build`` writes it: its merge tags have the publication's own values."""
    return fill(email, own_values(email.issue))


def _rewrapped(line: str, width: int) -> tuple[str, ...]:
    """Return the line in lines that begin as it does: in its quotation, or indented like its list item."""
    start = _LINE_START.match(line)[0]  # type: ignore[index]
    return wrap(line[len(start) :], width, start, re.sub(r"[^>]", " ", start))

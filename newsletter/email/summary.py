"""A built email in a few lines: what an editor needs to know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from newsletter.files import relative_to_cwd
from newsletter.model import Email, File, Issue
from newsletter.text.cells import clipped
from newsletter.text.wrapping import words

GMAIL_CLIPS_AT = 102_400
"""Bytes of HTML after which Gmail clips an email, and its unsubscribe link with it."""
_KILOBYTE = 1_024
_WORDS_A_MINUTE = 230
_NOT_READ = re.compile(r"https?://\S+|\[\d+\]")
_HAS_LETTERS = re.compile(r"\w")
_INBOX_ROW = 100
"""Characters of subject and preheader together that a wide inbox shows."""


def summary(email: Email, folder: Path) -> list[str]:
    """Return lines with subject, inbox row, items, length, size and files."""
    issue = email.issue
    count = word_count(email.text)
    size = len(email.html.encode())
    share = size / GMAIL_CLIPS_AT
    pictures = [file for file in email.files if file.media_type.startswith("image/")]
    lines = {
        "Subject": f"{email.subject} ({len(email.subject)} characters)",
        "Preheader": f"{email.preheader} ({len(email.preheader)} characters)",
        "Inbox": _inbox_row(email),
        "Items": _items(issue),
        "Length": f"{count:,} words, {minutes(count)} min to read",
        "HTML": f"{size:,} bytes, {share:.0%} of the {GMAIL_CLIPS_AT:,} that Gmail shows",
    }
    if pictures:
        lines["Pictures"] = _pictures(pictures)
    lines["Files"] = f"{relative_to_cwd(folder)}/email.html, email.txt, email.eml"

    weekday, month = f"{issue.published:%A}", f"{issue.date:%B %Y}"
    title = f"{issue.publication.name} {issue.number}, {weekday} {issue.date.day} {month}"
    return [title, *(f"  {name:<10} {value}" for name, value in lines.items())]


def _inbox_row(email: Email) -> str:
    """Return subject and preheader as an inbox shows them in one row."""
    return clipped(f"{email.subject} – {email.preheader}", _INBOX_ROW)


def _items(issue: Issue) -> str:
    """Return the number of items, in all and in each section."""
    total = 0
    sections: list[str] = []
    for section in issue.sections:
        name = section.title or section.kind.capitalize()
        sections.append(f"{name} {len(section.items)}")
        total += len(section.items)
    return f"{total}: {', '.join(sections)}"


def _pictures(pictures: Sequence[File]) -> str:
    """Return the number of an email's own pictures, and what they weigh together."""
    weight = sum(len(picture.content) for picture in pictures)
    return f"{len(pictures)}, {-(-weight // _KILOBYTE):,} KB together"


def word_count(text: str) -> int:
    """Return the number of words of a plain-text email, without addresses, the numbers of links,
    bullets and rules.
    """
    read = _NOT_READ.sub("", text)
    return sum(1 for word in words(read) if _HAS_LETTERS.search(word[0]))


def minutes(count: int) -> int:
    """Return the minutes that this number of words takes to read, at least 1."""
    return max(1, round(count / _WORDS_A_MINUTE))

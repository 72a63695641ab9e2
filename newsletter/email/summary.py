"""A built email in a few lines: what an editor needs to know."""

from __future__ import annotations

import re
from pathlib import Path

from wcwidth import clip, width

from newsletter.files import relative_to_cwd
from newsletter.model import Email
from newsletter.text.wrapping import WORD

GMAIL_CLIPS_AT = 102_400
"""Bytes of HTML after which Gmail clips an email, and its unsubscribe link with it."""
_WORDS_A_MINUTE = 230
_INBOX_ROW = 100
"""Characters of subject and preheader together that a wide inbox shows."""


def summary(email: Email, folder: Path) -> list[str]:
    """Return lines with subject, inbox row, items, length, size and files."""
    issue = email.issue
    row = f"{email.subject} – {email.preheader}"
    if width(row) > _INBOX_ROW:
        row = clip(row, 0, _INBOX_ROW - 1).rstrip() + "…"
    sections = [
        f"{section.title or section.kind.capitalize()} {len(section.items)}"
        for section in issue.sections
    ]
    words = word_count(email.text)
    size = len(email.html.encode())
    lines = {
        "Subject": f"{email.subject} ({len(email.subject)} characters)",
        "Preheader": f"{email.preheader} ({len(email.preheader)} characters)",
        "Inbox": row,
        "Items": f"{sum(1 for _ in issue.items)}: {', '.join(sections)}",
        "Length": f"{words:,} words, {minutes(words)} min to read",
        "HTML": f"{size:,} bytes, {size / GMAIL_CLIPS_AT:.0%} of the {GMAIL_CLIPS_AT:,} that Gmail shows",
        "Files": f"{relative_to_cwd(folder)}/email.html, email.txt, email.eml",
    }
    title = f"{issue.publication.name} {issue.number}, {issue.published:%A} {issue.date.day} {issue.date:%B %Y}"
    return [title, *(f"  {name:<10} {value}" for name, value in lines.items())]


def word_count(text: str) -> int:
    """Return the number of words of a plain-text email, without addresses, the numbers of links, bullets and rules."""
    words = WORD.findall(re.sub(r"https?://\S+|\[\d+\]", "", text))
    return sum(1 for word in words if re.search(r"\w", word))


def minutes(words: int) -> int:
    """Return the minutes that this number of words takes to read, at least 1."""
    return max(1, round(words / _WORDS_A_MINUTE))

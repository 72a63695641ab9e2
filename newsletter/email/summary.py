"""A built email in a few lines: what an editor needs to know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from newsletter.files import relative_to_cwd
from newsletter.model import Email, File, Issue
from newsletter.model.formats import GMAIL_CLIPS_AT
from newsletter.text.cells import clipped
from newsletter.text.wrapping import words

_KILOBYTE = 1_024
_WORDS_A_MINUTE = 230
_NOT_READ = re.compile(r"https?://\S+|\[\d+\]")
_HAS_LETTERS = re.compile(r"\w")
_MOST_NAMED = 3
"""Pieces that are named; of more, there is only the number."""
_LONGEST_TITLE = 50
"""Cells of a title that names a piece."""
_INBOX_ROW = 100
"""Characters of subject and preheader together that a wide inbox shows."""


def summary(emails: Sequence[Email], folder: Path) -> list[str]:
    """Return lines with subject, inbox row, items, length, size and files of an issue.

    ``emails`` are all its formats, the leading one first.
    """
    leading = emails[0]
    issue = leading.issue
    pictures = {file.name: file for email in emails for file in email.files if file.is_picture}

    lines = [
        ("Subject", f"{leading.subject} ({len(leading.subject)} characters)"),
        ("Preheader", f"{leading.preheader} ({len(leading.preheader)} characters)"),
        ("Inbox", _inbox_row(leading)),
        ("Items", _items(issue)),
    ]
    if issue.publication.formats:
        for email in emails:
            lines += _of_format(email)
    else:
        size, share = _weight(leading)
        lines.append(("Length", _length(leading)))
        lines.append(("HTML", f"{size}, {share} of the {GMAIL_CLIPS_AT:,} that Gmail shows"))
    if pictures:
        lines.append(("Pictures", _pictures(pictures.values())))
    lines.append(("Files", _files(emails, folder)))

    weekday, month = f"{issue.published:%A}", f"{issue.date:%B %Y}"
    title = f"{issue.publication.name} {issue.number}, {weekday} {issue.date.day} {month}"
    return [title, *(f"  {name:<10} {value}" for name, value in lines)]


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


def _of_format(email: Email) -> Iterator[tuple[str, str]]:
    """Yield what there is to know of one of several formats."""
    name = email.format.name.capitalize()
    size = "plain text alone"
    if email.html:
        size = f"{', '.join(_weight(email))} of what Gmail shows"
    yield name, f"{size}; {_length(email)}"
    if email.shortened:
        yield "", _shortened(email)


def _length(email: Email) -> str:
    count = word_count(email.text)
    return f"{count:,} words, {minutes(count)} min to read"


def _weight(email: Email) -> tuple[str, str]:
    """Return the size of the HTML, and which share that is of what Gmail shows."""
    size = len(email.html.encode())
    return f"{size:,} bytes", f"{size / GMAIL_CLIPS_AT:.0%}"


def _shortened(email: Email) -> str:
    """Return which pieces are teasers since they would not fit, the first of them by name."""
    items = {item.key: item for item in email.issue.items}
    titles = [clipped(items[key].title, _LONGEST_TITLE) for key in email.shortened]
    named = titles[:_MOST_NAMED]
    if len(titles) > len(named):
        named.append(f"and {len(titles) - len(named)} more")
    fits = len(email.html.encode()) <= email.format.most_bytes
    why = "so that it fits" if fits else "and it is still too large"
    are = "is a teaser" if len(titles) == 1 else "are teasers"
    return f"{len(titles)} of {len(items)} pieces {are}, {why}: {'; '.join(named)}"


def _pictures(pictures: Collection[File]) -> str:
    """Return the number of an email's own pictures, and what they weigh together."""
    weight = sum(len(picture.content) for picture in pictures)
    return f"{len(pictures)}, {-(-weight // _KILOBYTE):,} KB together"


def _files(emails: Sequence[Email], folder: Path) -> str:
    """Return the files of the leading format with their folder, and the folders of the others."""
    leading, *others = emails
    html = "email.html, " if leading.html else ""
    files = f"{relative_to_cwd(folder)}/{html}email.txt, email.eml"
    folders = [f"{email.further_format}/" for email in others]
    if folders:
        return f"{files}; the others in {', '.join(folders)}"
    return files


def word_count(text: str) -> int:
    """Return the number of words of a plain-text email, without addresses, the numbers of links,
    bullets and rules.
    """
    read = _NOT_READ.sub("", text)
    return sum(1 for word in words(read) if _HAS_LETTERS.search(word[0]))


def minutes(count: int) -> int:
    """Return the minutes that this number of words takes to read, at least 1."""
    return max(1, round(count / _WORDS_A_MINUTE))

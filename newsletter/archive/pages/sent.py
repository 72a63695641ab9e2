"""The emails of an issue as they were handed over: ``652/email/``, and ``652/email/headlines/``.

A page has the very bytes that a mailing service got, with the publication's own addresses for its
merge tags: no reader's name, and no link by which one could be unsubscribed. It can show styles and
pictures, and run nothing (Content Security Policy, level 3).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from newsletter.archive.archive import Archive
from newsletter.archive.issues.opened import opened
from newsletter.archive.nouns import PublishedIssue
from newsletter.archive.page import Page
from newsletter.archive.paths import PAGE
from newsletter.email.merge_tags import own_values
from newsletter.errors import ManifestError
from newsletter.files import MOST_KEPT, read_regular
from newsletter.services import names, profile_of
from newsletter.services.tagging import without_tags

_RECORD, _HTML, _TEXT = "record.json", "email.html", "email.txt"
_BEGINNING = re.compile(
    r"\s*(?:<!doctype\b[^<>]*>\s*)?(?:<html\b[^<>]*>\s*)?<head\b[^<>]*>", re.IGNORECASE
)
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_END = re.compile(r"</body>", re.IGNORECASE)


class Sent(NamedTuple):
    """An email of an issue as it was handed over."""

    folder: str
    """The name of its folder; empty of the leading format."""
    format: str
    """The name of its format; empty if the publication had no formats."""
    service: str
    """Whose merge tags are in it."""
    html: str
    """Empty if it is plain text alone."""
    text: str

    def path(self, issue: PublishedIssue) -> str:
        """Return the path of its page from the site's root."""
        below = f"{self.folder}/" if self.folder else ""
        return f"{issue.path}email/{below}"


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the emails of all issues that were handed over."""
    for issue in archive.issues:
        emails = sent_of(issue)
        for email in emails:
            yield _page(archive, issue, email, emails)


def sent_of(issue: PublishedIssue) -> tuple[Sent, ...]:
    """Return the emails of an issue that were handed over, that of the leading format first.

    One for a service that is not installed any more is left out: nobody knows its merge tags. Raise
    ManifestError if a file cannot be read.
    """
    folder = issue.folder.handed_over
    if not folder.is_dir():
        return ()
    further = sorted(record.parent.name for record in folder.glob(f"*/{_RECORD}"))
    found = [_sent(folder / name, name) for name in ("", *further)]
    return tuple(email for email in found if email)


def _sent(folder: Path, name: str) -> Sent | None:
    try:
        record = json.loads(read_regular(folder / _RECORD, MOST_KEPT))
        if record["state"] != "done" or record["tags"] not in names():
            return None
        html = _content(folder / _HTML)
        text = _content(folder / _TEXT)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, TypeError) as error:
        message = "What was handed over cannot be read."
        raise ManifestError.at(folder, None, message, "Restore it from git.") from error
    return Sent(name, record.get("of_format") or "", record["tags"], html, text)


def _content(file: Path) -> str:
    return read_regular(file, MOST_KEPT).decode() if file.exists() else ""


def _page(archive: Archive, issue: PublishedIssue, email: Sent, emails: tuple[Sent, ...]) -> Page:
    folder = email.path(issue)
    others = [(other.format, other.path(issue)) for other in emails if other != email]
    about = {"path": None, "issue": issue, "email": email, "others": others}

    def make() -> bytes:
        if not email.html:
            text = _filled(archive, issue, email, is_html=False)
            return archive.render("sent.html.j2", {**about, "text": text}).encode()

        html = _filled(archive, issue, email, is_html=True)
        head = archive.render("parts/sent_head.html.j2", about)
        note = archive.render("parts/sent_note.html.j2", about)
        return _with(html, head, note).encode()

    return archive.page(folder + PAGE, make, [issue], [repr(email), repr(others)])


def _filled(archive: Archive, issue: PublishedIssue, email: Sent, *, is_html: bool) -> str:
    values = own_values(opened(issue)) | {"web-version": archive.address(issue.path)}
    profile = profile_of(email.service)
    return without_tags(email.html if is_html else email.text, profile, values, is_html=is_html)


def _with(html: str, head: str, note: str) -> str:
    """Return the HTML of an email with more in its head, and a note above it."""
    beginning = _BEGINNING.match(html)
    if beginning:
        html = f"{beginning[0]}{head}{html[beginning.end() :]}"
    else:  # whatever there is before its head, or in place of it, could run scripts otherwise
        html = f"<head>{head}</head>{html}"
    html = _BODY.sub(lambda tag: f"{tag[0]}{note}<main>", html, count=1)
    return _END.sub(lambda tag: f"</main>{tag[0]}", html, count=1)

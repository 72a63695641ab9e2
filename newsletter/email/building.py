"""From an issue's folder to its email, and to the files that are made from it: all steps in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from newsletter.errors import NewsletterError
from newsletter.files import write_whole
from newsletter.galley import Galley
from newsletter.manifest import read_manuscript
from newsletter.message import to_message
from newsletter.model import Email, Issue
from newsletter.rendering import render
from newsletter.theme import Theme, compile_theme


def galley_of(folder: Path) -> Galley:
    """Return the issue in ``folder``, rendered, with all that checks need to know about it. Raises NewsletterError if
    the issue or its theme has a fault.
    """
    manuscript = read_manuscript(folder)
    theme = _theme(manuscript.issue, folder.resolve().parent.parent / "templates")
    today = datetime.now(ZoneInfo(manuscript.issue.publication.time_zone)).date()
    return Galley(manuscript, theme, render(manuscript.issue, theme), today)


def draft(folder: Path) -> Email:
    """Return the email of the issue in ``folder``, its merge tags still neutral. Raises NewsletterError."""
    return galley_of(folder).email


def draft_of(issue: Issue, templates: Path) -> Email:
    """Return the email of an issue, made with its theme from ``templates``, its merge tags still neutral. Raises
    ThemeError.
    """
    return render(issue, _theme(issue, templates))


def _theme(issue: Issue, templates: Path) -> Theme:
    return compile_theme(issue.publication.theme, templates, direction=issue.publication.direction)


FILES: dict[str, Callable[[Email], bytes]] = {
    "email.html": lambda email: email.html.encode(),
    "email.txt": lambda email: email.text.encode(),
    "email.eml": to_message,
}
"""The files of an email, by name, and how each is made from it."""


def email_files(email: Email) -> dict[str, bytes]:
    """Return the content of each file of an email, by name."""
    return {name: content(email) for name, content in FILES.items()}


def build_folder(folder: Path, email: Email) -> Path:
    """Return the folder for the files of ``email``, the issue in ``folder``: build/652/ next to issues/."""
    return folder.resolve().parent.parent / "build" / email.issue.number


def write_files(target: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` into the folder ``target``, all or none, whatever happens: it never has files of two builds.
    Raises NewsletterError if they cannot be written.
    """
    try:
        write_whole(target, files, as_one=True)
    except OSError as error:
        what = f"The email cannot be written here ({error.strerror})."
        hint = "Nothing was changed. Check the disk and its permissions."
        raise NewsletterError.at(target, None, what, hint) from error

"""An email as a mailing service gets it: its merge tags the service's own, and nothing else that looks like one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from newsletter.email.merge_tags import token
from newsletter.errors import HandoverError, ManifestError
from newsletter.manifest import read_manuscript
from newsletter.model import Email, Issue
from newsletter.services.language import CannotEscape, Delimiters
from newsletter.services.protocol import Outgoing, Profile
from newsletter.services.tagging import email_for, email_with_tags

_LONGEST_NAME = 100
"""Characters of a campaign's name (SendGrid's limit, the smallest)."""
_TEST = "[Test] "


def outgoing_of(
    email: Email, folder: Path, profile: Profile, audience: str, tags: Profile | None = None
) -> Outgoing:
    """Return the issue in ``folder`` on its way to a service's ``audience`` (an id), with the merge tags of ``tags``,
    if that is another service. ``email`` has neutral tags.

    Raise HandoverError if there is not exactly one link to unsubscribe in each part, or if a text has what the service
    would take for a merge tag.
    """
    _require_unsubscribing(email, folder)
    name, marker = _name(email.issue, "newsletter")
    tags = tags or profile
    return Outgoing(_written(email, folder, tags), name, marker, audience, _title(email, tags))


def test_of(email: Email, folder: Path, profile: Profile) -> Outgoing:
    """Return the same for a few people: name and subject say that it is a test, and there is no audience."""
    name, marker = _name(email.issue, "newsletter-test")
    tags = (
        profile
        if profile.fills_tests
        else replace(profile, merge_tags={}, text_tags={}, language=Delimiters())
    )
    marked = email.model_copy(update={"subject": _TEST + email.subject})
    return Outgoing(
        _written(marked, folder, tags), f"{_TEST}{name}", marker, "", _title(marked, tags)
    )


def _title(email: Email, tags: Profile) -> str:
    return email_with_tags(email, tags).subject


def _written(email: Email, folder: Path, tags: Profile) -> Email:
    try:
        return email_for(email, tags)
    except CannotEscape as error:
        place = _place(folder, error.word)
        message = f"'{error.word}' looks like a merge tag of {tags.title}, which has no way to write it as text."
        raise HandoverError.at(
            *place, message, "Write it in other words, or with spaces between the characters."
        ) from None


def _place(folder: Path, word: str) -> tuple[Path, int | None]:
    """Return the file and line where a word is written."""
    try:
        place = read_manuscript(folder).find(word)
    except ManifestError:  # saved with a mistake a moment ago
        place = None
    return (place.path, place.line) if place else (folder / "issue.yaml", None)


def _require_unsubscribing(email: Email, folder: Path) -> None:
    for part, content in (("HTML", email.html), ("plain text", email.text)):
        count = content.count(token("unsubscribe"))
        if count != 1:
            message = f"The {part} has {count or 'no'} unsubscribe {'link' if count < 2 else 'links'}; it must have one."
            hint = "Fix it in the theme; 'newsletter explain unsubscribe' says more."
            raise HandoverError.at(folder / "issue.yaml", None, message, hint)


def marker_of(publication: str, number: str, kind: str = "newsletter") -> str:
    """Return what marks the campaigns of an issue, whoever makes them, wherever and whenever."""
    return f"[{kind}:{number}:{hashlib.sha256(publication.encode()).hexdigest()[:8]}]"


def _name(issue: Issue, kind: str) -> tuple[str, str]:
    """Return the campaign's name, and the marker that it ends with."""
    name = issue.publication.name
    marker = marker_of(name, issue.number, kind)
    return (
        f"{f'{name} {issue.number}'[: _LONGEST_NAME - len(marker) - len(_TEST) - 1]} {marker}",
        marker,
    )

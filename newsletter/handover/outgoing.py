"""An email as a mailing service gets it: with its merge tags, and no other text like one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsletter.email.merge_tags import token
from newsletter.email.readdressing import with_addresses
from newsletter.errors import HandoverError
from newsletter.model import Email, Place
from newsletter.services.language import CannotEscape, Delimiters
from newsletter.services.protocol import Outgoing, Profile
from newsletter.services.tagging import email_for, email_with_tags

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley

_LONGEST_NAME = 100
"""Characters of a campaign's name (SendGrid's limit, the smallest)."""
_TEST = "[Test] "
_ISSUE_KIND = "newsletter"
_TEST_KIND = "newsletter-test"
_AS_SERVED: Mapping[str, str] = MappingProxyType({})
"""All files are at the publication's own addresses."""


def outgoing_of(
    galley: Galley,
    profile: Profile,
    audience: str,
    tags: Profile | None = None,
    kept: Mapping[str, str] = _AS_SERVED,
) -> Outgoing:
    """Return the issue on its way to a service's ``audience`` (an id).

    It has the merge tags of ``tags``, if that is another service. ``kept`` has the addresses of the
    files that the service itself keeps, by name. Raise HandoverError if there is not exactly one
    link to unsubscribe in each part, or if a text has what the service would take for a merge tag.
    """
    _require_unsubscribe_links(galley)
    name, marker = _name_and_marker(galley.email, _ISSUE_KIND)
    tags = tags or profile
    return Outgoing(
        email=_written(galley, with_addresses(galley.email, kept), tags),
        name=name,
        marker=marker,
        audience=audience,
        title=_title(galley.email, tags),
    )


def test_of(
    galley: Galley,
    profile: Profile,
    kept: Mapping[str, str] = _AS_SERVED,  # noqa: PT028 - it is no test of pytest
) -> Outgoing:
    """Return the same for a few people: name and subject say that it is a test, and of which format
    if that is not the leading one.

    There is no audience. Raise HandoverError if a text has what the service would take for a merge
    tag.
    """
    if not profile.fills_tests:
        profile = replace(
            profile,
            merge_tags={},
            text_tags={},
            language=Delimiters(),
        )

    name, marker = _name_and_marker(galley.email, _TEST_KIND)
    of_format = galley.email.further_format
    label = f"{_TEST}[{of_format}] " if of_format else _TEST
    subject = label + galley.email.subject
    email = with_addresses(galley.email, kept).model_copy(update={"subject": subject})
    return Outgoing(
        email=_written(galley, email, profile),
        name=_TEST + name,
        marker=marker,
        audience="",
        title=_title(email, profile),
    )


def marker_of(publication: str, number: str, format: str = "", kind: str = _ISSUE_KIND) -> str:
    """Return what marks the campaigns of an issue, whoever makes them, wherever and whenever.

    Those of its leading ``format``, or of its only one, are marked without a name of the format.
    Brackets are around it, so no marker is a part of another one.
    """
    digest = hashlib.sha256(publication.encode())
    publication_id = digest.hexdigest()[:8]
    of_format = f"/{format}" if format else ""
    return f"[{kind}:{number}{of_format}:{publication_id}]"


def _name_and_marker(email: Email, kind: str) -> tuple[str, str]:
    """Return the campaign's name, and the marker that it ends with."""
    issue = email.issue
    publication = issue.publication.name
    marker = marker_of(publication, issue.number, email.further_format, kind)
    title = f"{publication} {issue.number} {email.further_format}".rstrip()

    longest = _LONGEST_NAME - len(_TEST) - len(f" {marker}")
    shortened = title[:longest]
    return f"{shortened} {marker}", marker


def _title(email: Email, tags: Profile) -> str:
    """Return the subject as readers will see it."""
    return email_with_tags(email, tags).subject


def _written(galley: Galley, email: Email, tags: Profile) -> Email:
    """Return the ``email`` of a galley as a service needs it."""
    try:
        return email_for(email, tags)
    except CannotEscape as error:
        word = error.word

    place = galley.manuscript.find(word) or Place(galley.folder.manifest, None)
    message = (
        f"'{word}' looks like a merge tag of {tags.title}, which has no way to write it as text."
    )
    hint = "Write it in other words, or with spaces between the characters."
    raise HandoverError.at(place.path, place.line, message, hint)


def _require_unsubscribe_links(galley: Galley) -> None:
    """Raise HandoverError unless each part has one link with which a reader can unsubscribe."""
    parts = {"HTML": galley.email.html, "plain text": galley.email.text}
    if not galley.email.format.has_html:
        del parts["HTML"]
    for part, content in parts.items():
        count = content.count(token("unsubscribe"))
        if count == 1:
            continue

        links = "no unsubscribe link"
        if count:
            links = f"{count} unsubscribe links"
        message = f"The {part} has {links}; it must have one."
        hint = "Fix it in the theme; 'newsletter explain unsubscribe' says more."
        raise HandoverError.at(galley.folder.manifest, None, message, hint)

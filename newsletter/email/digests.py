"""Digests of emails: of what a reader gets, and of what an approval is about."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from newsletter.email.merge_tags import own_values
from newsletter.model import Email


def content_digest(email: Email) -> str:
    """Return the SHA-256, in hexadecimal digits, of what a reader gets: different for any other
    content.
    """
    return digest_of(email.subject, email.text, email.html)


def approved_digest(email: Email) -> str:
    """Return the SHA-256, in hexadecimal digits, of all that an approval is about: what readers get
    of an email with neutral merge tags, the values of these tags, the sender, and the address for
    replies.
    """
    publication = email.issue.publication
    return digest_of(
        email.subject,
        email.preheader,
        email.text,
        email.html,
        # A tag that has no value is in no email, and approvals from before it existed are valid.
        *filter(None, own_values(email.issue).values()),
        publication.sender,
        publication.reply_to or "",
    )


def issue_digest(emails: Sequence[Email]) -> str:
    """Return the SHA-256, in hexadecimal digits, of all that an approval is about in all formats of
    an issue: ``emails``, the leading one first.

    Names and order of the formats are a part of it. Without formats it is that of the only email.
    """
    leading = emails[0]
    if not leading.issue.publication.formats:
        return approved_digest(leading)

    parts: list[str] = []
    for email in emails:
        parts += [email.format.name, approved_digest(email)]
    return digest_of(*parts)


def digest_of(*texts: str) -> str:
    """Return the SHA-256, in hexadecimal digits, of texts in their order."""
    joined = "\0".join(texts)
    return hashlib.sha256(joined.encode()).hexdigest()

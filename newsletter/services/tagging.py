"""An email with the merge tags of one mailing service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from newsletter.email.merge_tags import fill, own_values, token
from newsletter.model import Email, MergeTagName
from newsletter.services.language import Delimiters
from newsletter.services.protocol import Capability, Profile


def email_for(email: Email, profile: Profile) -> Email:
    """Return the email as a service needs it: its own merge tags in it, and no other text that it would take for one.

    Where the service has no tag, the publication's own value is filled in. Raise CannotEscape if the service has no
    way to write a text that it gets.
    """
    html_tags = profile.merge_tags
    text_tags = {**profile.merge_tags, **profile.text_tags}
    language = profile.language
    email = _with_neutral_tags(email, profile)

    preheader = email.preheader
    if Capability.PREHEADER in profile.can:
        preheader = language.escape_text(preheader, text_tags)

    text = email.text
    if Capability.PLAIN_TEXT in profile.can:
        text = language.escape_text(text, text_tags)

    parts = {
        "subject": _with_tags(language.escape_text(email.subject, text_tags), text_tags),
        "preheader": _with_tags(preheader, text_tags),
        "html": _with_tags(language.escape_html(email.html, html_tags), html_tags),
        "text": _with_tags(text, text_tags),
    }
    return email.model_copy(update=parts)


def email_with_tags(email: Email, profile: Profile) -> Email:
    """Return the email to look at: with the service's merge tags, and all other text as readers will see it.

    Where the service has no tag, the publication's own value is filled in.
    """
    return email_for(email, replace(profile, language=Delimiters()))


def _with_neutral_tags(email: Email, profile: Profile) -> Email:
    """Return the email with the tokens of the tags that the service has; the others are filled in."""
    tokens = {name: Markup(token(name)) for name in profile.merge_tags}  # noqa: S704 - tokens, written by us
    return fill(email, own_values(email.issue) | tokens)


def _with_tags(text: str, tags: Mapping[MergeTagName, str]) -> str:
    """Return the text with the service's tags in place of the tokens."""
    for name, tag in tags.items():
        text = text.replace(token(name), tag)
    return text

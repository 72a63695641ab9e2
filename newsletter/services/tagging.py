"""An email with the merge tags of one mailing service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup, escape

from newsletter.email.merge_tags import fill, own_values, token
from newsletter.model import Email, MergeTagName
from newsletter.services.go_templates import GoTemplates
from newsletter.services.language import Delimiters
from newsletter.services.protocol import Capability, Profile


def email_for(email: Email, profile: Profile) -> Email:
    """Return the email with the service's merge tags, and no other text that it would take for one.

    Where the service has no tag, the publication's own value is filled in. Raise CannotEscape if
    the service has no way to write a text that it gets.
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
    """Return the email to look at: the service's merge tags, and all other text as readers see it.

    Where the service has no tag, the publication's own value is filled in.
    """
    without_language = replace(profile, language=Delimiters())
    return email_for(email, without_language)


def _with_neutral_tags(email: Email, profile: Profile) -> Email:
    """Return the email with tokens for the tags that the service has; the others are filled in."""
    values: dict[MergeTagName, str] = own_values(email.issue)
    for name in profile.merge_tags:
        values[name] = Markup(token(name))  # noqa: S704 - our own token, not an author's text
    return fill(email, values)


def _with_tags(text: str, tags: Mapping[MergeTagName, str]) -> str:
    """Return the text with the service's tags in place of the tokens."""
    for name, tag in tags.items():
        text = text.replace(token(name), tag)
    return text


def without_tags(
    text: str, profile: Profile, values: Mapping[MergeTagName, str], *, is_html: bool
) -> str:
    """Return a part of an email that was written for a service as readers see it, with ``values``
    in place of the service's merge tags.
    """
    tags = profile.merge_tags if is_html else {**profile.merge_tags, **profile.text_tags}
    for name, tag in sorted(tags.items(), key=lambda entry: len(entry[1]), reverse=True):
        text = text.replace(tag, token(name))

    if isinstance(profile.language, GoTemplates):  # all others leave a text as readers see it
        text = profile.language.as_read(text)
    for name, value in values.items():
        text = text.replace(token(name), str(escape(value)) if is_html else value)
    return text

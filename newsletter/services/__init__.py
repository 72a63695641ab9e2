"""Mailing services, one file each: what it can do, how it writes merge tags, and its API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, get_args

from markupsafe import Markup

from newsletter.email.merge_tags import fill, own_values, token
from newsletter.errors import NotAuthorised
from newsletter.model import Email, MergeTagName
from newsletter.model import Service as ServiceName
from newsletter.services.language import Openings
from newsletter.services.protocol import Capability, Profile, Service
from newsletter.services.settings import Settings

if TYPE_CHECKING:
    import httpx

NAMES: tuple[ServiceName, ...] = get_args(ServiceName)


def profile_of(service: str) -> Profile:
    """Return what is known of a service. Raise KeyError for an unknown one."""
    if service not in NAMES:
        raise KeyError(service)
    profile: Profile = import_module(f"newsletter.services.adapters.{service}").PROFILE
    return profile


def with_merge_tags() -> tuple[str, ...]:
    """Return the services that write merge tags in their own way."""
    return tuple(name for name in NAMES if merge_tags_of(name))


def merge_tags_of(service: str) -> Mapping[MergeTagName, str]:
    """Return the merge tags that the service has, as it writes them. Raise KeyError for an unknown service."""
    return profile_of(service).merge_tags


def written_for(email: Email, profile: Profile) -> Email:
    """Return the email as a service needs it: with its own merge tags, byte for byte, the publication's own values
    where it has no tag, and no other text that it could take for a tag. Raise Lookalike if it has no way to write a
    text that it gets.
    """
    in_html, in_text = profile.merge_tags, {**profile.merge_tags, **profile.text_tags}
    email = _own_values_put(email, profile)

    def plain(text: str, needed: Capability | None) -> str:
        is_read = needed is None or needed in profile.can
        return _put(profile.syntax.text(text, in_text) if is_read else text, in_text)

    return email.model_copy(
        update={
            "subject": plain(email.subject, None),
            "preheader": plain(email.preheader, Capability.PREHEADER),
            "html": _put(profile.syntax.html(email.html, in_html), in_html),
            "text": plain(email.text, Capability.PLAIN_TEXT),
        }
    )


def tagged(email: Email, profile: Profile) -> Email:
    """Return the email to look at: with the service's own merge tags, byte for byte, and the publication's own values
    where it has no tag. All other text is as readers will see it, not as the service would have to get it.
    """
    return written_for(email, replace(profile, syntax=Openings()))


def _own_values_put(email: Email, profile: Profile) -> Email:
    """Return the email with only the tags that the service has left in it, neutral."""
    neutral = {name: Markup(token(name)) for name in profile.merge_tags}  # noqa: S704 - tokens, written by us
    return fill(email, own_values(email.issue) | neutral)


def _put(text: str, tags: Mapping[MergeTagName, str]) -> str:
    for name, tag in tags.items():
        text = text.replace(token(name), tag)
    return text


def connect(
    service: str, settings: Settings, transport: httpx.BaseTransport | None = None
) -> Service:
    """Return an account of the service, without any request yet. Raise NotAuthorised if a setting is missing."""
    profile = profile_of(service)
    missing = [
        each.name for each in profile.settings if each.default is None and each.name not in settings
    ]
    if missing:
        hint = "Write NAME=value into the file .env beside issues/, or set it in the environment."
        hint += " 'newsletter services' says what each is."
        are = "is" if len(missing) == 1 else "are"
        raise NotAuthorised(profile.title, f"{' and '.join(missing)} {are} not set.", hint)
    defaults = {each.name: each.default for each in profile.settings}
    return profile.connect(Settings({**defaults, **settings}, settings.folder), transport)

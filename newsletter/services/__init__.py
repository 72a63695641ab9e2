"""Mailing services, one file each: what it can do, how it writes merge tags, and its API.

A service is a module in ``adapters/``, or one of a plug-in (entry points ``newsletter.services``).
Its name is the name that people type, and it has a ``PROFILE``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from newsletter.errors import NotAuthorised, ServiceError
from newsletter.manifest.did_you_mean import instead_of_word
from newsletter.model import Publication
from newsletter.plugins import found, own_names, require_own_names
from newsletter.services.installed import InstalledService
from newsletter.services.protocol import Profile, Service
from newsletter.services.settings import Settings
from newsletter.text.printable import printable

if TYPE_CHECKING:
    import httpx

_GROUP = "newsletter.services"
FOR_TESTS = "smtp"
"""The service that sends the tests of those that send none."""


def names() -> tuple[str, ...]:
    """Return the names of all services: first the default, then the others by alphabet.

    The default needs no account. Raise PluginError if a plug-in's service has a name that is taken.
    """
    own = own_names(_GROUP)
    require_own_names(_GROUP, taken=own)

    default = Publication.model_fields["service"].default
    others = {*own, *found(_GROUP)} - {default}
    return (default, *sorted(others))


def profile_of(service: str) -> Profile:
    """Return what is known of a service.

    Raise ServiceError for an unknown one, and PluginError if it is a plug-in's and cannot be used.
    """
    if service in own_names(_GROUP):
        module = import_module(f"newsletter.services.adapters.{service.replace('-', '_')}")
        profile: Profile = module.PROFILE
        return profile

    plugin = found(_GROUP).get(service)
    if plugin is None:
        message = "There is no mailing service of this name here."
        raise ServiceError(printable(service), message, instead_of_word(service, names()))

    profile_there = getattr(plugin.load(), "PROFILE", None)
    if not isinstance(profile_there, Profile):
        raise plugin.error("has no PROFILE")
    return profile_there


def with_merge_tags() -> tuple[str, ...]:
    """Return the names of the services that write merge tags in their own way."""
    named: list[str] = []
    for name in names():
        profile = profile_of(name)
        if profile.merge_tags:
            named.append(name)
    return tuple(named)


def connect(
    service: str, settings: Settings, transport: httpx.BaseTransport | None = None
) -> Service:
    """Return an account of the service, without any request yet.

    Raise NotAuthorised if a setting is missing. A plug-in's service raises PluginError for whatever
    it does not expect.
    """
    profile = profile_of(service)
    _require_settings(profile, settings)

    defaults = {setting.name: setting.default for setting in profile.settings}
    complete = Settings({**defaults, **settings}, settings.folder)
    if service in own_names(_GROUP):
        return profile.connect(complete, transport)

    plugin = found(_GROUP)[service]
    guarded = InstalledService(plugin, lambda: profile.connect(complete, transport))
    return cast("Service", guarded)


def _require_settings(profile: Profile, settings: Settings) -> None:
    required = [setting.name for setting in profile.settings if setting.default is None]
    missing = [name for name in required if name not in settings]
    if not missing:
        return

    are = "is" if len(missing) == 1 else "are"
    hint = "Write NAME=value into the file .env beside issues/, or set it in the environment."
    hint += " 'newsletter services' says what each is."
    raise NotAuthorised(profile.title, f"{' and '.join(missing)} {are} not set.", hint)

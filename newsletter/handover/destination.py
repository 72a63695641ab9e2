"""Where an issue goes: a service, an account of it, and an audience of that account."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.errors import HandoverError
from newsletter.model import Audience, Draft
from newsletter.services import connect, profile_of
from newsletter.services.protocol import Capability, Profile, Service
from newsletter.services.settings import Settings
from newsletter.text.printable import printable

if TYPE_CHECKING:
    import httpx

_MOST_NAMED = 10


@dataclass(frozen=True)
class Destination:
    """A service that was reached, and the audience that it will send to."""

    name: str
    profile: Profile
    service: Service
    account: str
    audience: Audience | None
    """None where the service has no audiences."""
    tags: str
    """Whose merge tags the email gets."""

    def can(self, capability: Capability) -> bool:
        """Return whether the service can do that."""
        return capability in self.profile.can


def connect_to(
    name: str,
    folder: Path,
    audience: str | None,
    tags: str | None = None,
    transport: httpx.BaseTransport | None = None,
    *,
    needs_audience: bool = True,
) -> Destination:
    """Connect to a service, with the settings of the newsletter that the issue in ``folder`` belongs to, and look up
    the account and the ``audience`` (an id). Change nothing there. ``tags`` names another service for merge tags.

    Raise ServiceError, and HandoverError if the audience does not exist: there is no default, for whoever forgot to
    choose one would reach somebody. Where nothing is made or sent, ``needs_audience`` can be False.
    """
    profile = profile_of(name)
    service = connect(name, Settings.from_environment(newsletter_folder(folder)), transport)
    account = service.account()
    has_audiences = needs_audience and Capability.AUDIENCES in profile.can
    chosen = _audience(name, profile, service, audience, folder) if has_audiences else None
    return Destination(name, profile, service, account, chosen, tags or name)


def is_account_of(destination: Destination, draft: Draft, marker: str) -> bool:
    """Return whether a draft is in the account that was reached: one of the same name or, since people rename accounts
    and may each have a login of their own, one that has the draft.
    """
    if draft.account == destination.account:
        return True
    if not draft.campaign or not destination.can(Capability.READ_BACK):
        return False
    held = destination.service.read(draft.campaign)
    return held is not None and marker in (held.name or "")


def newsletter_folder(folder: Path) -> Path:
    """Return the newsletter's folder, two above the issue's."""
    return folder.resolve().parent.parent


def _audience(
    name: str, profile: Profile, service: Service, wanted: str | None, folder: Path
) -> Audience:
    there = service.audiences()
    found = next((audience for audience in there if audience.id == wanted), None)
    if found:
        return found
    hint = f"Write its id after 'audience:' in publication.yaml, beside 'service: {name}', or give it with --audience;"
    hint += f" 'newsletter audiences {name}' lists them."
    if not there:
        message, hint = (
            f"{profile.title} has no audience to send to.",
            "'newsletter services' lists what it needs.",
        )
    elif wanted is None:
        message = f"No audience of {profile.title} is chosen for this issue."
    else:
        message = f"{profile.title} has no audience '{printable(wanted)}'; it has {_named(there, wanted)}."
    raise HandoverError.at(folder.parent / "publication.yaml", None, message, hint)


def _named(audiences: Sequence[Audience], wanted: str) -> str:
    """Return some of the audiences in words, first those that the editor may have meant."""
    ids = [audience.id for audience in audiences]
    near = difflib.get_close_matches(wanted, ids, n=3)
    first = sorted(
        audiences, key=lambda audience: audience.id not in near and audience.name != wanted
    )[:_MOST_NAMED]
    return (
        ", ".join(f"'{printable(audience.id)}' ({printable(audience.name)})" for audience in first)
        or "none"
    )

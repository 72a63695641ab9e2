"""Where an issue goes: a service, an account of it, and an audience of that account."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsletter.errors import HandoverError
from newsletter.manifest import Project, line_of_format
from newsletter.model import Audience, Draft, Format
from newsletter.model.formats import TEASERS
from newsletter.problem import Problem
from newsletter.services import connect, profile_of
from newsletter.services.protocol import Capability, Profile, Service
from newsletter.services.settings import Settings
from newsletter.text.printable import printable

if TYPE_CHECKING:
    import httpx

_MOST_NAMED = 10
"""Audiences that a message names."""
_MOST_SIMILAR = 3


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
    """The service whose merge tags the email gets."""
    transport: httpx.BaseTransport | None = None
    """How it is reached, and the web with it; None for httpx's own way."""
    format: Format = TEASERS
    """The format of the issue that these readers get."""
    audiences: tuple[Audience, ...] = ()
    """All audiences of the account; none where the service has none, or nobody asked for them."""

    @property
    def title(self) -> str:
        """The service's name, as it writes it."""
        return self.profile.title

    @property
    def audience_id(self) -> str:
        """The id of the audience; empty where the service has no audiences."""
        return self.audience.id if self.audience else ""

    def can(self, capability: Capability) -> bool:
        """Return whether the service can do that."""
        return capability in self.profile.can

    def is_account_of(self, draft: Draft, marker: str) -> bool:
        """Return whether a draft is in the account that was reached.

        That is an account of the same name or, since people rename accounts and may each have a
        login of their own, one that has the draft with the ``marker``.
        """
        if draft.account == self.account:
            return True

        can_read = self.can(Capability.READ_BACK)
        if not can_read or not draft.campaign:
            return False

        campaign = self.service.read(draft.campaign)
        if campaign is None or campaign.name is None:
            return False
        return marker in campaign.name


def connect_to(
    name: str,
    project: Project,
    audience: str | None,
    tags: str | None = None,
    transport: httpx.BaseTransport | None = None,
    *,
    needs_audience: bool = True,
) -> Destination:
    """Connect to a service for the only format of an issue, which goes to an ``audience`` (an id).

    All else is as in ``connect_formats``.
    """
    only = TEASERS.model_copy(update={"audience": audience})
    (destination,) = connect_formats(
        name, project, [only], tags, transport, needs_audience=needs_audience
    )
    return destination


def connect_formats(
    name: str,
    project: Project,
    formats: Sequence[Format],
    tags: str | None = None,
    transport: httpx.BaseTransport | None = None,
    *,
    needs_audience: bool = True,
) -> tuple[Destination, ...]:
    """Connect to a service with the settings of a newsletter, and look up account and audiences.

    Return a destination for each of the ``formats``, in their order. ``tags`` names another service
    for merge tags. Nothing is changed there.

    Raise ServiceError, and HandoverError if an audience does not exist: there is no default, for
    whoever forgot to choose one would reach somebody. Where nothing is made or sent,
    ``needs_audience`` can be False.
    """
    profile = profile_of(name)
    service = connect(name, Settings.from_environment(project.root), transport)
    account = service.account()

    there = Destination(name, profile, service, account, None, tags or name, transport)
    if not needs_audience or Capability.AUDIENCES not in profile.can:
        return tuple(replace(there, format=format) for format in formats)

    there = replace(there, audiences=tuple(service.audiences()))
    destinations = [_to_readers_of(format, there) for format in formats]
    problems = [_no_audience(each, project) for each in destinations if each.audience is None]
    if problems:
        raise HandoverError(problems)
    return tuple(destinations)


def _to_readers_of(format: Format, there: Destination) -> Destination:
    """Return the destination of a format, with its audience if there is one."""
    audience = next((each for each in there.audiences if each.id == format.audience), None)
    return replace(there, format=format, audience=audience)


def _no_audience(destination: Destination, project: Project) -> Problem:
    """Return what is wrong if the audience of a format was not chosen, or does not exist."""
    name, title = destination.name, destination.title
    if not destination.audiences:
        message = f"{title} has no audience to send to."
        hint = "'newsletter services' lists what it needs."
        return Problem(project.publication, None, message, hint)

    format, chosen = destination.format, destination.format.audience
    line = line_of_format(project.publication, format.name, "audience")
    of_format = f" for the format '{format.name}'" if line else ""
    option = f"--format {format.name} --audience" if line else "--audience"
    if chosen is None:
        message = f"No audience of {title} is chosen{of_format or ' for this issue'}."
    else:
        others = _in_words(destination.audiences, chosen)
        message = f"{title} has no audience '{printable(chosen)}'{of_format}; it has {others}."
    hint = (
        f"Write its id after 'audience:' in publication.yaml, beside 'service: {name}',"
        f" or give it with {option}; 'newsletter audiences {name}' lists them."
    )
    return Problem(project.publication, line, message, hint)


def _in_words(audiences: Sequence[Audience], chosen: str) -> str:
    """Return some of the audiences in words, first those that the editor may have meant."""
    ids = [audience.id for audience in audiences]
    similar = difflib.get_close_matches(chosen, ids, n=_MOST_SIMILAR)

    likely: list[Audience] = []
    others: list[Audience] = []
    for audience in audiences:
        is_likely = audience.id in similar or audience.name == chosen
        (likely if is_likely else others).append(audience)

    named = [*likely, *others][:_MOST_NAMED]
    return ", ".join(
        f"'{printable(audience.id)}' ({printable(audience.name)})" for audience in named
    )

"""Where what a service holds differs from what it was given."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping

from newsletter.model import Draft
from newsletter.services.protocol import Campaign, Outgoing, Profile, Status
from newsletter.text.printable import printable

_MOST_LINES = 8
"""Changed lines reported for each part."""
_LONGEST = 160
_AROUND = 30
"""Characters shown before the place where two lines begin to differ."""


def differences(outgoing: Outgoing, campaign: Campaign, profile: Profile) -> tuple[str, ...]:
    """Return everything that differs, a line each; nothing where the service does not say, or is known to add it."""
    name, address = outgoing.sender
    short = (
        ("name", outgoing.name, campaign.name),
        ("audience", (outgoing.audience,) if outgoing.audience else (), campaign.audiences),
        ("subject", outgoing.subject, campaign.subject),
        ("preheader", outgoing.preheader, campaign.preheader),
        ("sender's name", name, campaign.sender_name),
        ("sender's address", address, campaign.sender_address),
        ("address for answers", outgoing.reply_to, campaign.reply_to),
        *(
            (name, profile.expects.get(name, held), held)
            for name, held in campaign.settings.items()
        ),
    )
    found = [
        _difference(name, given, held)
        for name, given, held in short
        if held is not None and held != given
    ]
    if campaign.status == Status.DRAFT and campaign.scheduled:
        found.append(f"time: given none, but it holds {campaign.scheduled:%Y-%m-%d %H:%M %Z}")
    for part, given, held in (
        ("HTML", outgoing.html, campaign.html),
        ("plain text", outgoing.text, campaign.text),
    ):
        if held is not None:
            found += _changed_lines(part, given, without(held, profile.adds))
    return tuple(found)


def additions(campaign: Campaign, adds: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the service has added, in words."""
    content = f"{campaign.html or ''}\n{campaign.text or ''}"
    return tuple(name for pattern, name in adds.items() if re.search(pattern, content))


def without(content: str, adds: Mapping[str, str]) -> str:
    """Return a part of the email without what the service is known to add, its lines ended as ours are."""
    content = content.replace("\r\n", "\n")
    for pattern in adds:
        content = re.sub(pattern, "", content)
    return content


def changes(draft: Draft, campaign: Campaign) -> tuple[str, ...]:
    """Return what somebody has changed in the service since the issue was handed over, a line each."""
    before, now = draft.held or {}, held_in(campaign)
    changed = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    return tuple(_change(name, before.get(name, ""), now.get(name, "")) for name in changed)


def held_in(campaign: Campaign) -> dict[str, str]:
    """Return all that a reader would get, who the readers are, and the campaign's name, as far as the service says;
    what may be long as SHA-256. Any change in the service shows here.
    """
    short = {
        "name": campaign.name,
        "audience": None if campaign.audiences is None else ", ".join(campaign.audiences),
        "subject": campaign.subject,
        "preheader": campaign.preheader,
        "sender's name": campaign.sender_name,
        "sender's address": campaign.sender_address,
        "address for answers": campaign.reply_to,
        **campaign.settings,
    }
    parts = {"HTML": campaign.html, "plain text": campaign.text}
    sealed = {
        name: hashlib.sha256(part.encode()).hexdigest()
        for name, part in parts.items()
        if part is not None
    }
    return {name: value for name, value in short.items() if value is not None} | sealed


def _change(name: str, before: str, now: str) -> str:
    is_sealed = name in ("HTML", "plain text")
    return (
        f"{name}: changed" if is_sealed else f"{name}: was {_words(before)}, is now {_words(now)}"
    )


def _difference(name: str, given: str | tuple[str, ...], held: str | tuple[str, ...]) -> str:
    return f"{name}: given {_words(given)}, but it holds {_words(held)}"


def _words(value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else ", ".join(value)
    return f"'{printable(text, _LONGEST)}'" if text else "none"


def _changed_lines(part: str, given: str, held: str) -> Iterator[str]:
    if given.rstrip("\n") == held.rstrip("\n"):
        return
    ours, theirs = given.rstrip("\n").split("\n"), held.rstrip("\n").split("\n")
    changes = [
        change
        for change in difflib.SequenceMatcher(None, ours, theirs, False).get_opcodes()
        if change[0] != "equal"
    ]
    for _, start, end, held_start, held_end in changes[:_MOST_LINES]:
        before, after = _where_they_part(
            "\n".join(ours[start:end]), "\n".join(theirs[held_start:held_end])
        )
        yield f"{part}, line {start + 1}: given {before}, but it holds {after}"
    if len(changes) > _MOST_LINES:
        yield f"{part}: {len(changes) - _MOST_LINES} more places differ"


def _where_they_part(ours: str, theirs: str) -> tuple[str, str]:
    """Return both, from a little before the first character that differs."""
    pairs = enumerate(zip(ours, theirs, strict=False))
    first = next((at for at, (a, b) in pairs if a != b), min(len(ours), len(theirs)))
    start = max(0, first - _AROUND)
    return _words(ours[start : first + _LONGEST]), _words(theirs[start : first + _LONGEST])

"""Where a service has something else than it was sent, or than it had before."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

from newsletter.model import Draft
from newsletter.services.protocol import Campaign, Outgoing, Profile, Status
from newsletter.text.printable import printable

Value = str | tuple[str, ...]
_HTML, _TEXT = "HTML", "plain text"
_MOST_LINES = 8
"""Changed lines reported for each part."""
_LONGEST = 160
"""Characters shown of a value."""
_CONTEXT = 30
"""Characters shown before the place where two lines begin to differ."""


def differences(outgoing: Outgoing, campaign: Campaign, profile: Profile) -> tuple[str, ...]:
    """Return where a campaign differs from what was sent, a line each.

    There is nothing where the service does not say, or is known to add something.
    """
    expected = _sent(outgoing, campaign, profile)
    lines: list[str] = []
    for name, value in _short_fields(campaign).items():
        if value != expected[name]:
            given = _quoted(expected[name])
            current = _quoted(value)
            lines.append(f"{name}: given {given}, but it holds {current}")

    if campaign.status == Status.DRAFT and campaign.scheduled:
        time = f"{campaign.scheduled:%Y-%m-%d %H:%M %Z}"
        lines.append(f"time: given none, but it holds {time}")

    if campaign.html is not None:
        html = without(campaign.html, profile.adds)
        lines += _changed_lines(_HTML, outgoing.html, html)
    if campaign.text is not None:
        text = without(campaign.text, profile.adds)
        lines += _changed_lines(_TEXT, outgoing.text, text)
    return tuple(lines)


def additions(campaign: Campaign, adds: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the service has added, in words.

    ``adds`` has a regular expression for each thing that it is known to add.
    """
    parts = (campaign.html or "", campaign.text or "")
    content = "\n".join(parts)
    found: list[str] = []
    for pattern, words in adds.items():
        if re.search(pattern, content):
            found.append(words)
    return tuple(found)


def without(content: str, adds: Mapping[str, str]) -> str:
    """Return a part of the email without what the service adds, its lines ended as ours are."""
    content = content.replace("\r\n", "\n")
    for pattern in adds:
        content = re.sub(pattern, "", content)
    return content


def changes(draft: Draft, campaign: Campaign) -> tuple[str, ...]:
    """Return what somebody has changed in the service since the issue was handed over."""
    before = draft.read_back or {}
    now = fields_of(campaign)
    names = dict.fromkeys((*before, *now))
    lines: list[str] = []
    for name in names:
        if before.get(name) != now.get(name):
            change = _change(name, before.get(name, ""), now.get(name, ""))
            lines.append(change)
    return tuple(lines)


def fields_of(campaign: Campaign) -> dict[str, str]:
    """Return all that a reader would get, who the readers are, and the campaign's name.

    That is as far as the service says; what may be long is a SHA-256. Any change in the service
    shows here.
    """
    fields: dict[str, str] = {}
    for name, value in _short_fields(campaign).items():
        fields[name] = _joined(value)
    if campaign.html is not None:
        fields[_HTML] = _digest(campaign.html)
    if campaign.text is not None:
        fields[_TEXT] = _digest(campaign.text)
    return fields


def _digest(text: str) -> str:
    content = text.encode()
    return hashlib.sha256(content).hexdigest()


def _short_fields(campaign: Campaign) -> dict[str, Value]:
    """Return the fields of a campaign that are not long, as far as the service says."""
    fields: dict[str, Value | None] = {
        "name": campaign.name,
        "audience": campaign.audiences,
        "subject": campaign.subject,
        "preheader": campaign.preheader,
        "sender's name": campaign.sender_name,
        "sender's address": campaign.sender_address,
        "address for answers": campaign.reply_to,
        "pictures": campaign.files,
        **campaign.settings,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _sent(outgoing: Outgoing, campaign: Campaign, profile: Profile) -> dict[str, Value]:
    """Return what the same fields of a campaign must be."""
    sender_name, sender_address = outgoing.sender
    settings = profile.expected(outgoing)
    return {
        "name": outgoing.name,
        "audience": (outgoing.audience,) if outgoing.audience else (),
        "subject": outgoing.subject,
        "preheader": outgoing.preheader,
        "sender's name": sender_name,
        "sender's address": sender_address,
        "address for answers": outgoing.reply_to,
        "pictures": outgoing.files,
        # A setting of which nothing is expected may be anything.
        **campaign.settings,
        **{name: value for name, value in settings.items() if name in campaign.settings},
    }


def _change(name: str, before: str, now: str) -> str:
    if name in (_HTML, _TEXT):
        return f"{name}: changed"

    was = _quoted(before)
    is_now = _quoted(now)
    return f"{name}: was {was}, is now {is_now}"


def _joined(value: Value) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(value)


def _quoted(value: Value) -> str:
    text = _joined(value)
    if not text:
        return "none"
    return f"'{printable(text, _LONGEST)}'"


def _changed_lines(part: str, expected: str, current: str) -> Iterator[str]:
    """Yield a line for each place where a part of the email differs, and where that begins."""
    ours = _lines(expected)
    theirs = _lines(current)
    if ours == theirs:
        return

    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    changed = [opcode for opcode in matcher.get_opcodes() if opcode[0] != "equal"]
    for _, start, end, their_start, their_end in changed[:_MOST_LINES]:
        our_lines = "\n".join(ours[start:end])
        their_lines = "\n".join(theirs[their_start:their_end])
        before, after = _from_first_difference(our_lines, their_lines)
        yield f"{part}, line {start + 1}: given {before}, but it holds {after}"

    more = len(changed) - _MOST_LINES
    if more > 0:
        yield f"{part}: {more} more places differ"


def first_difference(ours: Sequence[object], theirs: Sequence[object]) -> int:
    """Return the position of the first character, or line, that differs."""
    pairs = zip(ours, theirs, strict=False)
    for position, (our, their) in enumerate(pairs):
        if our != their:
            return position
    return min(len(ours), len(theirs))


def _lines(part: str) -> list[str]:
    return part.rstrip("\n").split("\n")


def _from_first_difference(ours: str, theirs: str) -> tuple[str, str]:
    """Return both in quotes, from a little before the first character that differs."""
    first = first_difference(ours, theirs)
    start = max(0, first - _CONTEXT)
    end = first + _LONGEST
    return _quoted(ours[start:end]), _quoted(theirs[start:end])

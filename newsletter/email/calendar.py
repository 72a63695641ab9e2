"""Turn each event of an issue into a file that readers add to their own calendar (RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from newsletter.email.typesetting import breakable, line_in_type
from newsletter.model import Event, File, Issue
from newsletter.model.addresses import page_of, served_address
from newsletter.model.fields import mailbox

_MEDIA_TYPE = "text/calendar; charset=utf-8"
_LONGEST_LINE = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""
_LINE_END = "\r\n"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
"""How a text writes the characters that mean something in a property (RFC 5545, 3.3.11)."""


class _Property(NamedTuple):
    name: str
    value: str


def calendars(issue: Issue) -> dict[str, File]:
    """Return the calendar file of each event of an issue, by the event's key.

    There is none if the publication has none.
    """
    if not issue.publication.calendars:
        return {}
    return {item.key: _file(issue, item) for item in issue.items if isinstance(item, Event)}


def calendar_of(events: Sequence[tuple[Issue, Event]], name: str = "") -> bytes:
    """Return a calendar file with at least one event, each with the issue that it is in.

    Of an event that is in several issues, the last one says how it is. ``name`` is what a program
    calls the calendar of somebody who subscribes to it (RFC 7986, 5.1, and what came before it).
    """
    publication = events[-1][0].publication
    properties = [
        _Property("BEGIN", "VCALENDAR"),
        _Property("VERSION", "2.0"),
        _Property("PRODID", f"-//{_text(publication.name)}//newsletter//EN"),
    ]
    if name:
        properties += [_Property("NAME", _text(name)), _Property("X-WR-CALNAME", _text(name))]
    by_id = {_id(issue, event): (issue, event) for issue, event in events}
    for issue, event in by_id.values():
        properties += _properties(issue, event)
    properties.append(_Property("END", "VCALENDAR"))

    lines = [f"{name}:{value}" for name, value in properties]
    return "".join(_folded(line) + _LINE_END for line in lines).encode()


def _file(issue: Issue, event: Event) -> File:
    content = calendar_of([(issue, event)])
    name = f"{event.key}-{_digest(content)[:8]}.ics"
    address = served_address(issue, name)
    return File(name=name, address=address, media_type=_MEDIA_TYPE, content=content, source="")


def _properties(issue: Issue, event: Event) -> list[_Property]:
    """Return the properties of an event, in the order of RFC 5545, 3.6.

    An event without an end has none here either: each calendar shows it as it shows those. The
    address is in the description too, because many calendars show no URL.
    """
    zone = ZoneInfo(issue.publication.time_zone)
    page = page_of(issue, event)
    properties = [
        _Property("BEGIN", "VEVENT"),
        _Property("UID", _id(issue, event)),
        _Property("DTSTAMP", _in_utc(issue.published)),
        _Property("DTSTART", _in_utc(event.starts.replace(tzinfo=zone))),
    ]
    if event.ends:
        properties.append(_Property("DTEND", _in_utc(event.ends.replace(tzinfo=zone))))
    return [
        *properties,
        _Property("SUMMARY", _text(_in_type(event.title, issue))),
        _Property("LOCATION", _text(_in_type(event.place, issue))),
        _Property("DESCRIPTION", _text(page)),
        _Property("URL", page),
        _Property("END", "VEVENT"),
    ]


def _id(issue: Issue, event: Event) -> str:
    """Return the id of an event: the same in the next issue, where a calendar finds it again."""
    _, sender = mailbox(issue.publication.sender)
    _, _, host = sender.rpartition("@")
    what_and_when = f"{event.title}\0{event.starts.isoformat()}"
    return f"{_digest(what_and_when.encode())[:20]}@{host}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _in_type(line: str, issue: Issue) -> str:
    """Return a line as the email shows it, but for spaces that do not break."""
    return breakable(line_in_type(line, issue.publication))


def _in_utc(moment: datetime) -> str:
    """Return a moment as 20120420T173000Z."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return text.translate(_ESCAPED)


def _folded(line: str) -> str:
    """Return a line in lines that are short enough, all but the first after a space (RFC 5545,
    3.1).

    No character is divided.
    """
    folded: list[str] = []
    part = ""
    for character in line:
        if len((part + character).encode()) > _LONGEST_LINE:
            folded.append(part)
            part = " "
        part += character
    return _LINE_END.join([*folded, part])

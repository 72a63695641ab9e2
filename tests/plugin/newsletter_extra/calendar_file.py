"""Events out of a calendar file, such as an invitation (iCalendar, RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from newsletter.importers import Context, Fit, Found, Original, Piece, unreadable
from newsletter.importers.composing import piece_of

TITLE = "calendar file (.ics)"
_BEGINNING = b"BEGIN:VCALENDAR"
_MOST_BYTES = 1_000_000
_FOLD = re.compile(r"\r?\n[ \t]")
_EVENT = re.compile(r"^BEGIN:VEVENT\r?\n(.*?)^END:VEVENT", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^([A-Z-]+)((?:;[^:\r\n]*)?):([^\r\n]*)", re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")
_FIELDS = {"SUMMARY": "title", "LOCATION": "place"}
_MOMENTS = {"DTSTART": "starts", "DTEND": "ends"}


def fit(original: Original) -> Fit:
    """Return YES for what begins as a calendar does, whatever its name is."""
    return Fit.YES if original.content.startswith(_BEGINNING) else Fit.NO


def read(original: Original, context: Context) -> Iterator[Piece]:
    """Yield a piece for each event."""
    if len(original.content) > _MOST_BYTES:
        message = f"This calendar is larger than {_MOST_BYTES:,} bytes."
        raise unreadable(original, message, "Send the event alone.")

    text = original.content.decode("utf-8", "replace")
    for event in _EVENT.findall(_FOLD.sub("", text)):
        yield _piece(event, context)


def _piece(event: str, context: Context) -> Piece:
    lines = {name: (options, value) for name, options, value in _LINE.findall(event)}
    known = {"kind": Found("event", "a calendar has events")}
    known |= _texts(lines) | _moments(lines, context.publication.time_zone)

    _, description = lines.get("DESCRIPTION", ("", ""))
    return piece_of(_unescaped(description), context.publication, known)


def _texts(lines: Mapping[str, tuple[str, str]]) -> dict[str, Found]:
    return {
        field: Found(_unescaped(lines[name][1]), name)
        for name, field in _FIELDS.items()
        if name in lines
    }


def _moments(lines: Mapping[str, tuple[str, str]], time_zone: str) -> dict[str, Found]:
    """Return the hours on the publication's clock; those on another clock are missing."""
    found: dict[str, Found] = {}
    for name, field in _MOMENTS.items():
        options, value = lines.get(name, ("", ""))
        if options not in ("", f";TZID={time_zone}"):
            continue

        try:
            moment = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")
        except ValueError:  # a day without an hour
            continue
        if value.endswith("Z"):
            moment = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(time_zone))
        found[field] = Found(f"{moment:%Y-%m-%d %H:%M}", name)
    return found


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)

"""How values are written in a request: times, names with passwords, the parts of a form."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import NamedTuple


class Part(NamedTuple):
    """A part of a form (RFC 7578). One without a name is text, not a file."""

    name: str | None
    content: bytes
    media_type: str


def utc_time(at: datetime) -> str:
    """Return a time in UTC, to the second: ``2026-11-30T17:00:00Z`` (RFC 3339, 5.6)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def basic_login(user: str, password: str) -> str:
    """Return a name and a password as the header Authorization has them (RFC 7617, 2)."""
    login = f"{user}:{password}"
    return base64.b64encode(login.encode()).decode()

"""Files that a service keeps, and serves to readers: which one it is, and where they get it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

from newsletter.errors import Refused, Unsupported
from newsletter.text.addresses import web_address
from newsletter.text.printable import printable

_EXPIRES = re.compile(r"[?&](?:X-Amz-|X-Goog-)?(?:Expires|Signature)=", re.IGNORECASE)
"""A signed address, which some stores make; it is no longer valid after some days."""


class KeptFile(NamedTuple):
    """A file at a service."""

    name: str
    created: datetime
    """When it was uploaded, with its time zone."""
    address: str


def addresses_of(names: Iterable[str], files: Iterable[KeptFile]) -> dict[str, str]:
    """Return the addresses of those ``files`` that have one of these names, by name.

    Of two with one name the older one counts, for everybody who asks.
    """
    wanted = set(names)
    same = [file for file in files if file.name in wanted]
    newest_first = sorted(same, key=_age, reverse=True)
    return {file.name: file.address for file in newest_first}


def _age(file: KeptFile) -> tuple[datetime, str]:
    return file.created, file.address


def keeps_no_files(title: str) -> Unsupported:
    """Return the error of a service that keeps no files. ``title`` is the service's."""
    hint = "They must be at the address that 'pictures:' in publication.yaml names."
    return Unsupported(title, "It keeps no pictures.", hint)


def require_for_readers(address: str, title: str) -> None:
    """Raise Refused unless readers everywhere can open an address that a service gave, for years.

    ``title`` is the service's.
    """
    if fault := fault_for_readers(address):
        message = f"It serves files at {printable(address)}, {fault}."
        hint = "Set the public address of its files there (https://…), and run the command again."
        raise Refused(title, message, hint)


def fault_for_readers(address: str) -> str:
    """Return why readers cannot open an address, to follow it in a sentence; empty if they can."""
    try:
        parts = urlsplit(web_address(address))
    except (PydanticCustomError, ValueError):
        return "which is not a web address"

    host = parts.hostname or ""
    if not _is_public(host):
        return "a place that only its own network can reach"
    if parts.scheme != "https":
        return "which is not encrypted"
    if parts.username is not None:
        return "which has a name or a password in it"
    if _EXPIRES.search(address):
        return "an address that expires"
    return ""


def _is_public(host: str) -> bool:
    """Return whether a host can be reached from everywhere, as far as its name says."""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal"))

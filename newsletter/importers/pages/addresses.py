"""Parts of web addresses, whatever somebody has written for one."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit


def host_of(address: str) -> str:
    """Return the host of a web address without its 'www.'; empty if it has none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def file_name_of(address: str) -> str:
    """Return the name of the file at an address, absolute or not; empty if it has none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme == "data":
        return ""
    return PurePosixPath(unquote(parts.path).replace("\\", "/")).name


def completed(address: str, base: str) -> str:
    """Return an address that may be relative to another one in full."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address.strip()

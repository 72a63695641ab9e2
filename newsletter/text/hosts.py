"""Names of hosts, such as www.bionews.org.uk: which can exist, and how they are written in
ASCII.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address

_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
"""As in RFC 1123, 2.1. It allows no underscore, but hosts with one exist."""
_LONGEST = 253
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)", re.IGNORECASE)
_SLIPS = re.compile(r"\.*,+\.*|\.{2,}")


def host_of(address: str) -> re.Match[str] | None:
    """Return the match of a web address up to the end of its host (group 1); None if it is not a
    web address.
    """
    return _HOST.match(address)


def in_ascii(host: str) -> str:
    """Return the host in ASCII, by IDNA 2008. Raise ValueError for one that cannot exist."""
    if host.startswith("["):
        IPv6Address(host[1:-1])
        return host
    if not host.isascii():
        import idna

        mapped = idna.uts46_remap(host, std3_rules=False)
        host = ".".join(_label_in_ascii(label) for label in mapped.split("."))

    labels = host.removesuffix(".").split(".")
    if len(host) > _LONGEST or not all(map(_LABEL.fullmatch, labels)):
        raise ValueError(host)
    return host


def _label_in_ascii(label: str) -> str:
    import idna

    if label.isascii():
        return label
    return idna.alabel(label).decode()


def can_exist(host: str) -> bool:
    """Return whether a host with this name can exist."""
    try:
        in_ascii(host)
    except ValueError:
        return False
    return True


def without_slips(address: str) -> str | None:
    """Return a web address with one dot for each comma or row of dots in its host; None if that
    does not fix it.
    """
    match = host_of(address)
    if not match:
        return None

    host = _SLIPS.sub(".", match[1])
    if not can_exist(host):
        return None
    return address[: match.start(1)] + host + address[match.end(1) :]

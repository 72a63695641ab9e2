"""Where a host is on the public internet: never a computer within the editor's own network."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 addresses as networks that have IPv6 alone write them (RFC 6052, 2.1)."""


class NotPublic(Exception):
    """A host that is within the editor's own network, or in none."""


def public_addresses(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host, as the name server gives them at this moment.

    Raise NotPublic if only one of them is not public: a name that leads to both would be a trick.
    Raise OSError if the host has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))
    for address in addresses:
        require_public(address)
    return addresses


def require_public(address: str) -> None:
    """Raise NotPublic for an IP address that is not one of the public internet."""
    without_zone = address.partition("%")[0]
    ip = _within(ip_address(without_zone))
    if not ip.is_global or ip.is_multicast or ip.is_reserved:
        raise NotPublic(address)


def _within(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address leads to, if it is only a way to one."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)

    teredo = ip.teredo and ip.teredo[1]
    return ip.ipv4_mapped or ip.sixtofour or teredo or ip

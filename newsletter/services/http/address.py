"""Where an API is, and whether credentials may be sent there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING

from newsletter.errors import NotAuthorised, Refused
from newsletter.services.http.retries import retry_after
from newsletter.services.redaction import redact

if TYPE_CHECKING:
    import httpx

_HOST_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """Where an API is, and the credentials that it needs."""

    service: str
    """The service's title, for messages."""
    base: str
    """The web address that all paths start from."""
    headers: Mapping[str, str] = field(repr=False)
    """Sent with each request: credentials, and the version of the API."""
    secrets: tuple[str, ...] = field(repr=False)
    """What must never be shown, even if the service repeats it."""
    wait: Callable[[httpx.Response], float | None] = retry_after
    """Returns the seconds that a 429 asks to wait; None if it does not say."""

    @property
    def url(self) -> httpx.URL:
        """Return the base as it is read when a request is sent; empty if it cannot be read."""
        import httpx

        try:
            return httpx.URL(self.base)
        except httpx.InvalidURL:
            return httpx.URL()

    def is_local(self) -> bool:
        """Return whether the API is on this computer."""
        return is_this_computer(self.url.host)

    def redact(self, words: str) -> str:
        """Return words of the service or the system as a message can show them, without secrets."""
        return redact(words, self.secrets)

    def require_usable(self) -> None:
        """Raise Refused where credentials would travel unprotected.

        Raise NotAuthorised if the credentials cannot be sent at all.
        """
        if not self._is_plain() or not self._is_protected():
            message = "Credentials cannot be sent to the address that is set for it."
            hint = "Write one such as https://lists.example.org,"
            hint += " without a name, a password, a ? or a #."
            raise Refused(self.service, message, hint)

        for value in self.headers.values():
            # any other character cannot be sent, or would end its line and start another header
            if not (value.isascii() and value.isprintable()):
                message = "The credentials contain characters that credentials cannot have."
                hint = "Copy them again, with nothing before, in or after them."
                raise NotAuthorised(self.service, message, hint)

    def _is_plain(self) -> bool:
        """Return whether the base has nothing but a scheme, a host and a path."""
        url = self.url
        if url.userinfo or url.query or url.fragment:
            return False
        if "?" in self.base or "#" in self.base:
            return False
        return _is_host(url.raw_host.decode("ascii"))

    def _is_protected(self) -> bool:
        """Return whether nobody on the way can read what is sent there."""
        if self.url.scheme == "http":
            return self.is_local()
        return self.url.scheme == "https"


def is_this_computer(host: str) -> bool:
    """Return whether a host is this computer."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_host(host: str) -> bool:
    """Return whether a host can have this name or number."""
    if _HOST_NAME.fullmatch(host):
        return True
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

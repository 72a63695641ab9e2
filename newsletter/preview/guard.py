"""Refuse requests for other hosts, and tell browsers with every answer what they may do with it."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newsletter.preview.policies import OUR_PAGES

HEADERS = {
    "Content-Security-Policy": OUR_PAGES,
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """An application in front of another.

    It refuses requests that name another host, and adds HEADERS to every answer that does not set
    its own. A page elsewhere whose name was made to lead here (DNS rebinding) names its own host.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app = app
        self.hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request or, if it is not meant for us, refuse it."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(message)
            await send(message)

        app = self.app
        if scope["type"] == "http" and not self._is_ours(scope):
            app = PlainTextResponse("This is not the address of the preview.", 400)
        await app(scope, receive, with_headers)

    def _is_ours(self, scope: Scope) -> bool:
        host = Headers(scope=scope).get("host", "")
        try:
            name = urlsplit(f"//{host}").hostname  # without the port
        except ValueError:
            return False

        address_of_server = scope["server"][0]
        return name in self.hosts or name == address_of_server


def _add_headers(message: Message) -> None:
    """Add HEADERS to the start of an answer, but for those that it sets itself."""
    headers = MutableHeaders(scope=message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)

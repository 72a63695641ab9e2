"""A website on this machine, reached by any name, as the importers reach the web."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import NamedTuple

from newsletter.importers.fetching import Network


class Answer(NamedTuple):
    content: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})
    send: Callable[[BaseHTTPRequestHandler], None] | None = None
    """Sends the content in a way of its own."""


class Site(ThreadingHTTPServer):
    """Answers what ``answer`` returns for a path with its query."""

    daemon_threads = True

    def __init__(self, answer: Callable[[str], Answer]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.asked: list[str] = []
        """Host and path of each request."""
        self.headers: list[dict[str, str]] = []
        self.port = self.server_address[1]

    def at(self, path: str, host: str = "news.example.org") -> str:
        return f"http://{host}:{self.port}{path}"

    def network(self, *, proxy: str | None = None) -> Network:
        """Every name leads to this machine, which counts as public here."""
        return Network(
            addresses=lambda host, port: ["127.0.0.1"],
            proxy=lambda scheme, host: proxy,
            ports=frozenset({None, self.port}),
        )


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        host = self.headers["Host"].partition(":")[0]
        self.server.asked.append(host + self.path)
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        answer = self.server.answer(self.path)
        self.send_response(answer.status)
        if answer.media_type:
            self.send_header("Content-Type", answer.media_type)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.send is None and "Content-Length" not in answer.headers:
            self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        try:
            if answer.send:
                answer.send(self)
            else:
                self.wfile.write(answer.content)
        except OSError:
            pass  # whoever asked has heard enough

    def log_message(self, *args: object) -> None:
        """Log nothing."""


@contextmanager
def site(answer: Callable[[str], Answer]) -> Iterator[Site]:
    server = Site(answer)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()

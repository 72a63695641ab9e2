"""A web server on this machine whose pages are named by how they answer."""

from __future__ import annotations

import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_LONG = 9.0
"""Seconds that only a test that fails takes; less than a page may take to be answered."""


class Web(ThreadingHTTPServer):
    """The server, and what it was asked for."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: list[str] = []
        self.files: dict[str, tuple[str, bytes]] = {}
        """Type and content of what is at a path."""
        self.not_there: set[str] = set()
        """Paths that are answered 404, unless ``files`` has them."""
        self.agents: set[str] = set()
        self.passwords: list[str] = []
        self.now = Counter[str]()
        self.most = Counter[str]()
        self.most_at_once = 0
        self.lock = threading.Lock()
        self.is_released = threading.Event()
        """Set it to let the pages /held/… be answered."""
        self.gave_up_on: list[str] = []
        """Pages that were held until they could be held no longer."""
        self.two_at_once = threading.Barrier(2)
        """A page /together/… is answered when another one has been asked for too."""

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"


class Answers(BaseHTTPRequestHandler):
    """Answers a request as its page's name says: ``/404``, ``/no-head-403``, ``/held/1``…"""

    server: Web

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        host = self.headers["Host"].partition(":")[0]
        with self.server.lock:
            self.server.asked.append(f"{self.command} {self.path}")
            self.server.agents.add(self.headers["User-Agent"])
            self.server.passwords += self.headers.get_all("Authorization", [])
            self.server.now[host] += 1
            self.server.most[host] = max(self.server.most[host], self.server.now[host])
            self.server.most_at_once = max(self.server.most_at_once, self.server.now.total())
        name = self.path.strip("/").partition("/")[0]
        try:
            self._wait(name)
        finally:
            with (
                self.server.lock
            ):  # before it is answered, since the next page may then be asked for
                self.server.now[host] -= 1
        if self.path in self.server.files:
            self._file(*self.server.files[self.path])
        elif self.path in self.server.not_there:
            self._by_name("404")
        else:
            self._by_name(name)

    def _file(self, media_type: str, content: bytes) -> None:
        self.send_response(200)
        if media_type:
            self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def _wait(self, name: str) -> None:
        if name == "held" and not self.server.is_released.wait(_LONG):
            self.server.gave_up_on.append(self.path)
        if name == "together":
            self.server.two_at_once.wait(_LONG)
            time.sleep(0.05)  # for any more to be seen that are asked for at once

    def _by_name(self, name: str) -> None:
        if name == "hangs-up" and self.command == "HEAD":
            self.close_connection = True
            return
        refused = name.startswith("no-head-") and self.command == "HEAD"
        status = int(name[-3:]) if refused or name.isdigit() else 200
        if name == "once-503" and self.server.asked.count(f"GET {self.path}") < 2:
            status = 503
        self.send_response(302 if name in ("round", "away", "out") else status)
        targets = {"round": "/round", "away": "/found", "out": "ftp://127.0.0.1/"}
        if name in targets:
            self.send_header("Location", targets[name])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Log nothing."""

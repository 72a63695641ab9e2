"""Run the preview on a free port, until Ctrl-C."""

from __future__ import annotations

import errno
import gc
import socket
import sys
from pathlib import Path

import uvicorn

from newsletter.preview.application import application
from newsletter.preview.live_issues import LiveIssues

MOST_CONNECTIONS = 200
"""Connections at the same time; each open page keeps one.

Any further one gets the answer to try again later (503).
"""
_PORTS_TRIED = 100
_OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
_TURN = 0.0005
"""Seconds that one thread works while others wait: a save is not to wait for the checks."""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on ``host``, on ``port`` or the next free one.

    Raise OSError if there is none.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + _PORTS_TRIED, 65_536)):
        try:
            return socket.create_server((host, candidate), family=family)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    raise OSError(errno.EADDRINUSE, f"no port from {port} on is free")


def serve(issues: Path, editor: str, listener: socket.socket, host: str) -> None:
    """Serve the preview of ``issues`` until the process is stopped (SIGINT, SIGTERM)."""
    app = application(LiveIssues(issues), editor, _OWN_HOSTS | {host})
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=2,
    )
    sys.setswitchinterval(_TURN)
    gc.freeze()  # what was imported stays, and need not be looked through again and again
    uvicorn.Server(config).run(sockets=[listener])

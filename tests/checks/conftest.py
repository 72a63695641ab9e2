"""A newsroom for each test, and a web server that answers as a test needs it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checks.newsroom import Newsroom
from tests.checks.web_server import Web


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """A newsletter whose newest issue is sound."""
    return Newsroom(tmp_path / "newsroom")


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A web server on this machine, to which no proxy leads."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    server = Web()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.is_released.set()
    server.shutdown()
    thread.join()
    server.server_close()

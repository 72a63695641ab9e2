"""What all tests share: their own cache, no network, and a small newsletter to change and break."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.checks.web_server import Web

REPOSITORY = Path(__file__).resolve().parent.parent
FOUND_OUT = "found out"

settings.register_profile("here", deadline=None)  # a busy computer is not a fault
settings.register_profile(
    "ci", deadline=None, derandomize=True
)  # a run in CI must fail because of a fault, not by chance
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="accept what the golden issues now become"
    )
    parser.addoption(
        "--everything",
        action="store_true",
        help="every fault, kill and race at a mailing service, and the longest texts",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave tests of random texts out of the coverage: they take twice as long when they are watched, and run nothing
    that no other test runs.
    """
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("no_cover")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have found out, from whatever process they ran in."""
    for report in terminalreporter.getreports("passed"):
        for name, lines in report.user_properties:
            if name == FOUND_OUT:
                terminalreporter.write_line(f"\n{lines}")


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Print lines when all tests have been run."""
    return lambda lines: record_property(FOUND_OUT, lines)


@pytest.fixture(scope="session")
def tries_everything(request: pytest.FixtureRequest) -> bool:
    """Whether the long tests try all that there is to try."""
    return bool(request.config.getoption("--everything"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the top folder of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSLETTER_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def only_loopback(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(
            ("127.", "::1", "localhost")
        ):
            raise AssertionError(f"a test tried to use the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_loopback)


@pytest.fixture
def newsletter_folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped issues and themes that a test may change."""
    for name in ("issues", "templates"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    return tmp_path


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

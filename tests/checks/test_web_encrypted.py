"""Asking for files over TLS, with an authority of our own: only a certificate that is trusted here counts."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter.checks.web import Outcome, fetch
from tests.checks.web_server import Web
from tests.services.mail_server import Certificates, made_in


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return made_in(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def encrypted(web: Web) -> Iterator[Web]:
    """A web server that is not started, to be given a certificate."""
    server = Web()
    server.files = {"/lab.jpg": ("image/jpeg", b"\xff\xd8\xff")}
    yield server
    server.shutdown()
    server.server_close()


def started(server: Web, certificate: Path) -> str:
    """Start it, and return the address of a picture."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    return server.at("/lab.jpg").replace("http:", "https:")


@pytest.mark.parametrize(
    ("certificate", "is_trusted", "outcome"),
    [
        ("right", True, "found"),
        ("right", False, "unknown issuer"),
        ("other", True, "faulty encryption"),
    ],
)
def test_a_file_behind_encryption(
    encrypted: Web,
    certificates: Certificates,
    monkeypatch: pytest.MonkeyPatch,
    certificate: str,
    is_trusted: bool,
    outcome: Outcome,
) -> None:
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    page = started(encrypted, getattr(certificates, certificate))
    assert [found.answer.outcome for _, found in fetch({page: 3})] == [outcome]

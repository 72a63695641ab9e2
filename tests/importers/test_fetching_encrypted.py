"""Reading over TLS: the connection goes to the address that was checked, the certificate is for the name."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter.errors import UnreadableError
from newsletter.importers import fetching
from newsletter.importers.fetching import fetch
from tests.importers.site import Answer, Site, site
from tests.services.mail_server import Certificates, made_in

PAGE = b"<p>A page.</p>"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return made_in(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def trusted(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> Iterator[Certificates]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    fetching._certificates.cache_clear()
    yield certificates
    fetching._certificates.cache_clear()


def encrypt(server: Site, certificate: Path) -> str:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return server.at("/", "mail.example.org").replace("http:", "https:")


def test_the_certificate_is_for_the_name_that_was_asked_for(trusted: Certificates) -> None:
    with site(lambda path: Answer(PAGE)) as server:
        address = encrypt(server, trusted.other)
        assert fetch(address, network=server.network()).content == PAGE
    assert server.asked == ["mail.example.org/"]


def test_a_certificate_for_the_address_alone_does_not_count(trusted: Certificates) -> None:
    with site(lambda path: Answer(PAGE)) as server:
        address = encrypt(server, trusted.right)
        with pytest.raises(UnreadableError, match="cannot be reached"):
            fetch(address, network=server.network())
    assert server.asked == []

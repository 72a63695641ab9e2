"""A real mail server (aiosmtpd) on this computer, certificates for it, and what can go wrong with it."""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.services.fakes import CANARY

USER = "sender"
"""Its length is such that the password is not to be recognised within the base64 of both."""
HOST = "127.0.0.1"
_AUTHORITY = """\
[req]
distinguished_name = name
x509_extensions = authority
prompt = no
[name]
CN = An authority of the tests
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
"""
_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


@dataclass(frozen=True)
class Certificates:
    """An authority, and certificates that it has given, each with its key in one file."""

    authority: Path
    right: Path
    """Of this computer."""
    other: Path
    """Of another host."""


def made_in(folder: Path) -> Certificates:
    """New certificates, by openssl; where it is not installed the test is skipped, but not in CI."""
    if not shutil.which("openssl"):
        message = "openssl is not installed (apt-get install openssl)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    (folder / "authority.conf").write_text(_AUTHORITY)
    _openssl(
        folder,
        "req",
        "-x509",
        "-config",
        "authority.conf",
        *_NEW_KEY,
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-days",
        "2",
    )
    right = _certificate(folder, "right", f"IP:{HOST}, DNS:localhost")
    return Certificates(
        folder / "ca.pem", right, _certificate(folder, "other", "DNS:mail.example.org")
    )


def _certificate(folder: Path, name: str, of: str) -> Path:
    (folder / f"{name}.conf").write_text(f"subjectAltName = {of}\nauthorityKeyIdentifier = keyid\n")
    _openssl(
        folder,
        "req",
        "-config",
        "authority.conf",
        *_NEW_KEY,
        "-keyout",
        f"{name}.key",
        "-out",
        f"{name}.csr",
    )
    _openssl(
        folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
        "-extfile", f"{name}.conf", "-days", "2", "-out", f"{name}.crt",
    )  # fmt: skip
    path = folder / f"{name}.pem"
    path.write_text((folder / f"{name}.crt").read_text() + (folder / f"{name}.key").read_text())
    return path


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@dataclass(frozen=True)
class Arrived:
    """A message as the server got it."""

    sender: str
    people: tuple[str, ...]
    content: bytes
    was_encrypted: bool
    login: str | None


@dataclass
class MailServer:
    """What the server does, and what it saw."""

    certificate: Path | None = None
    """None: it has no encryption."""
    is_implicit: bool = False
    """Whether encryption starts with the connection, and not by STARTTLS."""
    wants_login: bool = True
    at_rcpt: dict[str, str] = field(default_factory=dict)
    """What it answers to a recipient, or ``drop``: the connection breaks."""
    at_data: dict[str, str] = field(default_factory=dict)
    """The same when it has a message for this recipient; ``silence``: it does not answer at all."""
    before_data: str = ""
    """What it answers to the command DATA itself."""
    at_login: str = "535 5.7.8 wrong"
    """What it answers to a wrong password; the password can be put into it."""
    connections: int = 0
    commands: list[str] = field(default_factory=list)
    """MAIL, RCPT, DATA and AUTH, as they were begun."""
    arrived: list[Arrived] = field(default_factory=list)
    port: int = 0

    def authenticate(
        self, _: SMTP, __: Session, ___: Envelope, ____: str, given: LoginPassword
    ) -> AuthResult:
        """Whether these are the right credentials."""
        if given == LoginPassword(USER.encode(), CANARY.encode()):
            return AuthResult(success=True, auth_data=given)
        password = given.password.decode()
        plain = base64.b64encode(f"\0{given.login.decode()}\0{password}".encode()).decode()
        message = self.at_login.format(
            password=password, plain=plain, coded=base64.b64encode(given.password).decode()
        )
        return AuthResult(success=False, handled=False, message=message)

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The start of an envelope."""
        self.commands.append("MAIL")
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """A recipient."""
        self.commands.append("RCPT")
        answer = await self._done(server, self.at_rcpt.get(address, "250 OK"))
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """A whole message. One that is refused has not arrived; one that is not answered to, has."""
        people = tuple(envelope.rcpt_tos)
        answer = self.at_data.get(people[0], "250 OK")
        if answer[0] not in "45":
            login = session.auth_data.login.decode() if session.auth_data else None
            assert server.transport is not None
            is_encrypted = server.transport.get_extra_info("sslcontext") is not None
            assert isinstance(envelope.content, bytes)
            self.arrived.append(
                Arrived(str(envelope.mail_from), people, envelope.content, is_encrypted, login)
            )
        return await self._done(server, answer)

    async def _done(self, server: SMTP, answer: str) -> str:
        if answer == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        if answer in ("drop", "silence"):
            await asyncio.sleep(3600)  # until the other side has gone, which cancels this
        return answer


class _Protocol(SMTP):
    """Notes down what the hooks of aiosmtpd do not see."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.event_handler.connections += self.transport is None
        super().connection_made(transport)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802
        self.event_handler.commands.append("AUTH")
        await super().smtp_AUTH(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        self.event_handler.commands.append("DATA")
        if self.event_handler.before_data:
            await self.push(self.event_handler.before_data)
        else:
            await super().smtp_DATA(arg)


@contextmanager
def running(server: MailServer) -> Iterator[MailServer]:
    """The server on a free port, in its own thread and loop: another loop may run in this thread."""
    started: Future[Callable[[], object]] = Future()
    thread = Thread(target=lambda: asyncio.run(_served(server, started)))
    thread.start()
    end = started.result(timeout=10)
    try:
        yield server
    finally:
        end()
        thread.join()


async def _served(server: MailServer, started: Future[Callable[[], object]]) -> None:
    """Runs the server until the function that ``started`` gets is called."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    listening = await _listening(server, loop)
    started.set_result(lambda: loop.call_soon_threadsafe(ended.set))
    await ended.wait()
    await _ended(listening)


async def _listening(server: MailServer, loop: asyncio.AbstractEventLoop) -> asyncio.Server:
    """The server, which takes connections; its port is set."""
    context = None
    if server.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(server.certificate)
    options: dict[str, Any] = {
        "hostname": "localhost",
        "tls_context": None if server.is_implicit else context,
        "auth_require_tls": bool(context) and not server.is_implicit,
        "auth_required": server.wants_login,
        "authenticator": server.authenticate,
        "loop": loop,
    }
    around = context if server.is_implicit else None
    listening = await loop.create_server(lambda: _Protocol(server, **options), HOST, 0, ssl=around)
    server.port = listening.sockets[0].getsockname()[1]
    return listening


async def _ended(listening: asyncio.Server) -> None:
    """Close the server and wait until all connections have gone."""
    listening.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*others, return_exceptions=True), timeout=5)
    await asyncio.sleep(0.01)

"""The way out: what is trusted, what is repeated, what is reported, and what never is."""

from __future__ import annotations

import base64
import gc
import gzip
import http.server
import json
import ssl
import traceback
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import repeat
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from pydantic import BaseModel

from newsletter import __version__
from newsletter.errors import NotAuthorised, Refused, ServiceError, Unavailable, Uncertain
from newsletter.services.http import responses
from newsletter.services.http.address import Address
from newsletter.services.http.api import Api
from newsletter.services.http.retries import seconds_in
from newsletter.services.http.writing import Part
from tests.services.fakes import CANARY, FormPart, form_of
from tests.services.mail_server import Certificates, made_in

KEY = f"{CANARY}/+key"
LOGIN = base64.b64encode(f"name:{KEY}".encode()).decode()
REFUSES = (NotAuthorised, Refused, Unavailable)


class Thing(BaseModel):
    """What is asked for."""

    id: str


def address_of(base: str, **headers: str) -> Address:
    return Address(
        "Post", base, {"Authorization": f"Basic {LOGIN}", **headers}, secrets=(KEY, LOGIN)
    )


def api_at(
    answer: Callable[[httpx.Request], httpx.Response], base: str = "https://post.example.org/v1"
) -> Api:
    return Api(address_of(base), httpx.MockTransport(answer))


def get(api: Api) -> object:
    return api.get("/things/1", Thing)


CONTENT = b"\x89PNG\r\n\x1a\n\n\r--\r\n\x00\xff\r\n"
FORM = {
    "image": Part("lab-1a2b.png", CONTENT, "image/png"),
    "metadata": Part(None, b'{"a": "1"}', "application/json"),
}
CALLS: dict[str, tuple[Callable[[Api], object], bool]] = {
    "GET": (get, True),
    "GET if there": (lambda api: api.get_if_there("/things/1", Thing), True),
    "PUT": (lambda api: api.put("/things/1", {}), True),
    "PATCH": (lambda api: api.patch("/things/1", {}), True),
    "DELETE": (lambda api: api.delete("/things/1"), True),
    "POST": (lambda api: api.post("/things", {}, Thing), False),
    "upload": (lambda api: api.upload("/things", FORM, Thing), False),
    "ask": (lambda api: api.ask("/things/1"), True),
    "act": (lambda api: api.act("/things/1/send"), False),
    "act that can be repeated": (lambda api: api.act("/things/1/send", repeat=True), True),
}
"""Every way to ask, and whether it may be done twice."""


@pytest.fixture(autouse=True)
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited, without waiting."""
    naps: list[float] = []
    monkeypatch.setattr("newsletter.services.http.api.sleep", naps.append)
    return naps


class Server(http.server.ThreadingHTTPServer):
    """A real one, which keeps what it was asked and with which headers."""

    def __init__(self, answer: Callable[[], tuple[int, dict[str, str]]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.seen: list[tuple[str, str, dict[str, str]]] = []

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def handle_error(self, *_: Any) -> None:
        """A client that went away is what some tests are about."""


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def _do(self) -> None:
        self.server.seen.append((self.command, self.path, dict(self.headers)))
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, headers = self.server.answer()
        self.send_response(status)
        for name, value in {
            "Content-Length": "10",
            "Content-Type": "application/json",
            **headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b'{"id":"1"}')

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_CONNECT = _do  # noqa: N815 - so they are called

    def log_message(self, *_: Any) -> None:
        """Silence."""


@contextmanager
def running(
    answer: Callable[[], tuple[int, dict[str, str]]] = lambda: (200, {}),
    certificate: Path | None = None,
) -> Iterator[Server]:
    with Server(answer) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return made_in(tmp_path_factory.mktemp("certificates"))


def everything_of(error: BaseException) -> str:
    """All that a program could print of an error and of those that it carries along."""
    told = ["".join(traceback.format_exception(error)), repr(error), str(error), repr(vars(error))]
    told += [everything_of(other) for other in (error.__cause__, error.__context__) if other]
    return "\n".join(told)


# Certificates


def test_a_certificate_of_a_known_authority_is_trusted(
    certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    with running(certificate=certificates.right) as server:
        assert get(Api(address_of(f"https://{server.host}"))) == Thing(id="1")


@pytest.mark.parametrize(("is_known", "is_of_host"), [(False, True), (True, False), (False, False)])
@pytest.mark.parametrize("call", ["GET", "POST"])
def test_any_other_is_not_and_nothing_is_told_to_it(
    certificates: Certificates,
    monkeypatch: pytest.MonkeyPatch,
    waited: list[float],
    is_known: bool,
    is_of_host: bool,
    call: str,
) -> None:
    if is_known:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    certificate = certificates.right if is_of_host else certificates.other
    with (
        running(certificate=certificate) as server,
        pytest.raises(Unavailable, match="Its certificate") as wrong,
    ):
        CALLS[call][0](Api(address_of(f"https://{server.host}")))
    assert server.seen == []
    assert waited == []
    assert CANARY not in everything_of(wrong.value)


# Addresses


@pytest.mark.parametrize(
    "base",
    [
        "http://127.0.0.1:9000",
        "http://127.3.2.1",
        "http://[::1]:9000",
        "http://localhost/x",
        "HTTP://LOCALHOST",
    ],
)
def test_plain_http_goes_to_this_computer(base: str) -> None:
    assert get(api_at(lambda _: httpx.Response(200, json={"id": "1"}), base)) == Thing(id="1")


@pytest.mark.parametrize(
    "base",
    [
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "http://localhost.",
        "http://localhost@mail.example.org",
        "http://127.0.0.1:80@mail.example.org",
        "http://127.0.0.1\\@mail.example.org",
        "http://127.0.0.1%2f@mail.example.org",
        "http://mail.example.org#@127.0.0.1",
        "http://mail.example.org?@127.0.0.1",
        "http://0.0.0.0",
        "http://[::]",
        "http://127.1",
        "http://2130706433",
        "http://10.0.0.1",
        "http://localhost\t.example.org",
        "http:/127.0.0.1",
        "//127.0.0.1",
        "127.0.0.1:9000",
        "ftp://localhost",
        "file:///etc/hosts",
        "https://",
        "",
        "https://[",
        "https://[::1",
        "https://lists.example.org:port",
        "https://lists..example.org]/",
        "https://lists example.org",
        "https://-/api",
        "https://lists.example.org/#/api",
        "https://lists.example.org?/api",
        "https://lists.example.org/?next=/api",
    ],
)
def test_it_goes_nowhere_else(base: str) -> None:
    with pytest.raises(Refused, match="Credentials cannot be sent to the address"):
        Api(address_of(base), httpx.MockTransport(lambda _: httpx.Response(200)))


@pytest.mark.parametrize(
    "host", ["lists.example.org", "listmonk_app", "bücher.example", "192.0.2.7", "[2001:db8::7]"]
)
def test_any_host_that_there_can_be_is_asked_by_https(host: str) -> None:
    api = api_at(lambda _: httpx.Response(200, json={"id": "1"}), f"https://{host}:8443/below/api")
    assert get(api) == Thing(id="1")


def test_a_name_and_a_password_in_an_address_are_refused_and_not_shown() -> None:
    with pytest.raises(Refused) as refused:
        Api(address_of(f"https://name:{CANARY}@post.example.org"))
    assert CANARY not in everything_of(refused.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("is_other_host", [False, True])
def test_no_redirect_is_followed(status: int, call: str, is_other_host: bool) -> None:
    with running() as other:
        target = f"http://localhost:{other.server_port}/x" if is_other_host else "/x"
        with (
            running(lambda: (status, {"Location": target})) as server,
            pytest.raises(Refused, match="another address"),
        ):
            CALLS[call][0](Api(address_of(f"http://{server.host}")))
    assert len(server.seen) == 1
    assert other.seen == []


@pytest.mark.parametrize(
    "name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"]
)
def test_what_goes_to_this_computer_goes_through_no_proxy(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with running() as proxy, running() as server:
        monkeypatch.setenv(name, f"http://{proxy.host}")
        get(Api(address_of(f"http://{server.host}")))
    assert len(server.seen) == 1
    assert proxy.seen == []


def test_a_proxy_hears_the_name_of_the_host_and_no_credentials(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with running(lambda: (407, {})) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.host}")
        with pytest.raises(Unavailable) as wrong:
            CALLS["POST"][0](Api(address_of("https://post.example.org")))
    assert [(command, path) for command, path, _ in proxy.seen] == [
        ("CONNECT", "post.example.org:443")
    ]
    assert LOGIN not in str(proxy.seen)
    assert CANARY not in everything_of(wrong.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALL_PROXY", f"ftp://u:{CANARY}@h"),
        ("ALL_PROXY", f"socks5://u:{CANARY}@h"),
        ("SSL_CERT_FILE", "/no/such/file"),
    ],
)
def test_an_environment_that_cannot_be_used_is_told(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Refused, match="SSL_CERT_FILE") as wrong:
        Api(address_of("https://post.example.org"))
    assert CANARY not in everything_of(wrong.value)


# What is sent


def test_it_says_who_asks_and_does_not_wait_for_ever() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"id": "1"})

    api = Api(
        address_of("https://post.example.org/v1", **{"X-API-Version": "7"}),
        httpx.MockTransport(answer),
    )
    api.get("/things/1", Thing, page=2, name="a&b")
    api.post("/things", {"name": "遺"}, Thing)
    api.act("/things/1/send")
    first, second, third = asked
    assert str(first.url) == "https://post.example.org/v1/things/1?page=2&name=a%26b"
    assert first.headers["User-Agent"] == f"newsletter-issue-builder/{__version__}"
    assert first.headers["X-API-Version"] == "7"
    assert first.headers["Accept-Encoding"] == "identity"
    assert first.extensions["timeout"] == {
        "connect": 10.0,
        "read": 30.0,
        "write": 30.0,
        "pool": 30.0,
    }
    assert second.content.decode() == '{"name":"遺"}'
    assert third.content == b""


def test_no_cookie_is_kept() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(
            200, json={"id": "1"}, headers={"Set-Cookie": "session=another; Path=/"}
        )

    api = api_at(answer)
    for _ in range(2):
        get(api)
    assert [request.headers.get("Cookie") for request in asked] == [None, None]


@pytest.mark.parametrize(
    "key",
    [f"{CANARY}ä", f"{CANARY}\nX-Other: 1", f"{CANARY}\r\n", f"\ufeff{CANARY}", f"{CANARY}\0"],
)
def test_a_key_that_no_header_can_carry_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(NotAuthorised, match="Copy them again") as refused:
        Api(Address("Post", "https://post.example.org", {"Api-Key": key}, (key,)))
    assert CANARY not in everything_of(refused.value)


def test_an_address_does_not_show_what_it_keeps() -> None:
    assert CANARY not in repr(address_of("https://post.example.org"))
    assert LOGIN not in repr(address_of("https://post.example.org"))


def test_connections_are_closed_when_nobody_asks_any_more() -> None:
    with running() as server:
        api = Api(address_of(f"http://{server.host}"))
        get(api)
        client = api._client
        gone = weakref.ref(api)
        assert not client.is_closed
        del api
        gc.collect()
        assert gone() is None
        assert client.is_closed


# What is repeated

FAULTS: dict[
    str,
    tuple[Callable[[httpx.Request], httpx.Response], int, type[ServiceError], type[ServiceError]],
] = {
    "no connection": (lambda _: _raise(httpx.ConnectError("refused")), 3, Unavailable, Unavailable),
    "no connection in time": (
        lambda _: _raise(httpx.ConnectTimeout("slow")),
        3,
        Unavailable,
        Unavailable,
    ),
    "proxy": (lambda _: _raise(httpx.ProxyError("407")), 3, Unavailable, Unavailable),
    "time-out": (lambda _: _raise(httpx.ReadTimeout("slow")), 3, Unavailable, Uncertain),
    "reset": (lambda _: _raise(httpx.ReadError("reset")), 3, Unavailable, Uncertain),
    "disconnected": (
        lambda _: _raise(httpx.RemoteProtocolError("gone")),
        3,
        Unavailable,
        Uncertain,
    ),
    "anything": (lambda _: _raise(RuntimeError()), 3, Unavailable, Uncertain),
    "500": (lambda _: httpx.Response(500), 3, Unavailable, Uncertain),
    "503 with waiting time": (
        lambda _: httpx.Response(503, headers={"Retry-After": "5"}),
        3,
        Unavailable,
        Uncertain,
    ),
    "bare 403": (
        lambda _: httpx.Response(403, html="<h1>Forbidden</h1>"),
        3,
        Unavailable,
        Uncertain,
    ),
    "429": (lambda _: httpx.Response(429), 3, Unavailable, Unavailable),
    "400": (lambda _: httpx.Response(400, json={}), 1, Refused, Refused),
    "401": (lambda _: httpx.Response(401), 1, NotAuthorised, NotAuthorised),
    "403": (lambda _: httpx.Response(403, json={}), 1, NotAuthorised, NotAuthorised),
    "409": (lambda _: httpx.Response(409, json={}), 1, Refused, Refused),
    "a certificate": (
        lambda _: _raise(httpx.ConnectError("CERTIFICATE_VERIFY_FAILED")),
        1,
        Unavailable,
        Unavailable,
    ),
}
"""What happens, how often what may be repeated is asked, and which error that is: of asking, and of acting."""


def _raise(error: Exception) -> httpx.Response:
    raise error


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_only_what_can_do_no_harm_is_asked_again(
    call: str, fault: str, waited: list[float]
) -> None:
    do, is_repeated = CALLS[call]
    effect, times, asking, acting = FAULTS[fault]
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return effect(request)

    with pytest.raises(ServiceError) as wrong:
        do(api_at(answer))
    assert type(wrong.value) is (asking if call in ("GET", "GET if there", "ask") else acting)
    assert len(asked) == (times if is_repeated else 1)
    assert waited == [1.0, 2.0][: len(asked) - 1]
    assert (
        wrong.value.__context__ is None
    )  # it would have the request in it, and that the credentials


@pytest.mark.parametrize("call", [name for name, (_, is_repeated) in CALLS.items() if is_repeated])
def test_a_bad_moment_passes(call: str) -> None:
    answers = iter([httpx.Response(502), httpx.Response(200, json={"id": "1"})])
    CALLS[call][0](api_at(lambda _: next(answers)))
    assert next(answers, None) is None


@pytest.mark.parametrize("call", ["DELETE", "GET if there"])
def test_what_is_not_there_is_no_error(call: str) -> None:
    assert CALLS[call][0](api_at(lambda _: httpx.Response(404))) is None


@pytest.mark.parametrize("call", ["GET", "PUT", "PATCH", "POST", "act"])
def test_to_all_others_it_is_one(call: str) -> None:
    with pytest.raises(Refused) as refused:
        CALLS[call][0](api_at(lambda _: httpx.Response(404)))
    assert refused.value.status == 404


def test_a_form_arrives_as_it_was_sent() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        seen.append(request)
        return httpx.Response(201, json={"id": "1"})

    assert api_at(answer).upload("/things", FORM, Thing) == Thing(id="1")
    assert form_of(seen[0]) == {
        "image": FormPart("lab-1a2b.png", "image/png", CONTENT),
        "metadata": FormPart(None, "application/json", b'{"a": "1"}'),
    }
    assert seen[0].headers["Authorization"] == f"Basic {LOGIN}"


def test_a_put_that_changed_nothing_is_good() -> None:
    CALLS["PUT"][0](api_at(lambda _: httpx.Response(304)))


def header_of(wait: str | timedelta) -> str:
    """A waiting time as a service writes it, which for a span is the time of day when it has passed."""
    return wait if isinstance(wait, str) else format_datetime(datetime.now(UTC) + wait, usegmt=True)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("wait", "least", "most"),
    [
        ("0", 0, 0),
        ("2", 2, 2),
        ("60", 60, 60),
        (timedelta(seconds=50), 45, 50),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
    ],
)
def test_after_429_it_waits_as_long_as_it_is_told(
    call: str, wait: str | timedelta, least: float, most: float, waited: list[float]
) -> None:
    limited = httpx.Response(429, headers={"Retry-After": header_of(wait)})
    answers = iter([limited, httpx.Response(200, json={"id": "1"})])
    CALLS[call][0](api_at(lambda _: next(answers)))
    assert len(waited) == 1
    assert least <= waited[0] <= most


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("wait", "when"),
    [
        ("61", "in 61 seconds"),
        ("3600", "in 60 minutes"),
        ("9" * 400, "later"),
        ("999999", "later"),
        (timedelta(hours=1), "in 60 minutes"),
        (timedelta(days=9999), "later"),
    ],
)
def test_it_does_not_wait_too_long(
    call: str, wait: str | timedelta, when: str, waited: list[float]
) -> None:
    header, asked = header_of(wait), list[int]()

    def answer(_: httpx.Request) -> httpx.Response:
        asked.append(1)
        return httpx.Response(429, headers={"Retry-After": header})

    with pytest.raises(Unavailable, match=f"Run the command again {when}"):
        CALLS[call][0](api_at(answer))
    assert asked == [1]
    assert waited == []


@pytest.mark.parametrize(
    "header",
    [
        "-5",
        "soon",
        "1.5",
        "NaN",
        "inf",
        "",
        "٣٫٥",
        "Wed, 99 Foo 2015",
        "Wed, 21 Oct 99999999999999 07:28:00 GMT",
    ],
)
def test_a_waiting_time_that_is_none_is_as_if_there_were_none(
    header: str, waited: list[float]
) -> None:
    limited = httpx.Response(429, headers=httpx.Headers({"Retry-After": header}, encoding="utf-8"))
    with pytest.raises(Unavailable, match="again later"):
        CALLS["POST"][0](api_at(lambda _: limited))
    assert waited == []
    with pytest.raises(Unavailable, match="again later"):
        CALLS["GET"][0](api_at(lambda _: limited))
    assert waited == [1.0, 2.0]


def test_a_service_may_say_in_its_own_way_how_long(waited: list[float]) -> None:
    address = Address(
        "Post",
        "https://post.example.org",
        {},
        (),
        lambda answer: seconds_in(answer.headers.get("X-Reset")),
    )
    answers = iter(
        [httpx.Response(429, headers={"X-Reset": "7"}), httpx.Response(200, json={"id": "1"})]
    )
    get(Api(address, httpx.MockTransport(lambda _: next(answers))))
    assert waited == [7.0]


@pytest.mark.parametrize(
    ("header", "number"), [(None, None), ("", None), ("7", 7.0), ("-7", None), ("7s", None)]
)
def test_seconds_are_a_number(header: str | None, number: float | None) -> None:
    assert seconds_in(header) == number


# What is read of an answer


@contextmanager
def dribbling(
    pieces: Callable[[], Iterator[bytes]], **headers: str
) -> Iterator[tuple[str, list[str]]]:
    """A real server that answers with ``pieces``, in chunks, as long as somebody listens; and what it was asked."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            asked.append(self.command)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(200)
            for name, value in {"Transfer-Encoding": "chunked", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                for piece in pieces():
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                self.wfile.write(b"0\r\n\r\n")

        do_GET = do_POST = do_PUT = _do  # noqa: N815 - so they are called

        def log_message(self, *_: Any) -> None:
            """Silence."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


def slowly() -> Iterator[bytes]:
    """A byte, and another one, and so on."""
    while True:
        yield b" "
        sleep(0.05)


@pytest.mark.parametrize("call", ["GET", "PUT", "POST"])
def test_an_answer_without_end_is_read_no_further(call: str) -> None:
    with (
        dribbling(lambda: repeat(b"x" * 1024 * 1024)) as (base, asked),
        pytest.raises(ServiceError) as wrong,
    ):
        CALLS[call][0](Api(address_of(base)))
    assert type(wrong.value) is (Unavailable if call == "GET" else Uncertain)
    assert (
        wrong.value.problems[0].message
        == "Its answer is longer than 32 MB, so the rest was not read."
    )
    assert len(asked) == 1


@pytest.mark.parametrize("call", ["GET", "PUT", "POST"])
def test_nor_is_one_that_comes_byte_by_byte(call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses, "MOST_SECONDS", 1.0)
    begun = monotonic()
    with dribbling(slowly) as (base, asked), pytest.raises(ServiceError) as wrong:
        CALLS[call][0](Api(address_of(base)))
    assert monotonic() - begun < 5
    assert type(wrong.value) is (Unavailable if call == "GET" else Uncertain)
    assert (
        wrong.value.problems[0].message
        == "Its answer takes longer than 1 seconds, so the rest was not read."
    )
    assert len(asked) == 1


def test_nor_is_one_that_would_grow_when_it_is_unpacked() -> None:
    bomb = gzip.compress(b" " * 200_000_000)
    with (
        dribbling(lambda: iter([bomb]), **{"Content-Encoding": "gzip"}) as (base, asked),
        pytest.raises(Unavailable, match="Its answer is compressed, which was not asked for"),
    ):
        get(Api(address_of(base)))
    assert len(asked) == 1


def test_one_that_comes_in_pieces_is_whole() -> None:
    with dribbling(lambda: iter([b'{"id":', b' "1', b'"}'])) as (base, _):
        assert get(Api(address_of(base))) == Thing(id="1")


# What is reported


@pytest.mark.parametrize(
    ("status", "what", "hint"),
    [
        (
            401,
            "It does not accept the credentials (401: no sending).",
            "Check the key, and that it is still valid.",
        ),
        (403, "A permission is missing (403: no sending).", "Check what the key may do there."),
    ],
)
def test_a_permission_that_is_missing_is_another_thing_than_a_wrong_key(
    status: int, what: str, hint: str
) -> None:
    with pytest.raises(NotAuthorised) as wrong:
        get(api_at(lambda _: httpx.Response(status, json={"message": "no sending"})))
    (problem,) = wrong.value.problems
    assert (problem.message, problem.hint) == (what, hint)


ECHOES = {
    "the key": KEY,
    "the header": f"Basic {LOGIN}",
    "the login": LOGIN,
    "in base64": base64.b64encode(KEY.encode()).decode(),
    "in base64 without padding": base64.b64encode(KEY.encode()).decode().rstrip("="),
    "in base64 for addresses": base64.urlsafe_b64encode(KEY.encode()).decode(),
    "in an address": quote(KEY, safe=""),
    "twice": f"{KEY}{KEY}",
    "within": f"x{KEY}x",
    "far behind": f"{'x' * 295}{KEY}",
}


@pytest.mark.parametrize("echo", ECHOES)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
@pytest.mark.parametrize("call", ["GET", "POST"])
def test_a_secret_that_a_service_repeats_is_taken_out(call: str, status: int, echo: str) -> None:
    said = {"detail": f"no access with '{ECHOES[echo]}'"}
    with pytest.raises(ServiceError) as wrong:
        CALLS[call][0](api_at(lambda _: httpx.Response(status, json=said)))
    everything = everything_of(wrong.value)
    for secret in (KEY, CANARY, LOGIN, *ECHOES.values()):
        assert secret not in everything
        assert secret[:12] not in everything.replace("x" * 12, "")


@pytest.mark.parametrize("call", ["GET", "POST"])
def test_one_that_the_system_repeats_is_too(call: str) -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError(f"cannot write {request.headers['Authorization']}", request=request)

    with pytest.raises(ServiceError, match=r"cannot write Basic …") as wrong:
        CALLS[call][0](api_at(broken))
    assert LOGIN not in everything_of(wrong.value)


@pytest.mark.parametrize("call", ["GET", "POST"])
def test_one_in_an_answer_that_cannot_be_understood_is_not_shown(call: str) -> None:
    with pytest.raises(ServiceError) as wrong:
        CALLS[call][0](api_at(lambda _: httpx.Response(200, json={"id": {"key": KEY}})))
    assert CANARY not in everything_of(wrong.value)


def test_an_empty_secret_hides_nothing() -> None:
    api = Api(
        Address("Post", "https://post.example.org", {}, ("", "pass")),
        httpx.MockTransport(lambda _: _raise(OSError())),
    )
    assert api.redact("no pass here") == "no … here"


def test_a_secret_that_is_part_of_another_does_not_leave_the_rest() -> None:
    api = Api(Address("Post", "https://post.example.org", {}, ("canary", "canary-long")))
    assert api.redact("a canary-long b") == "a … b"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"detail": "No such list."}, "No such list."),
        (
            {
                "title": "Invalid",
                "detail": "See below.",
                "errors": [{"field": "x", "message": "Too long."}],
            },
            None,
        ),
        ({"errors": [{"message": "first"}, {"message": "second"}]}, "first; second"),
        ({"ErrorMessage": "Mail said no", "StatusCode": 400}, "Mail said no"),
        ({"subject": ["This is required."]}, "subject: This is required."),
        (
            {"detail": [{"loc": ["body", "subject"], "msg": "required"}]},
            "loc: body; subject; msg: required",
        ),
        ({"message": "a\u001b[31mred\nline\u202e"}, "a�[31mred line�"),
        ({"message": "\ud800"}, "�"),
        ({"message": "  "}, ""),
        ("words", "words"),
        ([], ""),
        (7, ""),
        (None, ""),
    ],
)
def test_a_service_is_quoted(said: Any, told: str | None) -> None:
    with pytest.raises(Refused) as refused:
        get(api_at(lambda _: httpx.Response(400, text=json.dumps(said))))
    told = "See below.; Invalid; Too long." if told is None else told
    assert str(refused.value) == (
        f"Post: It refused (400: {told})." if told else "Post: It refused (400)."
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"\xff\xfe",
        b"{",
        b"[" * 100_000,
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b"NaN",
    ],
)
def test_what_cannot_be_read_is_not_quoted(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        get(api_at(lambda _: httpx.Response(400, content=content)))
    assert str(refused.value) == "Post: It refused (400)."


@pytest.mark.parametrize("words", ["long " * 100_000, "x" * 500_000])
def test_a_long_speech_is_cut_short(words: str) -> None:
    with pytest.raises(Refused) as refused:
        get(api_at(lambda _: httpx.Response(400, json={"detail": words})))
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"id": 7}',
        b'{"id": null}',
        b"<html>",
        b'{"id": "1"',
        b"[" * 100_000,
        b"\xff",
        b"7",
    ],
)
@pytest.mark.parametrize(("call", "error"), [("GET", Unavailable), ("POST", Uncertain)])
def test_an_answer_of_another_kind_is_no_answer(
    content: bytes, call: str, error: type[ServiceError]
) -> None:
    with pytest.raises(error, match="cannot be understood") as wrong:
        CALLS[call][0](api_at(lambda _: httpx.Response(200, content=content)))
    assert wrong.value.__context__ is None


def test_a_huge_answer_with_much_that_is_unknown_is_read() -> None:
    things = [{"id": str(number), "more": {"words": "x" * 50}} for number in range(50_000)]
    api = api_at(lambda _: httpx.Response(200, json=things))
    assert len(api.get("/things", list[Thing])) == 50_000


def test_every_error_says_what_to_do_or_what_the_service_said() -> None:
    for do, _ in CALLS.values():
        for effect, *_rest in FAULTS.values():
            with pytest.raises(ServiceError) as wrong:
                do(api_at(effect))
            (problem,) = wrong.value.problems
            assert problem.message.endswith(".")
            assert problem.hint.endswith(".") or isinstance(wrong.value, Refused)

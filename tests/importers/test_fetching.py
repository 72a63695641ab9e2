"""Reading from the web: only what is public, within limits; what an editor reads otherwise."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from http.server import BaseHTTPRequestHandler

import httpx
import pytest

from newsletter.errors import UnreadableError
from newsletter.importers.fetching import Network, fetch, proxy_of
from newsletter.importers.public_hosts import NotPublic, public_addresses, require_public
from tests.importers.site import Answer, site

PAGE = b"<p>A page.</p>"


def refusal(address: str, **options: object) -> str:
    with pytest.raises(UnreadableError) as caught:
        fetch(address, **options)  # type: ignore[arg-type]
    return str(caught.value)


def test_a_page_with_all_that_its_server_says_of_it() -> None:
    answer = Answer(PAGE, "Text/HTML; charset=windows-1252", headers={"Link": '</2>; rel="next"'})
    with site(lambda path: answer) as server:
        original = fetch(server.at("/a?b=1#part"), network=server.network())

    assert original.name == server.at("/a?b=1#part")
    assert original.address == server.at("/a?b=1")
    assert original.content == PAGE
    assert (original.media_type, original.charset) == ("text/html", "windows-1252")
    assert original.next_address == "/2"
    assert server.asked == ["news.example.org/a?b=1"]
    assert server.headers[0]["user-agent"].startswith("newsletter-issue-builder/")


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    """A name is looked up once: a second answer could be another one."""
    requests: list[httpx.Request] = []
    looked_up: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, stream=httpx.ByteStream(PAGE))

    def addresses(host: str, port: int) -> list[str]:
        looked_up.append(f"{host}:{port}")
        return ["203.0.113.7"]

    network = Network(addresses, lambda *_: None, transport=httpx.MockTransport(answer))
    fetch("https://news.example.org/a", network=network)

    assert looked_up == ["news.example.org:443"]
    assert str(requests[0].url) == "https://203.0.113.7/a"
    assert requests[0].headers["Host"] == "news.example.org"
    assert requests[0].extensions["sni_hostname"] == "news.example.org"


def test_another_address_of_the_host_is_asked_if_one_is_silent() -> None:
    with site(lambda path: Answer(PAGE)) as server:
        plain = server.network()
        network = Network(
            lambda host, port: ["127.0.0.2", "127.0.0.1"], plain.proxy, ports=plain.ports
        )
        assert fetch(server.at("/"), network=network).content == PAGE


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0",
        "localhost",
        "10.0.0.1",
        "172.16.9.9",
        "192.168.1.1",
        "100.64.1.1",
        "169.254.169.254",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::1]",
        "[fe80::1]",
        "[fc00::1]",
        "[ff02::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[::7f00:1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    ],
)
def test_no_address_within_the_own_network(host: str) -> None:
    assert "is within your own network" in refusal(f"http://{host}/")


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"]
)
def test_a_public_address_however_it_is_written(address: str) -> None:
    require_public(address)


def test_a_name_that_leads_to_both_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, 1, 6, "", (ip, 80)) for ip in ("1.1.1.1", "192.168.1.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(NotPublic):
        public_addresses("both.example.org", 80)


def test_a_redirect_is_followed_to_where_it_leads() -> None:
    def answer(path: str) -> Answer:
        if path == "/old":
            return Answer(status=301, headers={"Location": "/new?x=1"})
        return Answer(PAGE)

    with site(answer) as server:
        original = fetch(server.at("/old"), network=server.network())
    assert (original.name, original.address) == (server.at("/old"), server.at("/new?x=1"))


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("http://127.0.0.1/router", "is within your own network"),
        ("http://[::ffff:192.168.0.1]/", "is within your own network"),
        ("ftp://news.example.org/", "is not the address of a web page"),
        ("file:///etc/passwd", "is not the address of a web page"),
        ("http://news.example.org:22/", "has an unusual port, 22"),
        ("http://editor:secret@news.example.org/", "has a name or a password in it"),
        ("/round", "leads from one address to the next without end"),
    ],
)
def test_each_redirect_is_checked(location: str, expected: str) -> None:
    with site(lambda path: Answer(status=302, headers={"Location": location})) as server:
        plain = server.network()
        network = Network(_loopback_by_name, plain.proxy, ports=plain.ports)
        assert expected in refusal(server.at("/"), network=network)
    assert len(server.asked) <= 6


def _loopback_by_name(host: str, port: int) -> list[str]:
    """Let one name lead to this machine; all else is as on the web."""
    if host == "news.example.org":
        return ["127.0.0.1"]
    return public_addresses(host, port)


def test_no_more_is_read_than_allowed() -> None:
    with site(lambda path: Answer(b"x" * 3_000_000)) as server:
        words = refusal(server.at("/"), network=server.network(), most_bytes=1024 * 1024)
    assert "is larger than 1 MB" in words


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_what_unpacks_to_too_much(encoding: str) -> None:
    pack = gzip.compress if encoding == "gzip" else zlib.compress
    bomb = pack(b"\0" * 50_000_000)
    answer = Answer(bomb, headers={"Content-Encoding": encoding})
    with site(lambda path: answer) as server:
        words = refusal(server.at("/"), network=server.network(), most_bytes=1024 * 1024)
    assert "is larger than 1 MB" in words


def test_compressed_pages_are_read() -> None:
    answer = Answer(gzip.compress(PAGE, mtime=0), headers={"Content-Encoding": "gzip"})
    with site(lambda path: answer) as server:
        assert fetch(server.at("/"), network=server.network()).content == PAGE


@pytest.mark.parametrize(
    ("content", "encoding"),
    [(gzip.compress(PAGE, mtime=0)[:-6], "gzip"), (PAGE, "gzip"), (PAGE, "br")],
)
def test_what_is_compressed_wrongly_is_not_taken(content: bytes, encoding: str) -> None:
    answer = Answer(content, headers={"Content-Encoding": encoding})
    with site(lambda path: answer) as server:
        words = refusal(server.at("/"), network=server.network())
    assert "damaged" in words or "unasked" in words


def test_a_page_that_breaks_off_is_not_taken_for_a_whole_one() -> None:
    answer = Answer(PAGE, headers={"Content-Length": "1000"})
    with site(lambda path: answer) as server:
        assert "cannot be reached" in refusal(server.at("/"), network=server.network())


def test_a_page_that_comes_byte_by_byte_is_not_waited_for() -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    with site(lambda path: Answer(send=drip)) as server:
        words = refusal(server.at("/"), network=server.network(), most_seconds=0.2)
    assert "takes longer than 0.2 seconds" in words


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("application/pdf", "is a PDF. Open it, copy the text"),
        ("video/mp4", "is a film. Add the page that it is on."),
        ("application/zip", "is no page (application/zip)."),
        ("application/octet-stream", "is no page (application/octet-stream)."),
    ],
)
def test_what_no_importer_reads_is_refused_with_advice(media_type: str, expected: str) -> None:
    with site(lambda path: Answer(PAGE, media_type)) as server:
        assert expected in refusal(server.at("/a"), network=server.network())


@pytest.mark.parametrize("media_type", ["", "application/octet-stream"])
def test_a_word_file_of_which_the_server_knows_nothing(media_type: str) -> None:
    with site(lambda path: Answer(PAGE, media_type)) as server:
        original = fetch(server.at("/piece.docx"), network=server.network())
    assert original.media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (404, "is not there (404). Check the address."),
        (403, "is not given to programs (403). Open it in a browser, save the page"),
        (503, "is not to be had at the moment (503). Try again later."),
    ],
)
def test_what_an_editor_reads_of_a_refusal(status: int, expected: str) -> None:
    with site(lambda path: Answer(status=status)) as server:
        words = refusal(server.at("/a"), network=server.network())
    assert expected in words
    assert words.startswith("news.example.org: http:")


def test_a_proxy_looks_names_up_itself() -> None:
    """On a computer behind one, names of the web may lead nowhere."""

    def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with site(lambda path: Answer(PAGE)) as server:
        proxy = f"http://127.0.0.1:{server.port}"
        network = Network(nowhere, lambda scheme, host: proxy)
        assert fetch("http://news.example.org/a", network=network).content == PAGE
    assert server.asked == ["news.example.orghttp://news.example.org/a"]


def test_the_proxy_that_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", "proxy.example.org:3128")
    monkeypatch.setenv("no_proxy", "own.example.org")
    assert proxy_of("https", "news.example.org") == "http://proxy.example.org:3128"
    assert proxy_of("https", "own.example.org") is None
    assert proxy_of("http", "news.example.org") is None


def test_a_proxy_is_not_asked_for_the_own_network() -> None:
    network = Network(proxy=lambda scheme, host: "http://127.0.0.1:9")
    assert "is within your own network" in refusal("http://192.168.1.1/", network=network)


def test_a_proxy_of_a_kind_that_is_not_installed() -> None:
    network = Network(lambda *_: ["1.1.1.1"], lambda scheme, host: "socks9://127.0.0.1:9")
    assert "Check HTTPS_PROXY" in refusal("http://news.example.org/", network=network)


@pytest.mark.parametrize("address", ["", "news.example.org", "https://", "http://[::1", "//a/b"])
def test_what_is_no_address(address: str) -> None:
    assert refusal(address)

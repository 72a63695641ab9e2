"""The preview as a real server on this machine, and what it answers."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import NamedTuple

import pytest
import uvicorn

from newsletter.preview.application import application
from newsletter.preview.live_issues import LiveIssues
from newsletter.preview.server import listen

EVERYTHING = Path(__file__).resolve().parents[1] / "golden" / "everything" / "issues"
HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class Answer(NamedTuple):
    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Stream:
    """The events that the server sends to a page."""

    def __init__(self, answer: HTTPResponse) -> None:
        self.headers = answer.headers
        self._answer = answer

    def event(self) -> str:
        """Return the data of the next event. Raises TimeoutError if none comes in ten seconds."""
        for line in iter(self._answer.readline, b""):
            if line.startswith(b"data:"):
                return line[5:].strip().decode()
        raise EOFError("the server has ended the stream")


@dataclass(frozen=True)
class Preview:
    """A preview that is running. ``folder`` has issues/ in it."""

    folder: Path
    port: int

    def ask(self, target: str, *, method: str = "GET", host: str | None = "127.0.0.1") -> Answer:
        """Return the answer to a request. ``target`` is sent as it is; if ``host`` is None, there is no such header."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.putrequest(method, target, skip_host=True)
            if host is not None:
                connection.putheader("Host", host)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    @contextmanager
    def stream(self, query: str = "") -> Iterator[Stream]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", f"/changes{query}")
            with connection.getresponse() as answer:
                yield Stream(answer)

    def wait_until_it_watches(self) -> None:
        """Write files until one of them is noticed."""
        probe = self.folder / "issues" / "probe"
        noticed = threading.Event()

        def write() -> None:
            count = 0
            while not noticed.wait(0.05):
                count += 1
                probe.write_text(str(count), "utf-8")

        with self.stream() as stream:
            stream.event()
            writer = threading.Thread(target=write)
            writer.start()
            try:
                stream.event()
            finally:
                noticed.set()
                writer.join()


@contextmanager
def served(
    folder: Path, editor: str = "vscode", hosts: frozenset[str] = HOSTS
) -> Iterator[Preview]:
    """Serve the preview of the newsletter in ``folder`` until the block ends."""
    listener = listen("127.0.0.1", 0)
    app = application(LiveIssues(folder / "issues"), editor, hosts)
    server = uvicorn.Server(
        uvicorn.Config(app, log_config=None, server_header=False, timeout_graceful_shutdown=2)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield Preview(folder, listener.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def preview(newsletter_folder: Path) -> Iterator[Preview]:
    """Serve the preview of a copy of the shipped newsletter."""
    with served(newsletter_folder) as preview:
        yield preview


FORMATS = """
formats:
  - {name: teasers, shows: teasers}
  - {name: full, shows: full, at_most: 95%}
  - {name: plain, shows: full, parts: text}
"""


def with_formats(folder: Path, formats: str = FORMATS) -> Path:
    """Give the newsletter in ``folder`` formats, and return it."""
    publication = folder / "issues" / "publication.yaml"
    publication.write_text(publication.read_text("utf-8") + formats, "utf-8")
    return folder


@pytest.fixture
def in_formats(newsletter_folder: Path) -> Path:
    """Return a copy of the shipped newsletter with three formats."""
    return with_formats(newsletter_folder)


@pytest.fixture
def everything(tmp_path: Path) -> Path:
    """Return a copy of the newsletter whose one issue, 1268a, has everything; a test may change it."""
    shutil.copytree(EVERYTHING, tmp_path / "everything" / "issues")
    return tmp_path / "everything"


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Serve one preview of the issue that has everything, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("standing")
    shutil.copytree(EVERYTHING, folder / "issues")
    with served(folder) as preview:
        yield preview


class Element(NamedTuple):
    tag: str
    attributes: dict[str, str]


class Page(HTMLParser):
    """The elements and the text of a page, as a browser reads them."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.words = ""
        self._within = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        self._within = tag

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "script":
            self.scripts.append(data)
        elif self._within == "style":
            self.styles.append(data)
        else:
            self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of each element of this name."""
        return [element.attributes for element in self.elements if element.tag == tag]

    def links(self) -> list[str]:
        return [attributes["href"] for attributes in self.all("a") if "href" in attributes]

    def handlers(self) -> list[str]:
        """Return attributes that would run a script."""
        return [
            name
            for element in self.elements
            for name in element.attributes
            if name.startswith("on")
        ]


Save = Callable[[str, str], None]


@pytest.fixture
def save(newsletter_folder: Path) -> Save:
    """Replace words in issue 652 as an editor's program does: under another name first, then in one step."""
    manifest = newsletter_folder / "issues" / "652" / "issue.yaml"

    def save(old: str, new: str) -> None:
        text = manifest.read_text("utf-8")
        assert old in text
        fresh = manifest.with_name(".issue.yaml.new")
        fresh.write_text(text.replace(old, new, 1), "utf-8")
        fresh.replace(manifest)

    return save

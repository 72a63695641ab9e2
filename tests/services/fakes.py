"""What the fake services share: an HTTP application in this process, its state as JSON, and faults of the wire."""

from __future__ import annotations

import base64
import email
import email.policy
import json
import os
import re
import signal
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from mimetypes import guess_type
from pathlib import Path
from typing import Any, ClassVar, Literal, get_args

import httpx

CANARY = "canary-5f0c1a77d2"
"""Part of every secret in the tests: it must not appear in anything that is shown or written."""


@dataclass
class Held:
    """A campaign as a reader or a judge would see it in the service."""

    id: str
    name: str
    status: str
    """draft, scheduled, or whatever else."""
    audiences: tuple[str, ...]
    subject: str
    html: str
    text: str | None
    scheduled: str | None = None


ARCHIVE = "https://www.bionews.org.uk/issues/"
"""What the address of each page of the publication's archive starts with: they are all there."""
WEB: dict[str, bytes] = {}
"""What the publication's own web server has, by address."""


@dataclass
class HeldFile:
    """A file that readers can get from the service."""

    name: str
    """The name that it was uploaded with."""
    address: str
    content: bytes


class Fake(ABC):
    """A service that keeps state, as far as the builder can see."""

    NAME: ClassVar[str]
    """As in publication.yaml."""
    BASE: ClassVar[str]
    """What every address starts with; anything else is answered 404."""
    ENVIRONMENT: ClassVar[dict[str, str]]
    """Settings that fit."""
    AUDIENCE: ClassVar[str]
    """The id of the right audience; OTHER is that of a wrong one."""
    OTHER: ClassVar[str]
    PARTS: ClassVar[tuple[str, ...]] = ()
    """The ids of three parts of the right audience, or of three more audiences where lists have no parts."""
    ROUTES: ClassVar[tuple[tuple[str, str, str], ...]]
    """Method, pattern of the path behind BASE, and the name of the method that answers; groups are its arguments."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        """Where the state outlives this process, for tests that kill it."""
        self.state: dict[str, Any] = (
            json.loads(file.read_bytes()) if file and file.exists() else self.empty()
        )
        self.listed: frozenset[str] | None = None
        """The ids of the campaigns that are listed so far; None: all. Any can be read by its id."""

    def empty(self) -> dict[str, Any]:
        """The state of an account in which nothing was done."""
        return {"campaigns": {}, "last": 100, "tests": [], "files": []}

    def new_id(self) -> str:
        """An id that was not given before."""
        self.state["last"] += 1
        return str(self.state["last"])

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What the service says, and does."""
        address = str(request.url.copy_with(query=None))
        served = WEB | {file.address: file.content for file in self.files()}
        if address in served:
            kind, _ = guess_type(address)
            headers = {"Content-Type": kind or ""}
            return httpx.Response(200, content=served[address], headers=headers)
        if not address.startswith(self.BASE):
            return httpx.Response(404, text="no such host here")
        if not self.is_authorised(request):
            return self.refusal(401, f"no access with {request.headers.get('Authorization')}")
        path = address.removeprefix(self.BASE)
        for method, pattern, name in self.ROUTES:
            match = re.fullmatch(pattern, path)
            if match and method == request.method:
                with self._as_listed(is_list=method == "GET" and not match.groups()):
                    response: httpx.Response = getattr(self, name)(request, *match.groups())
                if self.file:
                    self.file.write_text(json.dumps(self.state))
                return response
        return self.refusal(404, f"no such call: {request.method} {path}")

    def let_lists_lag(self) -> None:
        """What is made from now on is not in any list, until ``listed`` is None again."""
        self.listed = frozenset(self.state["campaigns"])

    @contextmanager
    def _as_listed(self, *, is_list: bool) -> Iterator[None]:
        """While this lasts, a list has only what is listed."""
        campaigns, listed = self.state["campaigns"], self.listed
        if not is_list or listed is None:
            yield
            return
        self.state["campaigns"] = {
            number: held for number, held in campaigns.items() if number in listed
        }
        try:
            yield
        finally:
            self.state["campaigns"] = campaigns

    @abstractmethod
    def is_authorised(self, request: httpx.Request) -> bool:
        """Whether the credentials are those of ENVIRONMENT."""

    @abstractmethod
    def refusal(self, status: int, reason: str) -> httpx.Response:
        """An error in the form that the service has for it."""

    @abstractmethod
    def held(self) -> list[Held]:
        """All campaigns, tests included."""

    def files(self) -> list[HeldFile]:
        """All files that it keeps, the oldest first. None of ours, if it keeps no files."""
        return [
            HeldFile(file["called"], file["address"], base64.b64decode(file["content"]))
            for file in self.state["files"]
        ]

    def keep(self, called: str, address: str, content: bytes, **shown: Any) -> dict[str, Any]:
        """Keep a file; ``shown`` is what the service says of it."""
        encoded = base64.b64encode(content).decode()
        file = {"called": called, "address": address, "content": encoded, "shown": shown}
        self.state["files"].append(file)
        return shown

    @abstractmethod
    def alter(self, campaign: str, what: Literal["content", "audience"]) -> None:
        """Spoil a campaign: something in its HTML, or its audience (OTHER)."""

    @property
    def tests(self) -> list[dict[str, Any]]:
        """Test sends: ``to`` (addresses) and ``subject``."""
        tests: list[dict[str, Any]] = self.state["tests"]
        return tests


def altered(html: str) -> str:
    """The HTML with a class and a picture that nobody handed over."""
    return html.replace("<p", "<p class=x", 1) + "<img src=x>"


def body_of(request: httpx.Request) -> Any:
    """The JSON that was sent."""
    return json.loads(request.content or b"null")


@dataclass
class FormPart:
    """A part of a form that was sent."""

    filename: str | None
    media_type: str
    content: bytes


def form_of(request: httpx.Request) -> dict[str, FormPart]:
    """The parts of a form (multipart/form-data) by name; none if it is no form."""
    kind = request.headers.get("Content-Type", "").encode()
    message = email.message_from_bytes(
        b"Content-Type: " + kind + b"\r\n\r\n" + request.content, policy=email.policy.HTTP
    )
    if message.get_content_type() != "multipart/form-data":
        return {}
    form: dict[str, FormPart] = {}
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        name = str(part.get_param("name", header="Content-Disposition"))
        form[name] = FormPart(part.get_filename(), part.get_content_type(), content)
    return form


def extension_of(content: bytes) -> str:
    """What the name of a picture ends in; empty if it is none that every program shows."""
    beginnings = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "gif": b"GIF8"}
    return next((end for end, start in beginnings.items() if content.startswith(start)), "")


Effect = Literal[
    "time-out before",
    "time-out after",
    "reset before",
    "reset after",
    "no connection",
    "429 with waiting time",
    "429 without",
    "500 before",
    "500 after",
    "malformed answer",
    "empty answer",
    "wrong audience",
    "content altered",
    "kill before",
    "kill after",
]
EFFECTS: tuple[Effect, ...] = get_args(Effect)
ALIKE: tuple[tuple[Effect, ...], ...] = (
    ("time-out before", "reset before", "500 before"),  # nothing was done, and nobody can know
    ("time-out after", "reset after", "500 after"),  # something was done, and nobody can know
    ("no connection", "429 with waiting time", "429 without"),  # nothing was done, for certain
    ("malformed answer", "empty answer"),  # something was done, and the answer says nothing of it
    ("wrong audience",),
    ("content altered",),
)
"""The effects of a fault by class; all but kill, which has a test of its own. What is in one class looks alike to the
builder.
"""
_BEFORE = (
    *("kill before", "time-out before", "reset before", "no connection"),
    *("429 with waiting time", "429 without", "500 before"),
)
"""What strikes before the service has done anything."""
_WAITING = {"Retry-After": "2", "x-sib-ratelimit-reset": "2", "X-RateLimit-Reset": "2"}
"""Asks for two seconds, in every way that services have for it."""
_FAILURES: dict[Effect, tuple[type[httpx.RequestError], str]] = {
    "time-out before": (httpx.ReadTimeout, "timed out"),
    "time-out after": (httpx.ReadTimeout, "timed out"),
    "reset before": (httpx.RemoteProtocolError, "Server disconnected without sending a response."),
    "reset after": (httpx.ReadError, "Connection reset by peer"),
    "no connection": (httpx.ConnectError, "Connection refused"),
}
_ANSWERS: dict[Effect, tuple[int, dict[str, Any]]] = {
    "429 with waiting time": (429, {"headers": _WAITING, "json": {}}),
    "429 without": (429, {"json": {}}),
    "500 before": (500, {"text": "<h1>Oops</h1>"}),
    "500 after": (502, {"text": "<h1>Bad gateway</h1>"}),
    "malformed answer": (200, {"text": '{"unfinished": ['}),
    "empty answer": (200, {"json": {}}),
}


@dataclass(frozen=True)
class Fault:
    """What goes wrong, at which call (from 0), and whether it stays so for the rest of the run."""

    effect: Effect
    call: int
    stays: bool = False


@dataclass
class Wire(httpx.BaseTransport):
    """The wire between the builder and a fake."""

    fake: Fake
    fault: Fault | None = None
    calls: list[str] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    """Pictures are asked for several at a time."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        if str(request.url).startswith(ARCHIVE):  # another web server, with which nothing is wrong
            return httpx.Response(200, text="A page of the archive", request=request)
        with self.lock:
            return self._handle(request)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        fault = self.fault
        strikes = fault is not None and (
            len(self.calls) == fault.call or (fault.stays and len(self.calls) > fault.call)
        )
        self.calls.append(f"{request.method} {request.url.path}")
        self.requests.append(request)
        if fault is None or not strikes:
            return self._answer(request)
        return self._struck(fault.effect, request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        answer = self.fake.answer(request)
        answer.request = request
        return answer

    def _struck(self, effect: Effect, request: httpx.Request) -> httpx.Response:
        if effect in _BEFORE:
            return self._broken(effect, request)
        before = self._campaigns()
        answer = self._answer(request)
        if effect in ("wrong audience", "content altered"):
            for campaign in self._written_since(before):
                self.fake.alter(campaign, "audience" if effect == "wrong audience" else "content")
            return answer
        return self._broken(effect, request)

    def _campaigns(self) -> dict[str, str]:
        """Each campaign as it is now, by its id."""
        campaigns: dict[str, Any] = self.fake.state["campaigns"]
        return {number: json.dumps(campaign) for number, campaign in campaigns.items()}

    def _written_since(self, before: dict[str, str]) -> list[str]:
        """The campaigns that a call has written; of a single one, it is not asked whether it has."""
        now = self._campaigns()
        if len(now) == 1:
            return list(now)
        return [number for number, campaign in now.items() if before.get(number) != campaign]

    def _broken(self, effect: Effect, request: httpx.Request) -> httpx.Response:
        if effect.startswith("kill"):
            os.kill(os.getpid(), signal.SIGKILL)
        if effect in _FAILURES:
            failure, words = _FAILURES[effect]
            raise failure(words, request=request)
        status, answer = _ANSWERS[effect]
        return httpx.Response(status, request=request, **answer)


def pages(
    found: list[Any], request: httpx.Request, start: str = "offset", size: str = "count"
) -> list[Any]:
    """The part of a list that a request asks for."""
    first, count = (
        int(request.url.params.get(name, default)) for name, default in ((start, 0), (size, 10))
    )
    return found[first : first + count]

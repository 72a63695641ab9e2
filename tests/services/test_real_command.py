"""The real command in a process of its own, over a real socket, to a listmonk that is only a fake behind the door."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests.services.fake_listmonk import FakeListmonk
from tests.services.fakes import CANARY
from tests.services.scenes import ARCHIVE_IS_NOT_HERE


class Door(ThreadingHTTPServer):
    """A web server on this computer that passes every request on to the fake."""

    daemon_threads = True

    def __init__(self, fake: FakeListmonk) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.fake = fake
        self.asked: list[str] = []
        self.hold: str | None = None
        """A request, as ``POST /api/campaigns``, that is answered only after a long while: its effect is immediate."""

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Passing(BaseHTTPRequestHandler):
    server: Door

    def _pass_on(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        address = FakeListmonk.BASE.rpartition("/api")[0] + self.path
        answer = self.server.fake.answer(
            httpx.Request(self.command, address, headers=dict(self.headers), content=content)
        )
        asked = f"{self.command} {self.path.partition('?')[0]}"
        self.server.asked.append(asked)
        if asked == self.server.hold:
            time.sleep(30)
        self.send_response(answer.status_code)
        self.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    do_GET = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815 - the names that http.server looks for

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def door() -> Iterator[Door]:
    with Door(FakeListmonk()) as door:
        thread = threading.Thread(target=door.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield door
        door.shutdown()
        thread.join()


@pytest.fixture
def environment(newsletter_folder: Path, door: Door) -> dict[str, str]:
    """That of an editor; all that httpx logs goes to the terminal, too."""
    publication = newsletter_folder / "issues" / "publication.yaml"
    written = publication.read_text("utf-8")
    publication.write_text(
        written.replace("service: folder", f"service: listmonk\naudience: {FakeListmonk.AUDIENCE}")
        + ARCHIVE_IS_NOT_HERE
    )
    own = {
        **FakeListmonk.ENVIRONMENT,
        "LISTMONK_URL": door.address,
        "HTTP_PROXY": "http://127.0.0.1:9",
    }
    return {**os.environ, **own, "NEWSLETTER_CACHE": str(newsletter_folder / "cache")}


def started(
    newsletter: Path, environment: dict[str, str], *arguments: str
) -> subprocess.Popen[str]:
    program = (
        "import logging; logging.basicConfig(level=1); from newsletter.cli import main; main()"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=newsletter,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Its status and all that it said, in which there is no secret."""
    out, err = process.communicate(timeout=60)
    assert CANARY not in out + err
    assert "Traceback" not in err
    return process.returncode, out


def test_from_the_first_look_to_the_time_of_sending(
    newsletter_folder: Path, environment: dict[str, str], door: Door
) -> None:
    def command(*arguments: str) -> str:
        status, out = ended(started(newsletter_folder, environment, *arguments))
        assert status == 0, out
        return out

    assert "works" in command("services", "--check")
    assert FakeListmonk.AUDIENCE in command("audiences")
    assert "read back, and as it was given" in command("hand-over", "652", "--yes")
    assert "Nothing new to hand over" in command("hand-over", "652", "--yes")
    assert "16:00 UTC" in command("schedule", "652", "--at", "2031-07-07 17:00", "--yes")
    assert "scheduled" in command("status", "652")
    assert "draft" in command("unschedule", "652")
    assert "The same, byte for byte" in command("verify", "652")
    (held,) = door.fake.held()
    assert (held.status, held.audiences) == ("draft", (FakeListmonk.AUDIENCE,))
    written = [path for path in newsletter_folder.rglob("*") if path.is_file()]
    assert not [path for path in written if CANARY.encode() in path.read_bytes()]


def test_a_command_that_is_killed_while_it_waits_for_the_answer_makes_no_second_draft(
    newsletter_folder: Path, environment: dict[str, str], door: Door
) -> None:
    door.hold = "POST /api/campaigns"
    process = started(newsletter_folder, environment, "hand-over", "652", "--yes")
    while not door.fake.held():
        time.sleep(0.02)
        assert process.poll() is None, process.communicate()
    process.send_signal(signal.SIGKILL)
    assert ended(process)[0] == -signal.SIGKILL
    door.hold = None
    status, _ = ended(started(newsletter_folder, environment, "hand-over", "652", "--yes"))
    assert status == 0
    (held,) = door.fake.held()
    assert held.html == (newsletter_folder / "issues/652/handed-over/email.html").read_text("utf-8")
    assert door.asked.count("POST /api/campaigns") == 1


def test_two_commands_at_once_make_one_draft(
    newsletter_folder: Path, environment: dict[str, str], door: Door
) -> None:
    both = [started(newsletter_folder, environment, "hand-over", "652", "--yes") for _ in range(2)]
    assert 0 in {ended(process)[0] for process in both}
    assert len(door.fake.held()) == 1
    assert door.asked.count("POST /api/campaigns") == 1

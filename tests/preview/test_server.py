"""``newsletter preview`` as an editor uses it: a port, the browser, and a clean end."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsletter.cli import main
from newsletter.preview.server import MOST_CONNECTIONS, listen
from tests.preview.conftest import Preview

REPOSITORY = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """Return a port that is free; those after it are likely to be free too."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run the command in its own process; kill it if it has not ended within half a minute."""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONWARNINGS": "error"}
    with subprocess.Popen(
        [sys.executable, "-m", "newsletter", "preview", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_listen_to_ctrl_c,  # noqa: PLW1509 - it only sets a signal
    ) as process:
        watchdog = threading.Timer(30, process.kill)
        watchdog.start()
        try:
            yield process
        finally:
            watchdog.cancel()
            process.kill()


def _listen_to_ctrl_c() -> None:
    """Let processes hear Ctrl-C: a shell makes what it starts in the background deaf to it, and so all its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def line(process: subprocess.Popen[str]) -> str:
    """Return the next line that it prints."""
    assert process.stdout
    return process.stdout.readline().rstrip("\n")


def end(process: subprocess.Popen[str], by: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
    """End it by a signal. Return the exit status, and what it has printed since."""
    process.send_signal(by)
    output, errors = process.communicate()
    return process.returncode, output, errors


def test_a_free_port_is_taken() -> None:
    port = free_port()
    with closing(listen("127.0.0.1", port)) as listener:
        assert listener.getsockname() == ("127.0.0.1", port)
        with closing(socket.create_connection(("127.0.0.1", port))):
            pass


def test_of_taken_ports_the_next_free_one_is_taken() -> None:
    with closing(listen("127.0.0.1", free_port())) as first:
        port = first.getsockname()[1]
        with (
            closing(listen("127.0.0.1", port)) as second,
            closing(listen("127.0.0.1", port)) as third,
        ):
            assert port < second.getsockname()[1] < third.getsockname()[1]


def test_it_is_an_error_if_no_port_is_free() -> None:
    with closing(socket.socket()) as last:
        last.bind(("127.0.0.1", 65_535))
        last.listen()
        with pytest.raises(OSError, match="no port from 65535 on is free") as caught:
            listen("127.0.0.1", 65_535)
    assert caught.value.errno == errno.EADDRINUSE


def test_any_other_fault_is_raised_as_it_is() -> None:
    with pytest.raises(OSError, match=r"assign|not available|unreachable") as caught:
        listen("203.0.113.1", 8596)
    assert caught.value.errno == errno.EADDRNOTAVAIL


def test_it_tells_its_address_and_ends_with_a_word(newsletter_folder: Path) -> None:
    port = free_port()
    with running(newsletter_folder, "652", "--no-open", "--port", str(port)) as process:
        assert line(process) == f"http://127.0.0.1:{port}/652  (Ctrl-C ends it)"
        assert "BioNews" in Preview(newsletter_folder, port).ask("/652").text
        assert end(process) == (0, "\nThe preview has ended.\n", "")


def test_it_ends_while_pages_are_open(newsletter_folder: Path) -> None:
    port = free_port()
    with running(newsletter_folder, "652", "--no-open", "--port", str(port)) as process:
        line(process)
        preview = Preview(newsletter_folder, port)
        with preview.stream("?issue=652") as first, preview.stream() as second:
            assert (len(first.event()), second.event()) == (16, "")
            assert end(process) == (0, "\nThe preview has ended.\n", "")


def test_it_ends_when_the_system_says_so(newsletter_folder: Path) -> None:
    port = free_port()
    with running(newsletter_folder, "652", "--no-open", "--port", str(port)) as process:
        line(process)
        with Preview(newsletter_folder, port).stream("?issue=652") as stream:
            stream.event()
            _, _, errors = end(process, signal.SIGTERM)
    assert errors == ""
    with pytest.raises(ConnectionRefusedError):
        Preview(newsletter_folder, port).ask("/652")


def test_a_second_one_takes_the_next_port_and_says_so(newsletter_folder: Path) -> None:
    port = free_port()
    with running(newsletter_folder, "652", "--no-open", "--port", str(port)) as first:
        line(first)
        with running(newsletter_folder, "596", "--no-open", "--port", str(port)) as second:
            told, address = line(second), line(second)
            taken = int(told.removesuffix(".").split()[-1])
            assert told == f"Port {port} is taken; using {taken}."
            assert address == f"http://127.0.0.1:{taken}/596  (Ctrl-C ends it)"
            assert Preview(newsletter_folder, taken).ask("/596").status == 200
            assert end(second)[0] == 0
        assert Preview(newsletter_folder, port).ask("/652").status == 200


def test_more_connections_than_anybody_needs_are_refused_until_some_end(
    newsletter_folder: Path,
) -> None:
    port = free_port()
    with (
        running(newsletter_folder, "652", "--no-open", "--port", str(port)) as process,
        ExitStack() as held,
    ):
        line(process)
        preview = Preview(newsletter_folder, port)
        for _ in range(MOST_CONNECTIONS):
            held.enter_context(closing(socket.create_connection(("127.0.0.1", port))))
        assert preview.ask("/").status == 503
        held.close()
        assert any(preview.ask("/").status == 200 for _ in range(50))


def test_without_a_name_the_newest_issue_is_shown(newsletter_folder: Path) -> None:
    with running(
        newsletter_folder / "issues" / "596", "--no-open", "--port", str(free_port())
    ) as process:
        assert "/652 " in line(process)


@pytest.mark.parametrize(("host", "warns"), [("0.0.0.0", True), ("localhost", False)])  # noqa: S104
def test_whoever_lets_others_in_is_warned(newsletter_folder: Path, host: str, warns: bool) -> None:
    port = free_port()
    with running(
        newsletter_folder, "652", "--no-open", "--port", str(port), "--host", host
    ) as process:
        assert line(process) == f"http://{host}:{port}/652  (Ctrl-C ends it)"
        preview = Preview(newsletter_folder, port)
        assert preview.ask("/652", host=f"{host}:{port}").status == 200
        assert preview.ask("/652", host="evil.test").status == 400
        status, _, errors = end(process)
    assert status == 0
    assert errors == (
        f"Warning: anybody who reaches {host} over the network can read all issues.\n"
        if warns
        else ""
    )


@pytest.mark.parametrize(
    "editor",
    ["notepad", "", "VSCode", "vscode://file", "javascript:alert('{path}')", "JavaScript:{path}", " javascript:{path}",
     "data:text/html,{path}", "/usr/bin/vi {path}", "{path}", "vbscript:{path}", "view-source:javascript:{path}",
     "file:{path}", "https://sample.test/{path}", "blob:{path}", "mine:{path}", "VSCODE:{path}", "vscode:\n{path}",
     "vscode://file/a b/{path}", "vscodejavascript:{path}", "x:vscode:{path}", "vscode:"],
)  # fmt: skip
def test_an_editor_that_no_link_can_open_is_refused(
    newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    monkeypatch.chdir(newsletter_folder)
    answer = CliRunner().invoke(main, ["preview", "9999", "--no-open", "--editor", editor])
    assert answer.exit_code == 2
    assert "Invalid value for --editor: name one of vscode, cursor" in answer.stderr


@pytest.mark.parametrize(
    "editor", ["zed", "subl://open?url=file://{path}&line={line}", "idea:{path}"]
)
def test_an_editor_by_name_or_address_is_taken(
    newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    monkeypatch.chdir(newsletter_folder)
    answer = CliRunner().invoke(
        main, ["preview", "9999", "--no-open"], env={"NEWSLETTER_EDITOR": editor}
    )
    assert "This issue does not exist." in answer.stderr


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("9999", "issues/9999/issue.yaml: This issue does not exist. The newest are: 596, 652.\n"),
        (
            "issues/9999",
            "issues/9999/issue.yaml: This is not a numbered issue. Name its folder by its number, and",
        ),
        ("issues/drafts", "issues/drafts/issue.yaml: This is not a numbered issue."),
    ],
)
def test_an_unknown_issue_is_told(newsletter_folder: Path, name: str, told: str) -> None:
    (newsletter_folder / "issues" / "drafts").mkdir()
    (newsletter_folder / "issues" / "drafts" / "issue.yaml").write_text("number: drafts", "utf-8")
    with running(newsletter_folder, name, "--no-open", "--port", str(free_port())) as process:
        output, errors = process.communicate()
    assert (process.returncode, output) == (2, "")
    assert errors.startswith(told)
    assert "Traceback" not in errors


def test_a_host_that_there_is_not_is_told(newsletter_folder: Path) -> None:
    with running(newsletter_folder, "652", "--no-open", "--host", "203.0.113.1") as process:
        output, errors = process.communicate()
    assert (process.returncode, output) == (2, "")
    assert "Error: The preview cannot listen at '203.0.113.1', port " in errors
    assert "Traceback" not in errors


def until(condition: Callable[[], bool]) -> None:
    """Wait until the condition is true, ten seconds at most."""
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it has not come about")


def children(process: subprocess.Popen[str]) -> list[str]:
    """Return its child processes, each with its name and its state (Z is a zombie)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text("utf-8")
        except OSError:
            continue
        name, _, rest = text.rpartition(")")
        if int(rest.split()[1]) == process.pid:
            found.append(f"{name}) {rest.split()[0]}")
    return found


def test_the_browser_is_opened_and_leaves_nothing_behind(
    newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener, opened = newsletter_folder / "xdg-open", newsletter_folder / "opened"
    opener.write_text(
        f'#!/bin/sh\necho "$1" > "{opened}.new"\nmv "{opened}.new" "{opened}"\n', "utf-8"
    )
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(newsletter_folder), prepend=os.pathsep)
    port = free_port()
    with running(newsletter_folder, "652", "--port", str(port)) as process:
        address = line(process).split()[0]
        until(opened.is_file)
        assert opened.read_text("utf-8").strip() == address == f"http://127.0.0.1:{port}/652"
        assert Preview(newsletter_folder, port).ask("/652").status == 200
        until(lambda: children(process) == [])
        assert end(process)[0] == 0


def test_with_no_open_no_browser_is_opened(
    newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener = newsletter_folder / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" > "{newsletter_folder}/opened"\n', "utf-8")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(newsletter_folder), prepend=os.pathsep)
    port = free_port()
    with running(newsletter_folder, "652", "--no-open", "--port", str(port)) as process:
        line(process)
        assert Preview(newsletter_folder, port).ask("/652").status == 200
        assert end(process)[0] == 0
    assert not (newsletter_folder / "opened").exists()

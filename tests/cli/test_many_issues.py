"""Many issues, on all cores: in order, and clean after Ctrl-C."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsletter import parallel
from newsletter.errors import NewsletterError
from newsletter.parallel import in_order
from tests.benchmarks.many import FIRST, write_newsletter

FILES = ["email.eml", "email.html", "email.txt"]


def slower_for_less(number: int) -> tuple[int, int]:
    """Return the number, and the process that looked at it; small ones take longer."""
    time.sleep(0.02 if number < 5 else 0)
    return number, os.getpid()


def ended(number: int) -> int:
    """End the process, as the system does when it needs the memory."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_cores", lambda: 2)


@pytest.mark.usefixtures("two_cores")
def test_results_come_in_the_order_of_the_tasks_from_two_processes() -> None:
    results = list(in_order(slower_for_less, range(40)))
    assert [number for number, _ in results] == list(range(40))
    assert len({process for _, process in results}) == 3


@pytest.mark.parametrize("count", [0, 1, 4])
@pytest.mark.usefixtures("two_cores")
def test_a_few_are_done_here(count: int) -> None:
    assert {process for _, process in in_order(slower_for_less, range(count))} <= {os.getpid()}


def test_on_one_core_all_are_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_cores", lambda: 1)
    assert {process for _, process in in_order(slower_for_less, range(9))} == {os.getpid()}


@pytest.mark.usefixtures("two_cores")
def test_processes_that_start_anew_work_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    anew = multiprocessing.get_context("spawn")
    monkeypatch.setattr(parallel, "_context", lambda: anew)
    assert list(in_order(abs, range(-9, 0))) == list(range(9, 0, -1))


@pytest.mark.usefixtures("two_cores")
def test_a_process_that_is_ended_from_outside_is_reported() -> None:
    with pytest.raises(NewsletterError, match="was ended from outside"):
        list(in_order(ended, range(9)))


def start(newsletter: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start the command in a session of its own, as in a terminal."""
    return subprocess.Popen(
        [sys.executable, "-m", "newsletter", *arguments],
        cwd=newsletter,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a shell may have set another
        start_new_session=True,
        text=True,
    )


def files_in(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_two_at_once_and_one_that_is_killed_leave_a_cache_that_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path / "cache"))
    newsletter = write_newsletter(tmp_path / "newsletter", 30)
    with start(newsletter, "build", "--all") as killed:
        wait_until_it_is_at_work(newsletter, killed, "build")
        os.killpg(killed.pid, signal.SIGKILL)

    both = [start(newsletter, "build", "--all", "--output", name) for name in ("one", "other")]
    for process in both:
        with process:
            assert process.wait(timeout=60) == 0
    with start(newsletter, "build", "--all") as last:
        assert last.wait(timeout=60) == 0

    built = files_in(newsletter / "build")
    left_behind = {name for name in built if "/." in name}
    assert {name: built[name] for name in built if name not in left_behind} == files_in(
        newsletter / "one"
    )
    assert files_in(newsletter / "one") == files_in(newsletter / "other")


@pytest.mark.parametrize("verb", ["build", "check"])
def test_ctrl_c_ends_it_with_status_130_and_leaves_no_half_files(tmp_path: Path, verb: str) -> None:
    newsletter = write_newsletter(tmp_path / "newsletter", 80)
    (newsletter / "issues" / str(FIRST)).rename(newsletter / "issues" / str(FIRST - 1))
    with start(newsletter, verb, "--all") as process:
        wait_until_it_is_at_work(newsletter, process, verb)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=30)

    assert process.returncode == 130
    assert errors.endswith("Stopped.\n")
    assert "Traceback" not in errors
    for folder in (newsletter / "build").glob("*"):
        assert sorted(path.name for path in folder.iterdir()) == FILES
    assert len(list((newsletter / "build").glob("*"))) < 79


def wait_until_it_is_at_work(newsletter: Path, process: subprocess.Popen[str], verb: str) -> None:
    """Wait until some issues are built, or the report of one is printed."""
    if verb == "check":
        assert process.stdout
        process.stdout.readline()
        return
    for _ in range(3000):
        if len(list((newsletter / "build").glob("*"))) >= 3:
            return
        time.sleep(0.01)
    pytest.fail("nothing was built")

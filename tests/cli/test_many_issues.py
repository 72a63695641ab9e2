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

from newsletter.cli import parallel
from newsletter.cli.parallel import in_order
from newsletter.errors import NewsletterError
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


@pytest.mark.parametrize("verb", ["build", "check"])
def test_ctrl_c_ends_it_with_status_130_and_leaves_no_half_files(tmp_path: Path, verb: str) -> None:
    newsletter = write_newsletter(tmp_path / "newsletter", 80)
    (newsletter / "issues" / str(FIRST)).rename(newsletter / "issues" / str(FIRST - 1))
    command = [sys.executable, "-m", "newsletter", verb, "--all"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen(
        command,
        cwd=newsletter,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
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

"""Processes that add what is in the inbox, each killed at another step: whatever it does to the disk.

``python -m tests.adding.killing FOLDER`` does so in copies of FOLDER/0: 1 is killed at its first
step, and the last one is not killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from click.testing import CliRunner

from newsletter.adding import inbox
from newsletter.cli import main

_STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.move")


def add_inbox(folder: Path, last_step: int = 0) -> None:
    """Add what is in a newsletter's inbox; kill this process at a step, counted from 1."""
    steps = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        if event not in _STEPS or "issues" not in str(arguments[0]):
            return
        if event == "open" and not _writes(arguments[2]):
            return
        steps += 1
        if steps == last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    if last_step:
        sys.addaudithook(count)
    os.chdir(folder)
    inbox._SECONDS_STABLE = 0
    CliRunner().invoke(main, ["add"])


def _writes(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def is_killed(home: Path, step: int) -> bool:
    """Return whether a process that works on a copy got as far as a step."""
    folder = home / str(step)
    shutil.copytree(home / "0", folder)
    child = os.fork()
    if child == 0:
        add_inbox(folder, step)
        os._exit(0)

    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    home = Path(sys.argv[1]).resolve()
    warm = home / "warm"
    shutil.copytree(home / "0", warm)
    add_inbox(warm)  # so that each process has loaded all that it needs
    os.chdir(home)
    shutil.rmtree(warm)

    step = 1
    while is_killed(home, step):
        step += 1

"""Processes that are killed at one of their steps: whatever they do to the disk."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

_STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.move")


def kill_each_step(home: Path, work: Callable[[Path], None]) -> None:
    """Do the work in copies of ``home``/0, each in a process of its own.

    The copy 1 is that of the process which is killed at its first step; the last one is not killed.
    """
    step = 1
    while _is_killed(home, work, step):
        step += 1


def _is_killed(home: Path, work: Callable[[Path], None], step: int) -> bool:
    """Return whether a process that works on a copy got as far as a step."""
    folder = home / str(step)
    shutil.copytree(home / "0", folder)
    child = os.fork()
    if child == 0:
        _kill_at(step, folder)
        work(folder)
        os._exit(0)

    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _kill_at(last_step: int, folder: Path) -> None:
    """Kill this process at a step that it takes in a folder, counted from 1."""
    steps = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        if event not in _STEPS or str(folder) not in str(arguments[0]):
            return
        if event == "open" and not _writes(arguments[2]):
            return
        steps += 1
        if steps == last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def _writes(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))

"""Processes that change an issue, each killed at another step: whatever it does to the disk.

``python -m tests.manifest.killing FOLDER`` does so in copies of FOLDER/0: 1 is killed at its first
step, and the last one is not killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from newsletter.manifest.writing import changing, write_changes

FILES = {
    "images/lab.jpg": b"a picture",
    "one.md": b"---\ntitle: One, again\n---\n",
    "two.md": b"---\ntitle: Two\n---\n",
    "sources/two.json": b"{}",
    "issue.yaml": b"number: 652\nitems: [one, two]\n",
}
_STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod")


def run(folder: Path, last_step: int) -> None:
    steps = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        if event not in _STEPS or str(folder) not in str(arguments[0]):
            return
        steps += 1
        if steps == last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    with changing(folder):
        write_changes(folder, FILES)


def is_killed(home: Path, step: int) -> bool:
    """Return whether a process that changes a copy of the issue got as far as a step."""
    folder = home / str(step)
    shutil.copytree(home / "0", folder)
    child = os.fork()
    if child == 0:
        run(folder, step)
        os._exit(0)

    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    step = 1
    while is_killed(Path(sys.argv[1]), step):
        step += 1

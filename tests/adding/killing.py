"""Processes that add what is in the inbox, each killed at another step.

``python -m tests.adding.killing FOLDER`` does so in copies of FOLDER/0 (tests/killing.py).
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from click.testing import CliRunner

from newsletter.adding import inbox
from newsletter.cli import main
from tests.killing import kill_each_step


def add_inbox(folder: Path) -> None:
    """Add what is in a newsletter's inbox."""
    os.chdir(folder)
    inbox._SECONDS_STABLE = 0
    CliRunner().invoke(main, ["add"])


if __name__ == "__main__":
    home = Path(sys.argv[1]).resolve()
    warm = home / "warm"
    shutil.copytree(home / "0", warm)
    add_inbox(warm)  # so that each process has loaded all that it needs
    os.chdir(home)
    shutil.rmtree(warm)

    kill_each_step(home, add_inbox)

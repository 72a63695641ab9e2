"""The long tests of one service in a process of its own: they replace parts of the program, and some are killed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.services.fakes import CANARY
from tests.services.scenes import REPOSITORY

_PATIENCE = 2400
"""Seconds for one service."""


def in_own_process(
    module: str, service: str, folder: Path, *, formats: bool = False, everything: bool
) -> Any:
    """Run ``python -m module SERVICE FOLDER``, and return what it prints, which is JSON."""
    command = [sys.executable, "-m", module, service, str(folder)]
    if formats:
        command.append("formats")
    if everything:
        command.append("everything")
    done = subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, text=True, timeout=_PATIENCE
    )
    assert done.returncode == 0, done.stderr
    assert CANARY not in done.stdout + done.stderr
    return json.loads(done.stdout)

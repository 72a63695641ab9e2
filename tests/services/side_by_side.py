"""The long tests of all services side by side: a process for each, as many at a time as there are processors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.services.every_fake import FAKES
from tests.services.fakes import CANARY
from tests.services.scenes import REPOSITORY

Running = dict[str, Future[Any]]
"""By the service's name, what its process printed, which is JSON."""
_PATIENCE = 600
"""Seconds for one service."""


@contextmanager
def side_by_side(module: str, folder: Path) -> Iterator[Running]:
    """Run ``python -m module SERVICE FOLDER`` for each service, with a folder of its own."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        yield {
            fake.NAME: pool.submit(_run, module, fake.NAME, folder / fake.NAME) for fake in FAKES
        }
        pool.shutdown(cancel_futures=True)


def _run(module: str, service: str, folder: Path) -> Any:
    folder.mkdir()
    command = [sys.executable, "-m", module, service, str(folder)]
    done = subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, text=True, timeout=_PATIENCE
    )
    assert done.returncode == 0, done.stderr
    assert CANARY not in done.stdout + done.stderr
    return json.loads(done.stdout)

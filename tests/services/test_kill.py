"""kill -9 at every step: the same command, given again, ends with one draft. The real signal, in real processes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.services.every_fake import FAKES
from tests.services.fakes import CANARY


@pytest.mark.parametrize("service", [fake.NAME for fake in FAKES])
def test_whenever_it_is_killed_there_is_one_draft(
    service: str, tmp_path: Path, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [sys.executable, "-m", "tests.services.killing", service, str(tmp_path)]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert CANARY not in done.stdout + done.stderr
    outcomes = json.loads(done.stdout)
    assert [row for row in outcomes if row[2] != "one draft"] == []
    scenes = Counter(scene for scene, _, _ in outcomes)
    assert min(scenes.values()) >= 10
    with capsys.disabled():
        told = ", ".join(f"{scene} {count}" for scene, count in scenes.items())
        print(f"\n{service}: killed {len(outcomes)} times ({told}), each time one draft in the end")  # noqa: T201

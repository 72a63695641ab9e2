"""kill -9 at every step: the same command, given again, ends as it must: with one draft, and a test with none. The real
signal, in real processes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.services.every_fake import FAKES
from tests.services.fakes import CANARY
from tests.services.scenes import SCENES


@pytest.mark.parametrize("service", [fake.NAME for fake in FAKES])
def test_whenever_it_is_killed_all_is_well_in_the_end(
    service: str, tmp_path: Path, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [sys.executable, "-m", "tests.services.killing", service, str(tmp_path)]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert CANARY not in done.stdout + done.stderr
    outcomes = json.loads(done.stdout)
    assert [row for row in outcomes if row[2] != "as it must be"] == []
    scenes = Counter(scene for scene, _, _ in outcomes)
    assert scenes.keys() == SCENES.keys()
    assert min(count for scene, count in scenes.items() if scene != "test send") >= 10
    assert scenes["test send"] >= 2  # it may be a single call, and keeps no record
    with capsys.disabled():
        told = ", ".join(f"{scene} {count}" for scene, count in scenes.items())
        print(f"\n{service}: killed {len(outcomes)} times ({told}), each time as it must be in the end")  # noqa: T201

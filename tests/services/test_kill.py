"""kill -9 at every step: the same command, run again, ends as it must: with one draft, and a test with none. The real
signal, in real processes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.services.every_fake import FAKES
from tests.services.scenes import SCENES
from tests.services.side_by_side import Running, side_by_side


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The runs of all services, begun together."""
    with side_by_side("tests.services.killing", tmp_path_factory.mktemp("kills")) as running:
        yield running


@pytest.mark.parametrize("service", [fake.NAME for fake in FAKES])
def test_whenever_it_is_killed_all_is_well_in_the_end(
    service: str, running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = running[service].result()
    assert [row for row in outcomes if row[2] != "as it must be"] == []
    scenes = Counter(scene for scene, _, _ in outcomes)
    assert scenes.keys() == SCENES.keys()
    assert min(count for scene, count in scenes.items() if scene != "test send") >= 10
    assert scenes["test send"] >= 2  # it may be a single call, and keeps no record
    with capsys.disabled():
        told = ", ".join(f"{scene} {count}" for scene, count in scenes.items())
        line = f"\n{service}: killed {len(outcomes)} times ({told}), each time as it must be in the end"
        print(line)  # noqa: T201

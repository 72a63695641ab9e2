"""kill -9 at every step: the same command, run again, ends as it must: with one draft, and a test with none. The real
signal, in real processes; before or after each step, and with --everything both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.every_fake import FAKES
from tests.services.own_process import in_own_process
from tests.services.scenes import IN_FORMATS, SCENES


@pytest.mark.parametrize("service", [fake.NAME for fake in FAKES])
def test_whenever_it_is_killed_all_is_well_in_the_end(
    service: str, tries_everything: bool, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    outcomes = in_own_process(
        "tests.services.killing", service, tmp_path, everything=tries_everything
    )
    assert [row for row in outcomes if row[2] != "as it must be"] == []
    scenes = Counter(scene for scene, _, _ in outcomes)
    assert scenes.keys() == SCENES.keys()
    whole = 2 if tries_everything else 1
    assert min(count for scene, count in scenes.items() if scene != "test send") >= 5 * whole
    assert scenes["test send"] >= whole  # it may be a single call, and keeps no record
    counted = ", ".join(f"{scene} {count}" for scene, count in scenes.items())
    tell(f"{service}: killed {len(outcomes)} times ({counted}), each time as it must be in the end")


@pytest.mark.parametrize("service", [fake.NAME for fake in FAKES])
def test_whenever_it_is_killed_each_format_ends_with_one_draft(
    service: str, tries_everything: bool, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    outcomes = in_own_process(
        "tests.services.killing", service, tmp_path, formats=True, everything=tries_everything
    )
    assert [row for row in outcomes if row[2] != "as it must be"] == []
    scenes = Counter(scene for scene, _, _ in outcomes)
    assert scenes.keys() == set(IN_FORMATS)
    assert scenes["hand over"] >= 15
    assert min(scenes.values()) >= 2
    counted = ", ".join(f"{scene} {count}" for scene, count in scenes.items())
    tell(f"{service}, three formats: killed {len(outcomes)} times ({counted}), each as it must be")

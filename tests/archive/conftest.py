"""What tests of the archive begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.small import Small


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """Return a newsletter without issues."""
    return Small(tmp_path)

"""A newsroom for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.newsroom import Newsroom


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """A newsletter whose newest issue is sound."""
    return Newsroom(tmp_path / "newsroom")

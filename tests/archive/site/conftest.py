"""What the tests of sites share."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other programs here write as well, and a test would wait for theirs."""
    monkeypatch.setattr(os, "sync", lambda: None)

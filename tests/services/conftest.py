"""What the tests of all services share: an issue that was handed over nowhere, and a world where nobody waits."""

from __future__ import annotations

import pytest

from tests.services.scenes import Newsletter, newsletter_in

_WAITING = (
    "newsletter.services.http.api",
    "newsletter.handover.campaigns",
    "newsletter.handover.published",
    "newsletter.handover.served",
    "newsletter.handover.service_draft",
    "newsletter.handover.served",
)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Newsletter:
    """One newsletter for all tests, as the last one has left it."""
    return newsletter_in(tmp_path_factory.mktemp("newsletter"))


@pytest.fixture
def newsletter(shared: Newsletter) -> Newsletter:
    """The same, handed over nowhere."""
    shared.forget()
    return shared


@pytest.fixture(scope="session")
def shared_with_pictures(tmp_path_factory: pytest.TempPathFactory) -> Newsletter:
    """Another one, whose issue 652 has two pictures."""
    return newsletter_in(tmp_path_factory.mktemp("illustrated"), with_pictures=True)


@pytest.fixture
def illustrated(shared_with_pictures: Newsletter) -> Newsletter:
    """The same, handed over nowhere."""
    shared_with_pictures.forget()
    return shared_with_pictures


@pytest.fixture(autouse=True)
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited, in no time."""
    seconds: list[float] = []
    for place in _WAITING:
        monkeypatch.setattr(f"{place}.sleep", seconds.append)
    monkeypatch.setattr("newsletter.checks.web._PAUSE", 0)
    return seconds

"""What the tests of handing over share: one newsletter, built once, and a service in memory."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsletter.checks.report import Report
from newsletter.handover import Destination, HandoverPlan, hand_over
from newsletter.model import Draft
from tests.handover.standin import OF_FORMATS, Standin, agree, place, ready
from tests.services.scenes import (
    Newsletter,
    copy_newsletter,
    newsletter_in,
    put_formats,
    record_of,
)

Hand = Callable[..., Draft]
Kept = Callable[[], dict[str, bytes]]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Newsletter:
    """A newsletter that no test changes."""
    return newsletter_in(tmp_path_factory.mktemp("newsletter"))


@pytest.fixture
def newsletter(built: Newsletter) -> Iterator[Newsletter]:
    """A newsletter of which nothing was handed over or approved."""
    yield built
    built.forget()
    (built.issue / "approvals.json").unlink(missing_ok=True)


@pytest.fixture
def issue(newsletter: Newsletter) -> Path:
    """The folder of issue 652."""
    return newsletter.issue


@pytest.fixture
def report(newsletter: Newsletter) -> Report:
    """Issue 652, without a mistake."""
    return newsletter.first


@pytest.fixture(scope="session")
def built_in_formats(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Issue 652 in three formats, of a newsletter that no test changes."""
    folder = tmp_path_factory.mktemp("formats")
    copy_newsletter(folder)
    put_formats(folder, {name: audience.id for name, audience in OF_FORMATS.items()})
    return ready(folder / "issues" / "652")


@pytest.fixture
def in_formats(built_in_formats: Report) -> Iterator[Report]:
    """Issue 652 in three formats, which was never handed over or approved."""
    yield built_in_formats
    shutil.rmtree(built_in_formats.folder.handed_over, ignore_errors=True)
    built_in_formats.folder.approvals.unlink(missing_ok=True)


@pytest.fixture
def standin() -> Standin:
    return Standin()


@pytest.fixture
def hand(standin: Standin) -> Hand:
    """Hands a report over, by default to the stand-in and with an editor who agrees."""

    def run(
        report: Report,
        to: Destination | None = None,
        confirm: Callable[[HandoverPlan], None] = agree,
        by: str = "a test",
    ) -> Draft:
        (draft,) = hand_over(report, [to or place(standin)], by=by, confirm=confirm)
        return draft

    return run


@pytest.fixture
def kept(issue: Path) -> Kept:
    """What the issue keeps of what was handed over, by name."""

    def files() -> dict[str, bytes]:
        folder = record_of(issue).folder
        return (
            {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}
        )

    return files

"""Every call of every service with every fault: in the end there is one draft, whole and for the right readers.

Each fault strikes once, or for the rest of the run. Then the same command is given again, without a fault, as an editor
would. The table of what came of it is printed.
"""

from __future__ import annotations

import os
import traceback
from collections import Counter
from collections.abc import Iterator

import pytest

from newsletter.errors import NewsletterError
from newsletter.services import NAMES, profile_of
from tests.services.every_fake import FAKES
from tests.services.fakes import CANARY, EFFECTS, Effect, Fake, Fault, Wire
from tests.services.judging import Before, before_scene, disaster_in, fault_in, prepared
from tests.services.scenes import SCENES, Newsletter, newsletter_in

_AGAIN = 2
"""How often an editor gives a command again that ended with an error."""
_SHORT: dict[str, str] = {"at once": "✓", "again": "↻", "person": "!"}


@pytest.fixture(scope="module")
def newsletter(tmp_path_factory: pytest.TempPathFactory) -> Newsletter:
    """One newsletter for all runs; what was handed over is forgotten before each."""
    return newsletter_in(tmp_path_factory.mktemp("newsletter"))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter.mailing.api.sleep", lambda _: None)
    monkeypatch.setattr("newsletter.handover.scheduling.sleep", lambda _: None)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # thousands of runs; what is at stake here is not the disk


def test_every_service_with_an_api_has_a_fake() -> None:
    assert {fake.NAME for fake in FAKES} == set(NAMES) - {"folder", "smtp"}


@pytest.mark.parametrize("kind", FAKES, ids=lambda kind: kind.NAME)
def test_whatever_breaks_there_is_one_draft(
    kind: type[Fake], newsletter: Newsletter, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[str] = []
    outcomes: Counter[str] = Counter()
    for scene in SCENES:
        before = before_scene(kind, newsletter, scene)
        calls = _undisturbed(kind, newsletter, scene, before)
        for number, call in enumerate(calls):
            cells = []
            for effect in _effects(call):
                for stays in (False, True):
                    outcome = _outcome(kind, newsletter, scene, before, Fault(effect, number, stays))
                    outcomes[outcome] += 1
                    cells.append(_SHORT[outcome])
            rows.append(f"  {scene:<10} {call:<64} {''.join(cells)}")
    assert outcomes["at once"] + outcomes["again"] > 100
    told = f"{outcomes.total()} runs: {outcomes['at once']} ✓, {outcomes['again']} ↻, {outcomes['person']} !"
    with capsys.disabled():
        print(f"\n{profile_of(kind.NAME).title}: {told}", *rows, sep="\n")  # noqa: T201 - the table is the point


def _effects(call: str) -> Iterator[Effect]:
    """All but kill, which has a test of its own; what spoils a campaign strikes when something was written."""
    for effect in EFFECTS:
        if effect.startswith("kill") or (effect in ("wrong audience", "content altered") and call.startswith("GET")):
            continue
        yield effect


def _undisturbed(kind: type[Fake], newsletter: Newsletter, scene: str, before: Before) -> list[str]:
    """The calls that a scene makes when nothing breaks."""
    fake = prepared(kind, newsletter, before)
    wire = Wire(fake)
    SCENES[scene][0](newsletter, fake, wire)
    assert fault_in(newsletter, fake, scene) is None
    return wire.calls


def _outcome(kind: type[Fake], newsletter: Newsletter, scene: str, before: Before, fault: Fault) -> str:
    """How it ends: well at once, well when the command is given again, or with something for a person to look at."""
    fake = prepared(kind, newsletter, before)
    wire = Wire(fake, fault)
    errors: list[str] = []
    for attempt in range(_AGAIN + 1):
        try:
            SCENES[scene][0](newsletter, fake, wire if attempt == 0 else Wire(fake))
        except NewsletterError as error:
            errors.append("".join(traceback.format_exception(error)))
            assert disaster_in(newsletter, fake, scene) is None, (fault, errors)
            continue
        wrong = fault_in(newsletter, fake, scene)
        assert wrong is None, (fault, wrong, errors)
        assert CANARY not in "".join(errors)
        return "again" if errors else "at once"
    assert CANARY not in "".join(errors)
    assert _names_the_place(errors[-1], fake), (fault, errors)
    return "person"


def _names_the_place(error: str, fake: Fake) -> bool:
    """Whether an error that does not go away says which campaign is to be looked at."""
    return any(campaign.id in error for campaign in fake.held())

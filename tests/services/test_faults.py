"""Every call of every service with every fault: in the end there is one draft, whole and for the right readers.

Each fault strikes once, or for the rest of the run. Then the same command is given again, without a fault, as an editor
would. The table of what came of it is printed.
"""

from __future__ import annotations

import os
import re
import traceback
from collections import Counter
from collections.abc import Iterator

import pytest

from newsletter.errors import NewsletterError
from newsletter.services import NAMES, profile_of
from tests.services.every_fake import FAKES
from tests.services.fakes import CANARY, EFFECTS, Effect, Fake, Fault, Wire
from tests.services.judging import Before, before_scene, disaster_in, fault_in, is_told, prepared, secret_in
from tests.services.scenes import SCENES, Newsletter, hand_over_first, schedule_first, unschedule_it

_AGAIN = 2
"""How often an editor gives a command again that ended with an error."""
_SHORT: dict[str, str] = {"at once": "✓", "told": "≠", "again": "↻", "person": "!"}
_HEAD = "every call with every fault, once and staying (services with an API; smtp and folder have tests of their own)"


@pytest.fixture(autouse=True)
def _no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
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
    counted = ", ".join(f"{outcomes[outcome]} {sign} {outcome}" for outcome, sign in _SHORT.items())
    told = f"{outcomes.total()} runs: {counted}"
    with capsys.disabled():
        print(f"\n{profile_of(kind.NAME).title}, {_HEAD}", told, *rows, sep="\n")  # noqa: T201 - the table is the point


@pytest.mark.parametrize("kind", FAKES, ids=lambda kind: kind.NAME)
def test_a_draft_that_is_not_listed_yet_is_not_made_once_more(kind: type[Fake], newsletter: Newsletter) -> None:
    before = before_scene(kind, newsletter, "hand over")
    calls = _undisturbed(kind, newsletter, "hand over", before)
    made = next(number for number, call in enumerate(calls) if call.startswith("POST"))
    fake = prepared(kind, newsletter, before)
    fake.let_lists_lag()
    with pytest.raises(NewsletterError):
        hand_over_first(newsletter, fake, Wire(fake, Fault("500 before", made + 1, stays=True)))
    assert len(fake.held()) == 1
    hand_over_first(newsletter, fake, Wire(fake))
    assert fault_in(newsletter, fake, "hand over") is None
    fake.listed = None
    hand_over_first(newsletter, fake, Wire(fake))
    assert fault_in(newsletter, fake, "hand over") is None


@pytest.mark.parametrize("effect", ["500 before", "500 after"])
@pytest.mark.parametrize("kind", FAKES, ids=lambda kind: kind.NAME)
def test_nothing_is_left_of_a_time_that_was_half_set(kind: type[Fake], newsletter: Newsletter, effect: Effect) -> None:
    before = before_scene(kind, newsletter, "schedule")
    for number, call in enumerate(_undisturbed(kind, newsletter, "schedule", before)):
        fake = prepared(kind, newsletter, before)
        with pytest.raises(NewsletterError):
            schedule_first(newsletter, fake, Wire(fake, Fault(effect, number, stays=True)))
        unschedule_it(newsletter, fake, Wire(fake))
        assert fault_in(newsletter, fake, "unschedule") is None, call
        assert [campaign.scheduled for campaign in fake.held()] == [None], call


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
    """How it ends: well at once; with other content than was given, and that is told; well when the command is given
    again; or with something for a person to look at.
    """
    fake = prepared(kind, newsletter, before)
    errors: list[NewsletterError] = []
    for wire in (Wire(fake, fault), *(Wire(fake) for _ in range(_AGAIN))):
        error = _error_of(newsletter, fake, scene, wire)
        wrong = disaster_in(newsletter, fake, scene) if error else fault_in(newsletter, fake, scene)
        assert wrong is None, (fault, wrong, error, errors)
        assert secret_in(newsletter) is None, (fault, errors)
        if error is None:
            break
        assert CANARY not in "".join(traceback.format_exception(error))
        errors.append(error)
    else:
        assert _names_the_place(errors[-1], fake), (fault, errors)
        return "person"
    if is_told(newsletter):
        assert fault.effect == "content altered"
        return "told"
    return "again" if errors else "at once"


def _error_of(newsletter: Newsletter, fake: Fake, scene: str, wire: Wire) -> NewsletterError | None:
    """What a command ends with."""
    try:
        SCENES[scene][0](newsletter, fake, wire)
    except NewsletterError as error:
        return error
    return None


def _names_the_place(error: NewsletterError, fake: Fake) -> bool:
    """Whether an error that does not go away says in its own words which campaign is to be looked at."""
    words = "\n".join(f"{problem.what} {problem.hint}" for problem in error.problems)  # digits of a path are no id
    return any(re.search(rf"\b{re.escape(campaign.id)}\b", words) for campaign in fake.held())

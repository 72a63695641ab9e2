"""Every call of every service with faults: in the end there is one draft, whole and for the right readers.

Each fault strikes once, or for the rest of the run. Then the same command is run again, without a fault, as an editor
would. The table of what came of it is printed. Each call meets one fault of each class; all of them with --everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from newsletter.errors import NewsletterError
from newsletter.services import names, profile_of
from tests.services.every_fake import FAKES
from tests.services.fakes import ALIKE, Effect, Fake, Fault, Wire
from tests.services.faulting import SIGNS
from tests.services.judging import before_scene, fault_in, prepared, undisturbed
from tests.services.own_process import in_own_process
from tests.services.scenes import Newsletter, hand_over_first, schedule_first, unschedule_it

_HEAD = "once and staying (services with an API; smtp and folder have tests of their own)"


def test_every_service_with_an_api_has_a_fake() -> None:
    assert {fake.NAME for fake in FAKES} == set(names()) - {"folder", "smtp"}


def test_every_fault_but_killing_is_in_one_class() -> None:
    classed = [effect for alike in ALIKE for effect in alike]
    assert sorted(classed) == sorted(set(get_args(Effect)) - {"kill before", "kill after"})


@pytest.mark.parametrize("service", [fake.NAME for fake in FAKES])
def test_whatever_breaks_there_is_one_draft(
    service: str, tries_everything: bool, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    ended = in_own_process(
        "tests.services.faulting", service, tmp_path, everything=tries_everything
    )
    assert ended["tried"] == sorted(effect for alike in ALIKE for effect in alike)
    outcomes = Counter(ended["outcomes"])
    assert outcomes["immediately"] + outcomes["again"] > 100
    counted = ", ".join(f"{outcomes[outcome]} {sign} {outcome}" for outcome, sign in SIGNS.items())
    faults = "every fault" if tries_everything else "one fault of each class"
    runs = f"{outcomes.total()} runs: {counted}"
    head = f"{profile_of(service).title}, every call with {faults}, {_HEAD}"
    tell("\n".join([head, runs, *ended["rows"]]))


@pytest.mark.parametrize("service", [fake.NAME for fake in FAKES])
def test_whatever_breaks_there_is_one_draft_of_each_format(
    service: str, tries_everything: bool, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    ended = in_own_process(
        "tests.services.faulting", service, tmp_path, formats=True, everything=tries_everything
    )
    outcomes = Counter(ended["outcomes"])
    assert outcomes["immediately"] + outcomes["again"] > 40
    counted = ", ".join(f"{outcomes[outcome]} {sign} {outcome}" for outcome, sign in SIGNS.items())
    head = f"{profile_of(service).title}, three formats, every call with a fault"
    tell("\n".join([head, f"{outcomes.total()} runs: {counted}", *ended["rows"]]))


@pytest.mark.parametrize("kind", FAKES, ids=lambda kind: kind.NAME)
def test_a_draft_that_is_not_listed_yet_is_not_made_once_more(
    kind: type[Fake], newsletter: Newsletter
) -> None:
    before = before_scene(kind, newsletter, "hand over")
    calls = undisturbed(kind, newsletter, "hand over", before)
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
def test_nothing_is_left_of_a_time_that_was_half_set(
    kind: type[Fake], newsletter: Newsletter, effect: Effect
) -> None:
    before = before_scene(kind, newsletter, "schedule")
    for number, call in enumerate(undisturbed(kind, newsletter, "schedule", before)):
        fake = prepared(kind, newsletter, before)
        with pytest.raises(NewsletterError):
            schedule_first(newsletter, fake, Wire(fake, Fault(effect, number, stays=True)))
        unschedule_it(newsletter, fake, Wire(fake))
        assert fault_in(newsletter, fake, "unschedule") is None, call
        assert [campaign.scheduled for campaign in fake.held()] == [None], call

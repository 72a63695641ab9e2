"""Every call of every service with every fault: in the end there is one draft, whole and for the right readers.

Each fault strikes once, or for the rest of the run. Then the same command is run again, without a fault, as an editor
would. The table of what came of it is printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from newsletter.errors import NewsletterError
from newsletter.services import names, profile_of
from tests.services.every_fake import FAKES
from tests.services.fakes import Effect, Fake, Fault, Wire
from tests.services.faulting import SIGNS
from tests.services.judging import before_scene, fault_in, prepared, undisturbed
from tests.services.scenes import Newsletter, hand_over_first, schedule_first, unschedule_it
from tests.services.side_by_side import Running, side_by_side

_HEAD = "every call with every fault, once and staying (services with an API; smtp and folder have tests of their own)"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The runs of all services, begun together."""
    with side_by_side("tests.services.faulting", tmp_path_factory.mktemp("faults")) as running:
        yield running


def test_every_service_with_an_api_has_a_fake() -> None:
    assert {fake.NAME for fake in FAKES} == set(names()) - {"folder", "smtp"}


@pytest.mark.parametrize("service", [fake.NAME for fake in FAKES])
def test_whatever_breaks_there_is_one_draft(
    service: str, running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = running[service].result()
    outcomes = Counter(ended["outcomes"])
    assert outcomes["immediately"] + outcomes["again"] > 100
    counted = ", ".join(f"{outcomes[outcome]} {sign} {outcome}" for outcome, sign in SIGNS.items())
    told = f"{outcomes.total()} runs: {counted}"
    with capsys.disabled():
        print(f"\n{profile_of(service).title}, {_HEAD}", told, *ended["rows"], sep="\n")  # noqa: T201 - the point of it


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

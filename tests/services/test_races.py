"""Two people at the same time, in every order of their calls: there are never two drafts when both have ended, whoever
has not made the one that is there gets an error, and, run again, both commands end with one draft, as it must be.

Half of the orders are tried, in which each stops at every call; all of them with --everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from newsletter.services import profile_of
from tests.services.every_fake import FAKES
from tests.services.fakes import Fake
from tests.services.racing import calls_alone, raced
from tests.services.scenes import Newsletter, newsletter_in


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Newsletter:
    """The newsletter on a second computer."""
    return newsletter_in(tmp_path_factory.mktemp("elsewhere"), with_pictures=True)


@pytest.mark.parametrize("kind", FAKES, ids=lambda kind: kind.NAME)
def test_of_two_who_hand_over_at_once_one_is_left(
    kind: type[Fake],
    illustrated: Newsletter,
    elsewhere: Newsletter,
    tries_everything: bool,
    tell: Callable[[str], None],
) -> None:
    calls = calls_alone(kind, illustrated)
    orders = [
        (n, m) for n in range(calls) for m in range(calls) if tries_everything or (n + m) % 2 == 0
    ]
    ended = Counter(raced(kind, illustrated, elsewhere, n, m) for n, m in orders)
    gave_way = sum(
        count for pair, count in ended.items() if any("has just made" in told for told in pair)
    )
    assert gave_way >= (4 if tries_everything else 2)  # else nobody has met anybody
    tell(f"{profile_of(kind.NAME).title}: {ended.total()} races, {gave_way} times one gave way")

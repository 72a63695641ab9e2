"""The readers of all formats together: who gets none, who gets two, and what is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsletter.checks.report import Report
from newsletter.errors import Unavailable
from newsletter.handover import Destination, HandoverPlan, hand_over
from newsletter.handover.readers import Readers, count_readers
from newsletter.model import Publication
from newsletter.services import profile_of
from newsletter.services.protocol import Capability
from tests.handover.standin import DONORS, OF_FORMATS, READERS, Standin, places

NOT_CHECKED = "Whether a reader is in two of them could not be checked."
SEPARATE = "No reader is in two of them."
MAILCHIMP = profile_of("mailchimp")
COUNTS = replace(MAILCHIMP, can=MAILCHIMP.can | {Capability.OVERLAP})
COUNTS_NOT = replace(MAILCHIMP, can=MAILCHIMP.can - {Capability.OVERLAP})


class Counting(Standin):
    """A service that counts the readers of two audiences."""

    def __init__(self, **shared: int | Exception) -> None:
        super().__init__()
        self.shared = shared
        self.asked: list[set[str]] = []

    def overlap(self, one: str, other: str) -> int:
        names = {audience.id: name for name, audience in OF_FORMATS.items()}
        pair = (names[one], names[other])
        self.asked.append({one, other})
        shared = self.shared.get("_".join(pair), 0)
        if isinstance(shared, Exception):
            raise shared
        return shared


def of_sizes(*sizes: int | None, service: Standin | None = None) -> list[Destination]:
    """Formats of these sizes, of a list of 18,204."""
    profile = COUNTS if service else COUNTS_NOT
    audiences = (READERS, DONORS, *OF_FORMATS.values())
    return [
        replace(
            each,
            profile=profile,
            audiences=audiences,
            audience=each.audience and replace(each.audience, size=size),
        )
        for each, size in zip(places(service or Standin()), sizes, strict=False)
    ]


@pytest.fixture
def publication(in_formats: Report) -> Publication:
    """A publication that goes to the stand-in."""
    publication = in_formats.galley.issue.publication
    return publication.model_copy(update={"service": "mailchimp"})


def counted(publication: Publication, destinations: list[Destination]) -> Readers:
    readers = count_readers(destinations, publication)
    assert readers
    return readers


@pytest.mark.parametrize(
    ("sizes", "line", "some_get_two"),
    [
        ((12004, 3100, 2900), "18,004 of 18,204: 200 readers get none.", False),
        ((12004, 3100, 3099), "18,203 of 18,204: 1 reader gets none.", False),
        ((12004, 3100, 3100), "18,204 of 18,204.", False),
        ((12004, 3100, 3101), "18,205 of 18,204: some readers get two emails.", True),
        ((12004, 3100, None), "How many readers get none could not be counted.", False),
        ((12004, 6200), "18,204 of 18,204.", False),
    ],
)
def test_sizes_are_compared_with_the_list(
    publication: Publication, sizes: tuple[int | None, ...], line: str, some_get_two: bool
) -> None:
    readers = counted(publication, of_sizes(*sizes))
    assert readers.lines == (line, NOT_CHECKED)
    assert readers.some_get_two is some_get_two


def test_the_list_is_the_publications_own_if_it_names_one(publication: Publication) -> None:
    donors = publication.model_copy(update={"audience": DONORS.id})
    assert counted(donors, of_sizes(4, 4, 2)).lines[0] == "10 of 12: 2 readers get none."
    elsewhere = donors.model_copy(update={"service": "brevo"})
    assert counted(elsewhere, of_sizes(4, 4, 2)).whole == READERS
    unknown = publication.model_copy(update={"audience": "gone"})
    assert "could not be counted" in counted(unknown, of_sizes(4, 4, 2)).lines[0]


def test_lists_of_their_own_have_no_sum_unless_the_publication_names_one(
    publication: Publication,
) -> None:
    lists = [
        replace(each, audience=replace(each.audience or READERS, within=None))
        for each in of_sizes(1, 2, 3)
    ]
    assert "could not be counted" in counted(publication, lists).lines[0]
    whole = publication.model_copy(update={"audience": READERS.id})
    assert counted(whole, lists).lines[0].startswith("6 of 18,204")


def test_one_format_or_a_service_without_readers_needs_no_sum(publication: Publication) -> None:
    assert count_readers(of_sizes(1), publication) is None
    without = [replace(each, audience=None) for each in of_sizes(1, 2, 3)]
    assert count_readers(without, publication) is None


def test_every_two_formats_are_compared_if_the_service_counts(publication: Publication) -> None:
    service = Counting()
    readers = counted(publication, of_sizes(12004, 3100, 3100, service=service))
    assert readers.lines == ("18,204 of 18,204: each reader gets one.", SEPARATE)
    assert not readers.some_get_two
    assert len(service.asked) == 3
    too_many = counted(publication, of_sizes(12004, 3100, 3101, service=service))
    assert too_many.lines[0] == "18,205 of 18,204: some readers are not on that list."
    assert not too_many.some_get_two


def test_who_is_in_two_is_counted_among_those_who_get_none(publication: Publication) -> None:
    service = Counting(teasers_full=3)
    readers = counted(publication, of_sizes(12004, 3100, 2900, service=service))
    assert readers.lines == (
        "18,004 of 18,204: 203 readers get none.",
        "3 readers are in both 'teasers' and 'full': they get two emails.",
    )
    assert readers.some_get_two


def test_who_is_in_three_is_in_every_overlap(publication: Publication) -> None:
    service = Counting(teasers_headlines=1, teasers_full=3, headlines_full=1)
    readers = counted(publication, of_sizes(12004, 3100, 2900, service=service))
    assert readers.lines == (
        "18,004 of 18,204: up to 205 readers get none.",
        "1 reader is in both 'teasers' and 'headlines', and gets two emails.",
        "3 readers are in both 'teasers' and 'full': they get two emails.",
        "1 reader is in both 'headlines' and 'full', and gets two emails.",
    )


def test_a_service_that_refuses_to_count_is_quoted(publication: Publication) -> None:
    refusal = Unavailable("Mailchimp", "It is too busy to count.", "Try again.")
    service = Counting(teasers_headlines=2, teasers_full=refusal, headlines_full=refusal)
    readers = counted(publication, of_sizes(1, 2, 3, service=service))
    assert readers.lines[1:] == (
        "2 readers are in both 'teasers' and 'headlines': they get two emails.",
        NOT_CHECKED,
        "It is too busy to count.",
    )


def test_the_editor_sees_it_before_anything_is_made(in_formats: Report) -> None:
    service = Counting(teasers_full=3)
    to = of_sizes(12004, 3100, 2900, service=service)
    plans: list[HandoverPlan] = []

    def look(plan: HandoverPlan) -> None:
        assert service.writes == []
        plans.append(plan)

    hand_over(in_formats, to, by="a test", confirm=look)
    assert plans[0].readers
    assert plans[0].readers.reached == 18004
    service.asked = []
    hand_over(in_formats, to, by="a test", confirm=look)
    assert (service.asked, len(plans)) == ([], 1)


def test_an_issue_without_formats_is_compared_with_nothing(
    report: Report, standin: Standin
) -> None:
    plans: list[HandoverPlan] = []
    to = replace(places(standin)[0], profile=COUNTS)
    hand_over(report, [to], by="a test", confirm=plans.append)
    assert plans[0].readers is None

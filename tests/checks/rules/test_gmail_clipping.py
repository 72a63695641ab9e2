"""gmail-clipping: an HTML part that Gmail cuts off, or may cut off once clicks are counted."""

from __future__ import annotations

import re

import pytest

from newsletter.checks.rules import gmail_clipping
from newsletter.checks.rules.gmail_clipping import NEARLY, TRACKED_LINK
from newsletter.model.formats import GMAIL_CLIPS_AT
from newsletter.services import names
from tests.checks.galleys import FULL, in_format
from tests.checks.newsroom import Newsroom

COUNTING = ("brevo", "buttondown", "mailjet")


def size(newsroom: Newsroom) -> int:
    return len(newsroom.galley().sent.html.encode())


def filled_to(newsroom: Newsroom, total: int) -> Newsroom:
    """Return the sound issue with an HTML part of ``total`` bytes."""
    return newsroom.html("<!--" + "x" * (total - size(newsroom) - len("<!---->")) + "-->")


@pytest.mark.parametrize("total", [30_000, NEARLY])
@pytest.mark.parametrize("service", ["folder", "mailjet"])
def test_an_issue_that_is_small_enough(newsroom: Newsroom, total: int, service: str) -> None:
    newsroom.publication(service=service)
    assert filled_to(newsroom, total).told("gmail-clipping") == []


def test_readers_without_gmail(newsroom: Newsroom) -> None:
    newsroom.publication(clients=["outlook-windows", "thunderbird"])
    assert filled_to(newsroom, GMAIL_CLIPS_AT + 1).told("gmail-clipping") == []


@pytest.mark.parametrize("service", [name for name in names() if name not in COUNTING])
def test_a_service_that_adds_nothing_lets_an_issue_grow_to_the_last_byte(
    newsroom: Newsroom, service: str
) -> None:
    newsroom.publication(service=service)
    (finding,) = filled_to(newsroom, GMAIL_CLIPS_AT).told("gmail-clipping")
    assert finding.severity == "info"
    assert finding.message.endswith("there is room for 0 more.")


@pytest.mark.parametrize("service", COUNTING)
def test_a_service_that_counts_clicks_may_make_an_issue_too_large(
    newsroom: Newsroom, service: str
) -> None:
    newsroom.publication(service=service)
    (finding,) = filled_to(newsroom, GMAIL_CLIPS_AT).told("gmail-clipping")
    assert finding.severity == "warning"
    assert "counts clicks, it may add some " in finding.message


@pytest.mark.parametrize("service", ["folder", "brevo"])
def test_an_issue_that_is_too_large(newsroom: Newsroom, service: str) -> None:
    newsroom.publication(service=service)
    (finding,) = filled_to(newsroom, GMAIL_CLIPS_AT + 1).told("gmail-clipping")
    assert (finding.severity, finding.place) == ("error", "issues/700/issue.yaml:1")
    assert (
        finding.message == "The HTML is 102,401 bytes; Gmail shows 102,400 and cuts off the rest."
    )


def test_bytes_are_counted_not_characters(newsroom: Newsroom) -> None:
    room = newsroom.html(f"<p>{'遺' * 25_000}</p>")
    assert NEARLY < size(room) < GMAIL_CLIPS_AT
    assert [finding.severity for finding in room.told("gmail-clipping")] == ["info"]


def test_links_within_the_email_and_long_ones_add_nothing(newsroom: Newsroom) -> None:
    newsroom.publication(service="brevo")
    long = f"https://www.bionews.org.uk/{'a' * TRACKED_LINK}"
    newsroom.html(
        f'<a href="#top">up</a><a href="mailto:a@bionews.org.uk">write</a><a href="{long}">long</a>'
    )
    links = [
        link.address
        for link in newsroom.galley().document.links
        if link.address.startswith("https:")
    ]
    added = sum(TRACKED_LINK - len(address) for address in links if address != long)
    (finding,) = filled_to(newsroom, GMAIL_CLIPS_AT).told("gmail-clipping")
    assert f" it may add some {added:,}, and " in finding.message


@pytest.mark.parametrize(("service", "expected"), [("folder", []), ("brevo", ["warning"])])
def test_a_format_that_shows_all_is_as_large_as_it_may_be(
    newsroom: Newsroom, service: str, expected: list[str]
) -> None:
    galley = filled_to(newsroom.publication(service=service), GMAIL_CLIPS_AT).galley()
    found = list(gmail_clipping.check(in_format(galley, FULL)))
    assert [finding.severity for finding in found] == expected
    hint = re.compile(r"Write 'at_most: 9\d%' for this format in publication.yaml.")
    assert all(hint.fullmatch(finding.problem.hint) for finding in found)


def test_one_that_is_still_too_large_is_an_error(newsroom: Newsroom) -> None:
    galley = filled_to(newsroom, GMAIL_CLIPS_AT + 1).galley()
    (found,) = gmail_clipping.check(in_format(galley, FULL))
    assert found.severity == "error"
    assert found.problem.hint.startswith("Shorten teasers")


@pytest.mark.parametrize(("at_most", "count"), [(10, 1), (95, 0)])
def test_a_full_format_that_shows_no_piece_whole(
    newsroom: Newsroom, at_most: int, count: int
) -> None:
    format = FULL.model_copy(update={"at_most": at_most})
    galley = in_format(filled_to(newsroom, NEARLY).galley(), format, shortened=("a-piece",))
    found = list(gmail_clipping.check(galley))
    assert [finding.severity for finding in found] == ["warning"] * count
    told = "It shows no piece whole: even teasers alone are more than its 10% of what Gmail shows."
    assert [finding.problem.message for finding in found] == [told] * count

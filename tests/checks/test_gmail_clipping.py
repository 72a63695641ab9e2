"""gmail-clipping: an HTML part that Gmail cuts off, or may cut off once clicks are counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newsletter.checks.gmail_clipping import TRACKED_LINK, WARN_FROM
from newsletter.summary import GMAIL_CLIPS_AT
from tests.checks.newsroom import Newsroom

PLANTED: dict[str, Callable[[Newsroom], object]] = {
    "styles that grow beyond all bounds": lambda room: room.html(f"<!-- {'styles ' * 11_000} -->"),
    "styles that have grown beyond what Gmail shows": lambda room: room.html(f"<!-- {'styles ' * 15_000} -->"),
}


def bytes_and_links(newsroom: Newsroom) -> tuple[int, int]:
    galley = newsroom.galley()
    addresses = [link.address for link in galley.document.links if link.address.startswith("http")]
    return len(galley.sent.html.encode()), sum(max(0, TRACKED_LINK - len(address)) for address in addresses)


def filled_to(newsroom: Newsroom, total: int) -> Newsroom:
    """The sound issue with so many bytes, counting what clicks may add."""
    return newsroom.html("<!--" + "x" * (total - sum(bytes_and_links(newsroom)) - len("<!---->")) + "-->")


@pytest.mark.parametrize("total", [30_000, WARN_FROM])
def test_an_issue_that_is_small_enough(newsroom: Newsroom, total: int) -> None:
    assert filled_to(newsroom, total).told("gmail-clipping") == []


def test_readers_without_gmail(newsroom: Newsroom) -> None:
    newsroom.publication(clients=["outlook-windows", "thunderbird"])
    assert filled_to(newsroom, GMAIL_CLIPS_AT + 1).told("gmail-clipping") == []


@pytest.mark.parametrize("total", [WARN_FROM + 1, GMAIL_CLIPS_AT])
def test_an_issue_that_is_nearly_too_large(newsroom: Newsroom, total: int) -> None:
    (told,) = filled_to(newsroom, total).told("gmail-clipping")
    assert told.severity == "warning"
    assert told.what.startswith("Gmail may cut the email off.")
    assert f"{total:,} of 102,400" in told.what


def test_an_issue_that_is_too_large(newsroom: Newsroom) -> None:
    (told,) = filled_to(newsroom, GMAIL_CLIPS_AT + 1).told("gmail-clipping")
    assert (told.severity, told.place) == ("error", "issues/700/issue.yaml:1")
    assert told.what.startswith("Gmail will cut the email off.")


def test_bytes_are_counted_not_characters(newsroom: Newsroom) -> None:
    room = newsroom.html(f"<p>{'遺' * 30_000}</p>")
    assert bytes_and_links(room)[0] > 90_000
    assert len(room.told("gmail-clipping")) == 1


def test_links_within_the_email_and_long_ones_add_nothing(newsroom: Newsroom) -> None:
    before = bytes_and_links(newsroom)[1]
    long = f"https://www.bionews.org.uk/{'a' * TRACKED_LINK}"
    newsroom.html(f'<a href="#top">up</a><a href="mailto:a@bionews.org.uk">write</a><a href="{long}">long</a>')
    assert bytes_and_links(newsroom)[1] == before

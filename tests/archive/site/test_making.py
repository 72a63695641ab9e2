"""Pages are made in their order, by several processes, of which each has all pages of an issue."""

from __future__ import annotations

import os
from collections import defaultdict
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from newsletter.archive.page import Page
from newsletter.archive.site.making import _MOST, _shares, make
from tests.archive.site.sites import page


def of_folders(sizes: list[int]) -> list[Page]:
    """Return the pages of folders that have so many each."""
    return [
        page(f"{folder}/{number}/") for folder, size in enumerate(sizes) for number in range(size)
    ]


@given(st.lists(st.integers(1, 150), max_size=20))
def test_every_page_is_in_one_share_in_order_and_no_share_is_large(sizes: list[int]) -> None:
    pages = of_folders(sizes)
    shares = list(_shares(pages))
    assert [number for share in shares for number in share] == list(range(len(pages)))
    assert all(0 < len(share) <= _MOST for share in shares)


@given(st.lists(st.integers(1, 20), max_size=60))
def test_the_pages_of_an_issue_are_not_parted(sizes: list[int]) -> None:
    pages = of_folders(sizes)
    for share, following in pairwise(_shares(pages)):
        assert pages[share[-1]].path.split("/")[0] != pages[following[0]].path.split("/")[0]


def test_one_process_makes_all_pages_of_an_issue() -> None:
    pages = [one._replace(make=lambda: str(os.getpid()).encode()) for one in of_folders([12] * 40)]
    makers = defaultdict(set)
    for made in make(pages, "", {}):
        makers[made.path.split("/")[0]].add(made.file.content)
    assert all(len(several) == 1 for several in makers.values())

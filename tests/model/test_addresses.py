"""Addresses on the web."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.model import Image, Issue, News, Publication, Section
from newsletter.model.addresses import (
    pictures_elsewhere,
    served_address,
    web_version,
)
from newsletter.text.slug import slug

PUBLICATION = Publication(
    name="BioNews", publisher="PET", home_page="https://a.org/", sender="a@a.org", time_zone="Europe/London",
    day="Monday", time="17:00", postal_address="London", why="You asked.", unsubscribe="https://a.org/u",
    archive="https://a.org/issues", pictures="https://a.org/pictures/",
)  # fmt: skip
TITLES = st.lists(
    st.one_of(
        st.sampled_from(["Same", "Same 2", "Same 3", "Item 2", "遺伝", "!", "Same-2-3"]),
        st.text("ab 12é", min_size=1),
    ),
    min_size=1,
    max_size=8,
)


def issue_of(titles: list[str]) -> Issue:
    items = tuple(News(title=title.strip() or "x") for title in titles)
    sections = (Section(kind="news", items=items),)
    return Issue(publication=PUBLICATION, number="652", date=date(2012, 4, 16), sections=sections)


@given(TITLES)
def test_every_item_of_an_issue_has_a_place_of_its_own(titles: list[str]) -> None:
    keys = [item.key for item in issue_of(titles).items]
    assert len(set(keys)) == len(titles)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", key) for key in keys)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Film Review: Never Let Me Go", "film-review-never-let-me-go"),
        ("IVF can't beat biological clock, warns Yale expert", "ivf-cant-beat-biological-clock"),
        ("Études à l'Évêché", "etudes-a-leveche"),
        ("600 children", "n-600-children"),
        ("遺伝子", ""),
        ("a" * 50, "a" * 32),
        ("1" * 50, ""),
    ],
)
def test_a_slug_is_the_first_words_of_a_title(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_an_issue_has_a_page_under_the_archive() -> None:
    assert web_version(issue_of(["a"])) == "https://a.org/issues/652/"


def test_a_file_of_an_issue_is_served_where_the_publication_says() -> None:
    issue = issue_of(["a"])
    assert (
        served_address(issue, "lab-3f9a61c2.jpg") == "https://a.org/pictures/652/lab-3f9a61c2.jpg"
    )


def test_pictures_from_elsewhere_are_kept_apart() -> None:
    sources = ["images/lab.jpg", "https://b.org/hall.jpg", "https://b.org/hall.jpg"]
    items = tuple(News(title=f"Story {src}", picture=Image(src=src, alt="")) for src in sources)
    issue = issue_of(["x"]).model_copy(update={"sections": (Section(kind="news", items=items),)})
    assert pictures_elsewhere(issue) == ["https://b.org/hall.jpg"]
    assert pictures_elsewhere(issue_of(["x"])) == []

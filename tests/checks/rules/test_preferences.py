"""preferences: formats to choose from, and nowhere to choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from newsletter.services import names, profile_of
from tests.checks.newsroom import Newsroom

TEASERS = {"name": "teasers", "shows": "teasers"}
HEADLINES = {"name": "headlines", "shows": "headlines"}
WITH_PAGE = [name for name in names() if "preferences" in profile_of(name).merge_tags]
WITHOUT = [name for name in names() if name not in WITH_PAGE]


@pytest.mark.parametrize("formats", [(), (TEASERS,)])
def test_there_is_nothing_to_choose(newsroom: Newsroom, formats: Sequence[Any]) -> None:
    assert newsroom.publication(formats=list(formats)).told("preferences") == []


@pytest.mark.parametrize("page", ["https://www.bionews.org.uk/change", "mailto:us@bionews.org.uk"])
def test_the_publication_has_a_page(newsroom: Newsroom, page: str) -> None:
    newsroom.publication(formats=[TEASERS, HEADLINES], preferences=page)
    assert newsroom.told("preferences") == []


def with_link_always(newsroom: Newsroom) -> Newsroom:
    newsroom.theme("parts/footer.html.j2", "if publication.preferences", "if true")
    return newsroom.theme("email.txt.j2", "if publication.preferences", "if true")


def test_a_theme_links_to_the_page_that_a_service_has(newsroom: Newsroom) -> None:
    with_link_always(newsroom)
    for service in WITH_PAGE:
        newsroom.publication(formats=[TEASERS, HEADLINES], service=service)
        assert newsroom.told("preferences") == [], service


def test_a_theme_links_to_no_page(newsroom: Newsroom) -> None:
    with_link_always(newsroom).publication(formats=[TEASERS, HEADLINES], service=WITHOUT[0])
    assert [found.place for found in newsroom.told("preferences")] == [
        newsroom.line("issues/publication.yaml", "formats:")
    ]


@pytest.mark.parametrize("service", names())
def test_there_is_no_link(newsroom: Newsroom, service: str) -> None:
    newsroom.publication(formats=[TEASERS, HEADLINES], service=service)
    assert newsroom.told("preferences") == [
        (
            "warning",
            newsroom.line("issues/publication.yaml", "formats:"),
            "There are 2 formats, but no link to where readers choose another one.",
        )
    ]


@pytest.mark.parametrize(
    ("file", "place", "message"),
    [
        (
            "parts/footer.html.j2",
            "templates/bionews/email.mjml.j2",
            "The HTML email has no link with which readers choose another format.",
        ),
        (
            "email.txt.j2",
            "templates/bionews/email.txt.j2",
            "The text part does not say where readers choose another format.",
        ),
    ],
)
def test_a_theme_without_the_link(newsroom: Newsroom, file: str, place: str, message: str) -> None:
    newsroom.publication(formats=[TEASERS, HEADLINES], preferences="mailto:us@bionews.org.uk")
    newsroom.theme(file, "if publication.preferences", "if false")
    assert newsroom.told("preferences") == [("warning", place, message)]

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


def test_a_service_has_a_page(newsroom: Newsroom) -> None:
    for service in WITH_PAGE:
        newsroom.publication(formats=[TEASERS, HEADLINES], service=service)
        assert newsroom.told("preferences") == [], service


@pytest.mark.parametrize("service", WITHOUT)
def test_there_is_no_page(newsroom: Newsroom, service: str) -> None:
    newsroom.publication(formats=[TEASERS, HEADLINES], service=service)
    assert newsroom.told("preferences") == [
        (
            "warning",
            newsroom.line("issues/publication.yaml", "formats:"),
            "There are 2 formats, but no page on which readers choose another one.",
        )
    ]

"""formats: what the mailing service cannot take, and what nobody is known to get."""

from __future__ import annotations

import pytest

from newsletter.services import names, profile_of
from newsletter.services.protocol import Capability
from tests.checks.newsroom import Newsroom, Reported


def those_that(can: bool, capability: Capability) -> list[str]:
    return [name for name in names() if (capability in profile_of(name).can) == can]


def told(newsroom: Newsroom, service: str, **fields: str) -> list[Reported]:
    first = {"name": "teasers", "shows": "teasers", "audience": "7"}
    second = {"name": "full", "shows": "full", "audience": "8"} | fields
    newsroom.publication(service=service, formats=[first, second])
    return newsroom.told("formats")


@pytest.mark.parametrize("service", names())
def test_formats_that_every_service_takes(newsroom: Newsroom, service: str) -> None:
    assert told(newsroom, service) == []


def test_a_publication_without_formats(newsroom: Newsroom) -> None:
    assert newsroom.publication(service="brevo").told("formats") == []


def test_text_alone_where_it_is_taken(newsroom: Newsroom) -> None:
    for service in those_that(True, Capability.TEXT_ALONE):
        assert told(newsroom, service, parts="text") == [], service


@pytest.mark.parametrize("service", those_that(False, Capability.TEXT_ALONE))
def test_text_alone_where_it_is_not_taken(newsroom: Newsroom, service: str) -> None:
    (found,) = told(newsroom, service, parts="text")
    assert found.severity == "error"
    assert found.place == newsroom.line("issues/publication.yaml", "name: full")
    title = profile_of(service).title
    assert found.message == f"{title} takes no email without HTML, and 'full' is plain text alone."


@pytest.mark.parametrize("service", those_that(False, Capability.AUDIENCES))
def test_no_audience_where_there_are_none(newsroom: Newsroom, service: str) -> None:
    newsroom.publication(service=service, formats=[{"name": "full", "shows": "full"}])
    assert newsroom.told("formats") == []


@pytest.mark.parametrize("service", those_that(True, Capability.AUDIENCES))
def test_no_audience_where_there_are_some(newsroom: Newsroom, service: str) -> None:
    newsroom.publication(service=service, formats=[{"name": "full", "shows": "full"}])
    assert newsroom.told("formats") == [
        (
            "warning",
            newsroom.line("issues/publication.yaml", "name: full"),
            "The format 'full' does not say who gets it.",
        )
    ]

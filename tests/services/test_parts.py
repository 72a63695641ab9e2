"""Parts of a list (segments, groups, tags): a campaign for one reads back as that one, and as nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.handover import outgoing_of
from newsletter.handover.outgoing import marker_of
from newsletter.services import connect, profile_of
from newsletter.services.audience_ids import AudienceId
from newsletter.services.protocol import Outgoing, Service, Status
from newsletter.services.settings import Settings
from tests.services.every_fake import FAKES
from tests.services.fakes import Fake, Wire
from tests.services.scenes import Newsletter, made, stored

KINDS = [kind for kind in FAKES if kind.PARTS]


@pytest.fixture(params=KINDS, ids=lambda kind: kind.NAME)
def fake(request: pytest.FixtureRequest) -> Fake:
    kind: type[Fake] = request.param
    return kind()


@pytest.fixture
def service(fake: Fake) -> Service:
    return connect(fake.NAME, Settings(fake.ENVIRONMENT, Path()), Wire(fake))


def for_audience(newsletter: Newsletter, fake: Fake, audience: str) -> Outgoing:
    return outgoing_of(newsletter.first.galley, profile_of(fake.NAME), audience)


def test_each_part_is_listed_after_its_list(fake: Fake, service: Service) -> None:
    audiences = service.audiences()
    ids = [each.id for each in audiences]
    assert len(set(ids)) == len(ids)
    assert {fake.AUDIENCE, fake.OTHER, *fake.PARTS} <= set(ids)
    last_list = ""
    for each in audiences:
        if each.within is None:
            last_list = each.id
        else:
            assert each.within == last_list
            assert AudienceId.of(each.id).list in (each.within, each.id)


def test_a_campaign_for_a_part_reads_back_as_that_part(
    newsletter: Newsletter, fake: Fake, service: Service
) -> None:
    for part in fake.PARTS:
        campaign = made(service, for_audience(newsletter, fake, part))
        held = service.read(campaign)
        assert held is not None
        assert (held.audiences, held.status) == ((part,), Status.DRAFT)
        (seen,) = [each for each in fake.held() if each.id == campaign]
        assert seen.audiences == (part,)


def test_one_part_can_be_replaced_by_another(
    newsletter: Newsletter, fake: Fake, service: Service
) -> None:
    first, second, _ = fake.PARTS
    campaign = made(service, for_audience(newsletter, fake, first))
    service.update(campaign, for_audience(newsletter, fake, second))
    held = service.read(campaign)
    assert held is not None
    assert held.audiences == (second,)


def test_another_audience_that_somebody_set_is_not_that_part(
    newsletter: Newsletter, fake: Fake, service: Service
) -> None:
    part, *_ = fake.PARTS
    campaign = made(service, for_audience(newsletter, fake, part))
    fake.alter(campaign, "audience")
    held = service.read(campaign)
    assert held is not None
    assert held.audiences != (part,)


def test_the_marker_of_one_format_is_not_that_of_another(
    newsletter: Newsletter, fake: Fake, service: Service
) -> None:
    galley = newsletter.first.galley
    publication, number = galley.issue.publication.name, galley.issue.number
    markers = [marker_of(publication, number, format) for format in ("", "full", "full-text")]
    campaigns = []
    for part, marker in zip(fake.PARTS, markers, strict=True):
        campaign = made(service, for_audience(newsletter, fake, part))
        rename(fake, campaign, marker)
        campaigns.append(campaign)

    found = [[each.id for each in service.find(marker)] for marker in markers]
    assert found == [[campaign] for campaign in campaigns]


def rename(fake: Fake, campaign: str, marker: str) -> None:
    """Give a campaign the name of another format's."""
    held, name = stored(fake, campaign), f"BioNews 652 {marker}"
    for field in ("name", "Title"):
        if field in held:
            held[field] = name
            return
    for group, field in (("settings", "title"), ("metadata", "newsletter")):
        if group in held:
            held[group][field] = name
            return
    raise AssertionError(f"{fake.NAME} has no name")

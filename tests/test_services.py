"""Each mailing service writes the tags that no newsletter can do without, and they reach it as they are."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import get_args

import pytest

from newsletter.building import draft
from newsletter.merge_tags import fill, own_values, service_values
from newsletter.model import Email, MergeTagName
from newsletter.services import NAMES, merge_tags_of

EVERYTHING = Path(__file__).parent / "golden" / "everything" / "issues" / "1268a"


@pytest.fixture(scope="module")
def email() -> Email:
    """An email with every merge tag in it."""
    return draft(EVERYTHING)


def test_every_service_that_there_is_has_its_name_in_the_list(repository: Path) -> None:
    modules = {path.stem for path in (repository / "newsletter" / "services").glob("*.py")} - {"__init__"}
    assert sorted(modules) == list(NAMES)


@pytest.mark.parametrize("service", NAMES)
def test_it_can_unsubscribe_a_reader_and_show_the_web_version(service: str) -> None:
    tags = merge_tags_of(service)
    assert {"unsubscribe", "web-version"} <= tags.keys() <= set(get_args(MergeTagName))
    assert all(tags.values())


@pytest.mark.parametrize("service", ["", "nobody", "Mailchimp", "__init__", "..model"])
def test_an_unknown_service_is_refused(service: str) -> None:
    with pytest.raises(KeyError):
        merge_tags_of(service)


@pytest.mark.parametrize("service", NAMES)
def test_its_tags_stand_in_the_email_as_the_service_wants_them(email: Email, service: str) -> None:
    filled = fill(email, service_values(email.issue, merge_tags_of(service)))
    for part in (filled.html, filled.text):
        for name, tag in merge_tags_of(service).items():
            assert tag in part, name
        assert not {"\ufdd0", "\ufdd1"} & set(part)


def test_what_the_service_has_no_tag_for_is_the_publications_own_and_escaped(email: Email) -> None:
    address = own_values(email.issue)["address"]
    assert "&" in address
    filled = fill(email, service_values(email.issue, {"unsubscribe": "{{ 'a' & <b> }}"}))
    assert escape(address) in filled.html
    assert address not in filled.html
    assert address in filled.text
    assert "{{ 'a' & <b> }}" in filled.html
    assert email.issue.publication.unsubscribe not in filled.html


def test_a_service_without_any_tag_gets_the_publications_own_values(email: Email) -> None:
    assert fill(email, service_values(email.issue, {})) == fill(email, own_values(email.issue))

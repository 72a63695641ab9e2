"""The links of an email without HTML are the addresses in its text."""

from __future__ import annotations

import pytest

from newsletter.checks.galley import Galley, galley_of
from newsletter.checks.links import links_in_text
from newsletter.checks.preflight import preflight
from tests.checks.galleys import FULL, TEXT_ALONE, in_format, with_others
from tests.checks.newsroom import Newsroom
from tests.checks.test_galley import EVERYTHING


@pytest.fixture(scope="module")
def everything() -> Galley:
    return galley_of(EVERYTHING)


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("No link.", []),
        ("A title\n-> https://a.org/b?c='d',", ["https://a.org/b?c='d',"]),
        ("Words [1].\n\n[1] https://a.org/b_(c)\n", ["https://a.org/b_(c)"]),
        ("See https://a.org/b, or https://a.org/c.\n", ["https://a.org/b", "https://a.org/c"]),
        ("See (https://a.org/b) and\nhttps://a.org/c.", ["https://a.org/b", "https://a.org/c"]),
        ("Unsubscribe\n-> mailto:a@b.org?subject=c", ["mailto:a@b.org?subject=c"]),
    ],
)
def test_an_address_is_all_of_the_link_and_no_more(text: str, addresses: list[str]) -> None:
    assert [link.address for link in links_in_text(text)] == addresses


def test_they_are_those_of_the_html(everything: Galley) -> None:
    of_html = {link.address for link in everything.links}
    of_text = {link.address for link in in_format(everything, TEXT_ALONE).links}
    within_the_email = {address for address in of_html if address.startswith("#")}
    assert of_text == of_html - within_the_email


def test_what_is_wrong_with_a_link_is_found_in_text_alone(newsroom: Newsroom) -> None:
    galley = newsroom.item(title="A story", url="http://bit.ly/abc", teaser="Words.").galley()
    text = in_format(galley, TEXT_ALONE)
    rules = ["insecure-link", "link-shortener"]
    expected = [(each.check, each.problem) for each in preflight(galley, only=rules).findings]
    assert len(expected) == 2
    for together in (text, with_others(in_format(galley, FULL), text)):
        findings = preflight(together, only=rules).findings
        assert [(each.check, each.problem) for each in findings] == expected
        assert not any(each.formats for each in findings)

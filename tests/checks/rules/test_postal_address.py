"""postal-address: the address, and why readers get the email, in both parts."""

from __future__ import annotations

import pytest

from newsletter.checks.rules import postal_address
from newsletter.email.merge_tags import token
from tests.checks.galleys import TEXT_ALONE, in_format
from tests.checks.newsroom import Newsroom
from tests.checks.planted.postal_address import ADDRESS, FOOTER, LISTING, TEXT, WHY


@pytest.mark.parametrize(
    "fields",
    [
        {"postal_address": "The Publisher's Name, " * 8 + "London & York"},
        {"postal_address": "東京都千代田区一番町一丁目二番三号四番五号六番七号"},
        {"postal_address": "—"},
        {
            "why": "You get *this* [because](https://www.bionews.org.uk/why) you asked for\nit, and\n\n- more."
        },
        {"why": "これは、申し込まれた方にお送りしています。" * 4},
        {"why": "<b>Because</b> & so on"},
        {"why": "?"},
    ],
)
def test_any_address_and_any_reason_are_found(newsroom: Newsroom, fields: dict[str, str]) -> None:
    assert newsroom.publication(**fields).told("postal-address") == []


def test_a_theme_may_lay_them_out_as_it_likes(newsroom: Newsroom) -> None:
    newsroom.publication(postal_address="Main Street, London").theme(
        FOOTER, ADDRESS, f"{LISTING}<b>MAIN STREET</b><br>London"
    )
    assert newsroom.told("postal-address") == []


def test_the_address_is_reported_for_each_part(newsroom: Newsroom) -> None:
    newsroom.theme(FOOTER, ADDRESS, f"{LISTING} London").theme(
        TEXT, "{{ merge_tag.address }}", "London"
    )
    assert newsroom.told("postal-address") == [
        (
            "warning",
            "templates/bionews/email.mjml.j2",
            "The HTML email does not show the postal address.",
        ),
        (
            "warning",
            "templates/bionews/email.txt.j2",
            "The text part does not show the postal address.",
        ),
    ]


def test_the_reason_is_reported_for_each_part(newsroom: Newsroom) -> None:
    newsroom.theme(FOOTER, WHY, "").theme(TEXT, "{{ publication.why | markdown }}", "Because.")
    assert newsroom.told("postal-address") == [
        (
            "warning",
            "templates/bionews/email.mjml.j2",
            "The HTML email does not say why the reader gets it.",
        ),
        (
            "warning",
            "templates/bionews/email.txt.j2",
            "The text part does not say why the reader gets it.",
        ),
    ]


def test_what_is_hidden_is_not_shown(newsroom: Newsroom) -> None:
    newsroom.theme(
        FOOTER,
        ADDRESS,
        f'{LISTING}<span style="display:none">{{{{ merge_tag.address }}}}</span>',
    )
    assert [finding.message for finding in newsroom.told("postal-address")] == [
        "The HTML email does not show the postal address."
    ]


def test_an_email_of_text_alone_shows_them_in_its_text(newsroom: Newsroom) -> None:
    galley = newsroom.galley()
    assert list(postal_address.check(in_format(galley, TEXT_ALONE))) == []

    without = galley.email.text.replace(token("address"), "")
    (found,) = postal_address.check(in_format(galley, TEXT_ALONE, text=without))
    assert found.problem.message == "The text part does not show the postal address."

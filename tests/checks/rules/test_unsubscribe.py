"""unsubscribe: one link in each part, that readers can see."""

from __future__ import annotations

import pytest

from newsletter.checks.rules import unsubscribe
from newsletter.email.merge_tags import token
from tests.checks.galleys import TEXT_ALONE, in_format
from tests.checks.newsroom import Newsroom
from tests.checks.planted.unsubscribe import FOOTER, LINES, LINK, TEXT

FOOTER_PLACE, TEXT_PLACE = f"templates/bionews/{FOOTER}", f"templates/bionews/{TEXT}"


def whole(newsroom: Newsroom, body: str) -> list[tuple[str, str]]:
    """Return what is reported, and where, for an HTML email that has only this."""
    body = body.replace("TAG", token("unsubscribe"))
    found = newsroom.html(f"<!doctype html><html><body>{body}</body></html>").told("unsubscribe")
    return [(finding.place.split(":")[0], finding.message) for finding in found]


@pytest.mark.parametrize(
    "address", ["mailto:leave@bionews.org.uk?subject=Leave&body=Please", "https://a.org/?a=1&b=2"]
)
def test_any_address_to_unsubscribe_may_be(newsroom: Newsroom, address: str) -> None:
    assert newsroom.publication(unsubscribe=address).told("unsubscribe") == []


@pytest.mark.parametrize(
    "link",
    [
        '<a href="TAG" style="color:rgb(0,0,0);font-size:11px">Leave</a>',
        '<a href="TAG" style="color:rgba(0,0,0,0.9)">Leave</a>',
        '<a href="TAG" style="color:#fff000;opacity:0.9">Leave</a>',
        '<a href="TAG" style="font-size:1em"><b>Désabonnement</b></a>',
        '<a href="TAG" style="font-size:1px"><span style="font:bold 15px/1.3 serif">退会</span></a>',
    ],
)
def test_a_link_that_can_be_seen_may_look_as_it_likes(newsroom: Newsroom, link: str) -> None:
    assert whole(newsroom, link) == []


def test_a_second_link_of_the_editors_own_does_not_hide_that_of_the_theme(
    newsroom: Newsroom,
) -> None:
    newsroom.issue(welcome="You can [leave](https://www.bionews.org.uk/unsubscribe) at any time.")
    assert newsroom.told("unsubscribe") == []


@pytest.mark.parametrize(
    "style",
    [
        *(
            "display:none",
            "visibility:hidden",
            "opacity:0",
            "opacity:0.0",
            "color:transparent",
            "color:#fff0",
        ),
        *(
            "color:#ffffff00",
            "color:rgba(0, 0, 0, 0)",
            "color:rgb(0 0 0 / 0%)",
            "font-size:1px",
            "font-size:0",
        ),
        *("font-size:0em", "font-size:.5px"),
    ],
)
def test_a_link_that_cannot_be_seen_is_reported(newsroom: Newsroom, style: str) -> None:
    found = whole(newsroom, f'<a href="TAG" style="{style}">Unsubscribe</a>')
    assert found == [(FOOTER_PLACE, "The unsubscribe link cannot be seen.")]


def test_nor_may_what_is_around_it_hide_it(newsroom: Newsroom) -> None:
    found = whole(newsroom, '<span style="font-size:1px"><a href="TAG">Unsubscribe</a></span>')
    assert found == [(FOOTER_PLACE, "The unsubscribe link cannot be seen.")]


@pytest.mark.parametrize(
    "words", ["", "→", '<img src="https://www.bionews.org.uk/leave.png" alt="Unsubscribe">']
)
def test_a_link_without_words_is_reported(newsroom: Newsroom, words: str) -> None:
    assert whole(newsroom, f'<a href="TAG">{words}</a>') == [
        (FOOTER_PLACE, "The unsubscribe link has no words.")
    ]


def test_a_merge_tag_that_is_not_an_address_is_reported(newsroom: Newsroom) -> None:
    found = whole(newsroom, "Unsubscribe at TAG")
    assert found == [
        (FOOTER_PLACE, "The unsubscribe merge tag of the HTML email is not the address of a link.")
    ]


def test_too_few_are_reported_for_each_part(newsroom: Newsroom) -> None:
    newsroom.theme(FOOTER, LINK, "").theme(TEXT, LINES, "")
    assert newsroom.told("unsubscribe") == [
        ("error", "templates/bionews/email.mjml.j2", "The HTML email has no link to unsubscribe."),
        ("error", TEXT_PLACE, "The text part does not say where to unsubscribe."),
    ]


def test_one_more_in_the_welcome_is_reported_where_it_is_written(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        (newsroom.issues / "700" / "issue.yaml")
        .read_text()
        .replace(
            "sections:",
            "welcome: |\n  Welcome.\n\n  To leave, go\n  to [[unsubscribe]].\nsections:",
            1,
        ),
    )
    [told] = newsroom.told("unsubscribe")
    what = "The unsubscribe link appears 2 times in one part of the email."
    assert told == ("error", "issues/700/issue.yaml:8", what)


def test_one_more_in_every_welcome_is_reported_in_the_publication(newsroom: Newsroom) -> None:
    [told] = newsroom.publication(welcome="Welcome. To leave, go to [[unsubscribe]].").told(
        "unsubscribe"
    )
    assert told.place.startswith("issues/publication.yaml:")


def test_one_more_in_the_theme_is_reported_there(newsroom: Newsroom) -> None:
    [told] = newsroom.theme(FOOTER, LINK, f"{LINK}\n{LINK}").told("unsubscribe")
    assert told.place.startswith(f"{FOOTER_PLACE}:")


def test_one_more_in_the_text_only_is_reported_in_its_template(newsroom: Newsroom) -> None:
    newsroom.theme(TEXT, LINES, LINES * 3)
    assert newsroom.told("unsubscribe") == [
        ("error", TEXT_PLACE, "The unsubscribe link appears 3 times in one part of the email.")
    ]


def test_an_email_of_text_alone_needs_one_in_its_text(newsroom: Newsroom) -> None:
    galley = newsroom.galley()
    assert list(unsubscribe.check(in_format(galley, TEXT_ALONE))) == []

    without = galley.email.text.replace(token("unsubscribe"), "")
    (found,) = unsubscribe.check(in_format(galley, TEXT_ALONE, text=without))
    assert found.problem.message == "The text part does not say where to unsubscribe."

"""text-parity: what the HTML shows is in the text part."""

from __future__ import annotations

import pytest

from newsletter.checks.rules import text_parity
from tests.checks.galleys import TEXT_ALONE, in_format
from tests.checks.newsroom import Newsroom
from tests.checks.planted.text_parity import CONTENTS, ITEM, LIST, MORE, TITLE

PLACE = "templates/bionews/email.txt.j2"


def one_story(newsroom: Newsroom, **fields: str) -> Newsroom:
    story = {
        "title": "A story",
        "url": "https://www.bionews.org.uk/page_100009",
        "teaser": "It is all here...",
    }
    return newsroom.issue(sections=[{"kind": "news", "items": [story | fields]}])


@pytest.mark.parametrize(
    "fields",
    [
        {
            "teaser": "[Then](https://web.archive.org/web/2019/https://www.bionews.org.uk/page_7), [now](https://a.uk/?u=http://b.uk)."
        },
        {
            "url": "https://archive.today/2020/http://www.bionews.org.uk:80/http://www.progress.org.uk/"
        },
        {"teaser": "As the list says (<https://en.wikipedia.org/wiki/Chimera_(genetics)>)."},
        {
            "teaser": "See [one](https://www.bionews.org.uk/a_(b)), <https://www.bionews.org.uk/c>, <a@bionews.org.uk>."
        },
        {
            "teaser": "Write to [us](mailto:editor@bionews.org.uk?subject=Hello%20there&body=1), (mailto:x)."
        },
        {
            "teaser": "https://www.bionews.org.uk/a, which is no link, and [HTTPS](HTTPS://www.bionews.org.uk/B)."
        },
        {
            "teaser": "[ü](https://www.bionews.org.uk/ü) and [space](<https://www.bionews.org.uk/a b>)"
        },
        {"url": "https://www.bionews.org.uk/?a=1&b='&lt=2"},
        {"url": "https://www.bionews.org.uk/" + "long/" * 60},
        {"title": "遺伝子の研究についての長い見出しが二行になるように書かれています" * 3},
        {"title": "« Où ? » – l’ADN : O'Neill & Söhne, Straße <b> *x* 47,XXX"},
        {"title": "…"},
        {"title": "x" * 300},
        {"teaser": "これは詳しく https://www.bionews.org.uk/ja。次の文です。" * 5},
        {"teaser": "> quoted\n> lines\n\n1. one\n2. *two* x^2^ H~2~O"},
    ],
)
def test_the_themes_own_text_part_has_it_all(newsroom: Newsroom, fields: dict[str, str]) -> None:
    assert one_story(newsroom, **fields).told("text-parity") == []


@pytest.mark.parametrize(
    "piece",
    [
        '<a href="#top">Up</a><a href="tel:123">Call</a><a href="">Nowhere</a><a name="x">No link</a>',
        '<a style="display:none" href="https://www.bionews.org.uk/hidden">Hidden</a>',
        '<a href="https://www.bionews.org.uk/unsubscribe">Leave</a>',
    ],
)
def test_links_that_nobody_can_follow_there_are_ignored(newsroom: Newsroom, piece: str) -> None:
    assert newsroom.html(piece).told("text-parity") == []


@pytest.mark.parametrize(
    "text",
    [
        "(https://www.bionews.org.uk/x).",
        "See:https://www.bionews.org.uk/x",
        '"https://www.bionews.org.uk/x"',
    ],
)
def test_punctuation_may_be_around_an_address(newsroom: Newsroom, text: str) -> None:
    newsroom.html('<a href="https://www.bionews.org.uk/x">x</a>').text(text)
    assert newsroom.told("text-parity") == []


def test_a_mail_without_a_recipient_is_found_in_the_text(newsroom: Newsroom) -> None:
    newsroom.publication(forward="mailto:?subject=BioNews")
    assert newsroom.told("text-parity") == []


def test_an_email_without_words_misses_nothing(newsroom: Newsroom) -> None:
    assert newsroom.html("<!doctype html><html><body></body></html>").told("text-parity") == []


def test_an_address_within_another_is_not_there_itself(newsroom: Newsroom) -> None:
    inner = "https://www.progress.org.uk/page"
    one_story(newsroom, url=f"https://web.archive.org/web/2019/{inner}").html(
        f'<a href="{inner}">now</a>'
    )
    what = f"The text part is missing 1 address of the HTML's links: '{inner}'."
    assert newsroom.told("text-parity") == [("error", PLACE, what)]


@pytest.mark.parametrize(
    "address", ["https://www.bionews.org.uk/iss", "HTTP://www.bionews.org.uk/x", "mailto:a@b.org"]
)
def test_an_address_that_is_missing_is_reported(newsroom: Newsroom, address: str) -> None:
    assert newsroom.html(f'<a href="{address}">there</a>').told("text-parity") == [
        ("error", PLACE, f"The text part is missing 1 address of the HTML's links: '{address}'.")
    ]


def test_many_addresses_are_one_finding(newsroom: Newsroom) -> None:
    newsroom.theme(ITEM, MORE, "{{ words.read_more }}\n")
    assert newsroom.told("text-parity") == [
        (
            "error",
            PLACE,
            "The text part is missing 3 addresses of the HTML's links: "
            "'https://www.bionews.org.uk/page_100003' and 2 more.",
        )
    ]


def test_titles_that_are_missing_are_reported(newsroom: Newsroom) -> None:
    newsroom.theme(LIST, CONTENTS, "").theme(ITEM, TITLE, "{{ item.title[:20] | wrap }}\n")
    what = (
        "The text part is missing 3 titles: 'A first story, about cells that keep time' and 2 more."
    )
    assert ("error", PLACE, what) in newsroom.told("text-parity")


def test_one_title_that_is_missing_is_reported(newsroom: Newsroom) -> None:
    one_story(newsroom, title="Alone").theme(LIST, CONTENTS, "").theme(ITEM, TITLE, "")
    assert ("error", PLACE, "The text part is missing 1 title: 'Alone'.") in newsroom.told(
        "text-parity"
    )


def test_too_few_words_are_reported(newsroom: Newsroom) -> None:
    newsroom.html("<p>" + "These words are not in the text part. " * 20 + "</p>")
    [told] = newsroom.told("text-parity")
    assert told[:2] == ("warning", PLACE)
    assert told.message.endswith("% of the words that the HTML shows, less than 80%.")


def test_an_email_of_text_alone_shows_every_title(newsroom: Newsroom) -> None:
    galley = newsroom.galley()
    assert list(text_parity.check(in_format(galley, TEXT_ALONE))) == []

    title = next(galley.issue.items).title
    without = galley.email.text.replace(title, "")
    (found,) = text_parity.check(in_format(galley, TEXT_ALONE, text=without))
    assert found.problem.message == f"The text part is missing 1 title: '{title}'."

"""What each format shows of an issue: headlines as titles alone, everything in full; and how readers change to another."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from newsletter.email.mentions import mentions
from newsletter.email.merge_tags import own_email, token
from newsletter.email.rendering import render
from newsletter.email.running_order import running_order
from newsletter.manifest import read_issue
from newsletter.model import (
    Advert,
    Email,
    Event,
    Format,
    Image,
    Issue,
    Item,
    Job,
    News,
    Notice,
    Section,
)
from newsletter.model.formats import TEASERS
from newsletter.theme import Theme, compile_theme
from tests.elsewhere import pictures_elsewhere
from tests.strategies import PUBLICATION

HEADLINES = Format(name="headlines", shows="headlines")
FULL = Format(name="full", shows="full")
LONG = "A sentence of some words. " * 30
EVENT = Event(
    title="A meeting", place="Hall", starts="2012-04-20 18:30", url="https://a.org/e", body=LONG
)


@pytest.fixture(scope="module")
def theme(repository: Path) -> Theme:
    return compile_theme("bionews", repository / "templates")


@pytest.fixture(scope="module")
def shipped(repository: Path) -> Issue:
    return read_issue(repository / "issues" / "652")


def issue_of(*items: Item, **publication: Any) -> Issue:
    """Return an issue of these items, each in a section of its kind."""
    kinds = {"event": "events", "job": "jobs", "notice": "notices"}
    sections = [Section(kind=kinds.get(item.kind, "news"), items=(item,)) for item in items]
    return Issue(
        publication=PUBLICATION.model_copy(update=publication),
        number="652",
        date=date(2012, 4, 16),
        sections=tuple(sections),
    )


def shown(issue: Issue, theme: Theme, format: Format) -> Email:
    return own_email(render(issue, theme, format, pictures_elsewhere(issue)))


def page_of(email: Email) -> Any:
    return lxml_html.fromstring(email.html)


def cells(email: Email) -> list[tuple[str, str, list[str]]]:
    """Return the number of each headline, its words, and the addresses that they lead to."""
    rows = page_of(email).xpath("//tr[td[contains(@class, 'number')]]")
    return [
        (
            row[0].text_content().strip(),
            " ".join(row[1].text_content().split()),
            [link.get("href") for link in row[1].iter("a")],
        )
        for row in rows
    ]


# Headlines


def test_headlines_are_all_titles_in_order_numbered_each_with_its_link(
    theme: Theme, shipped: Issue
) -> None:
    email = shown(shipped, theme, HEADLINES)
    items = list(running_order(shipped).items)
    assert [number for number, _, _ in cells(email)] == [
        str(number) for number in range(1, len(items) + 1)
    ]
    for number, (item, (_, words, links)) in enumerate(zip(items, cells(email), strict=True), 1):
        address = item.url or f"https://www.bionews.org.uk/issues/652/#{item.key}"
        assert links == [address]
        written = re.escape(f"{number}. ") + r"\s+".join(map(re.escape, words.split()))
        assert re.search(rf"^ *{written}\n     -> {re.escape(address)}$", email.text, re.MULTILINE)


def test_headlines_have_no_texts_no_pictures_and_no_buttons(theme: Theme) -> None:
    picture = Image(src="https://a.org/p.jpg", alt="A seed", credit="The maker")
    news = News(title="One", body=LONG, picture=picture, sources=[{"title": "A source"}])
    email = shown(issue_of(news, EVENT, donate="https://a.org/give", social=()), theme, HEADLINES)
    page = page_of(email)
    assert page.xpath("//img | //*[contains(@class, 'button')] | //ul") == []
    for part in (email.html, email.text):
        assert not re.search("A sentence|A seed|The maker|A source|Hall", part)
        assert "https://a.org/give" in part


def test_headlines_say_who_paid_and_the_days_that_count(theme: Theme) -> None:
    advert = Advert(title="Paper", advertiser="The Mill", url="https://a.org/a", teaser="Buy.")
    job = Job(title="Nurse", url="posts@a.org", closes="2012-05-11", employer="A clinic")
    email = shown(issue_of(News(title="One", body=LONG), advert, EVENT, job), theme, HEADLINES)
    assert [words for _, words, _ in cells(email)] == [
        "One",
        "Advertisement, paid for by The Mill Paper",
        "Friday, 20 April 2012, 18:30 A meeting",
        "Closes 11 May 2012 Nurse",
    ]
    for words in (
        "     Advertisement, paid for by The Mill\n  2. Paper\n     -> https://a.org/a\n",
        "  3. A meeting\n     Friday, 20\u00a0April\u00a02012, 18:30\n     -> https://a.org/e\n",
        "  4. Nurse\n     Closes 11\u00a0May\u00a02012\n     -> posts@a.org\n",
    ):
        assert words in email.text


def test_a_title_that_is_all_there_is_has_a_number_and_no_link(theme: Theme) -> None:
    closed = Notice(title="Closed on Monday")
    short = Notice(title="We move", body="In May.", whole=True)
    email = shown(issue_of(closed, short), theme, HEADLINES)
    page = "https://www.bionews.org.uk/issues/652/we-move/"
    assert cells(email) == [("1", "Closed on Monday", []), ("2", "We move", [page])]
    assert "  1. Closed on Monday\n\n  2. We move\n     -> " in email.text


def test_a_logo_is_a_picture_so_headlines_have_the_name(theme: Theme, shipped: Issue) -> None:
    logo = Image(src="https://a.org/logo.png", alt="Logo", width=100, height=50)
    publication = shipped.publication.model_copy(update={"logo": logo})
    issue = shipped.model_copy(update={"publication": publication})
    (name,) = page_of(shown(issue, theme, HEADLINES)).xpath("//h1")
    assert name.text_content().strip() == "BioNews"


# In full


def test_the_contents_of_a_full_email_lead_to_its_own_pieces(theme: Theme, shipped: Issue) -> None:
    email = shown(shipped, theme, FULL)
    page = page_of(email)
    links = page.xpath("//ul[@class='contents']//a")
    assert len(links) == len(list(shipped.items))
    for link in links:
        (target,) = page.xpath("//*[@id=$key]", key=link.get("href").removeprefix("#"))
        assert target.get("name") == target.get("id")
        assert target.getparent().text_content().strip() == link.text_content()
    for part, first in ((email.html, "Emerging science"), (email.text, "1. Emerging science")):
        assert part.index("In this issue") < part.index(first)
        assert part.count("In this issue") == 1


def test_a_whole_piece_ends_with_its_page_on_the_web_and_the_four_bases(theme: Theme) -> None:
    whole = News(title="Whole", url="https://a.org/w", body=LONG)
    without_page = News(title="No page", body=LONG)
    email = shown(issue_of(whole, without_page), theme, FULL)
    page = page_of(email)
    assert len(page.find_class("bases")) == 2
    (quiet,) = page.xpath("//a[starts-with(@aria-label, 'Read on the web')]")
    assert (quiet.get("href"), quiet.get("aria-label")) == (
        "https://a.org/w",
        "Read on the web: Whole",
    )
    assert "Read the story" not in email.html + email.text
    assert "words.\n\nRead on the web\n-> https://a.org/w\n" in email.text


def test_a_piece_that_does_not_fit_keeps_its_read_more(theme: Theme) -> None:
    pieces = [
        News(title=f"Piece {number}", url=f"https://a.org/{number}", body=LONG * 10)
        for number in range(3)
    ]
    email = shown(issue_of(*pieces), theme, FULL.model_copy(update={"at_most": 30}))
    assert email.shortened == ("piece-2",)
    page = page_of(email)
    assert len(page.find_class("bases")) == 2
    assert page.xpath("//a[@aria-label='Read the story: Piece 2']")
    assert not page.xpath("//a[@aria-label='Read the story: Piece 1']")


def test_a_short_piece_that_is_all_there_is_not_read_on(theme: Theme) -> None:
    short = News(title="Short", url="https://a.org/s", body="It is all here.")
    for format, words in (
        (FULL, "Read on the web"),
        (TEASERS, "Read the story"),
    ):
        email = shown(issue_of(short), theme, format)
        assert f'aria-label="{words}: Short"' in email.html
        assert page_of(email).find_class("bases") == []


def test_the_long_text_of_an_event_is_below_its_day_and_as_wide_as_others(theme: Theme) -> None:
    first = News(title="One", body=LONG)
    (about,) = page_of(shown(issue_of(first, EVENT), theme, FULL)).find_class("about")
    assert "A sentence" not in about.text_content()
    (about,) = page_of(render(issue_of(first, EVENT), theme)).find_class("about")
    assert "A sentence" in about.text_content()


# Preferences


@pytest.mark.parametrize("format", [TEASERS, HEADLINES, FULL], ids=lambda format: format.name)
def test_readers_can_change_how_they_get_it_beside_where_they_leave(
    theme: Theme, shipped: Issue, format: Format
) -> None:
    publication = shipped.publication.model_copy(update={"preferences": "https://a.org/p"})
    email = render(shipped.model_copy(update={"publication": publication}), theme, format)
    (row,) = page_of(email).xpath("//p[a[text()='Unsubscribe']]")
    assert [link.text for link in row] == ["Change how you get BioNews", "Unsubscribe"]
    assert row[0].get("href") == token("preferences")
    assert f"Change how you get BioNews\n-> {token('preferences')}\nUnsubscribe\n" in email.text
    assert mentions(email.html, email.text) % 2 == 0


@pytest.mark.parametrize("format", [TEASERS, HEADLINES, FULL], ids=lambda format: format.name)
def test_without_such_a_page_nothing_is_said_of_it(
    theme: Theme, shipped: Issue, format: Format
) -> None:
    email = render(shipped, theme, format)
    for part in (email.html, email.text):
        assert "Change how" not in part
        assert token("preferences") not in part

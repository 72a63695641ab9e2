"""A full email has as many whole pieces as fit; from the last one upwards, the others are teasers."""

from __future__ import annotations

from datetime import date
from math import ceil, log2

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.email.fitting import Full, fitted, in_full
from newsletter.email.merge_tags import own_email
from newsletter.email.rendering import render
from newsletter.email.running_order import running_order
from newsletter.model import Advert, Elsewhere, Event, Format, Issue, News, Section
from newsletter.model.formats import GMAIL_CLIPS_AT
from newsletter.theme import Theme, compile_theme
from tests.conftest import REPOSITORY
from tests.elsewhere import pictures_elsewhere
from tests.strategies import PUBLICATION, issues, publications

FULL = Format(name="full", shows="full")
WORDS = "The court said that the clinic had no duty to keep the embryos any longer than it had. "


@pytest.fixture(scope="module")
def theme() -> Theme:
    return compile_theme("bionews", REPOSITORY / "templates")


def piece(number: int, words: int, *, lead: bool = False) -> News:
    """Return a piece whose body has this many words."""
    body = " ".join((WORDS * (words // 17 + 1)).split()[:words])
    return News(title=f"Piece {number}", body=body, url=f"https://a.org/{number}", lead=lead)


def issue_of(*lengths: int, lead: int = 0) -> Issue:
    """Return an issue of pieces whose bodies have these numbers of words, one of which leads."""
    pieces = [
        piece(number, words, lead=number == lead and words > 0)
        for number, words in enumerate(lengths)
    ]
    section = Section(kind="news", items=tuple(pieces))
    return Issue(publication=PUBLICATION, number="652", date=date(2012, 4, 16), sections=(section,))


def plain_html(issue: Issue) -> str:
    """Return what stands for the HTML here: each text that the email shows, a teaser short."""
    return "".join(item.body if item.whole else item.body[:200] for item in issue.items)


def within(most: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, 700), min_size=1, max_size=most)


def keys(issue: Issue) -> list[str]:
    return [item.key for item in running_order(issue).items]


def check(full: Full, issue: Issue, most: int) -> None:
    """Check that it is as large as it can be, and that teasers are at its end only."""
    size = len(full.html)
    whole = [item.key for item in full.issue.items if item.whole]
    longer = [item.key for item in in_full(issue).items if item.whole]
    in_order = [key for key in keys(issue) if key in longer]
    assert full.shortened == tuple(in_order[len(whole) :])
    assert set(whole) == set(in_order[: len(whole)])
    assert size <= most or not whole


@given(lengths=within(20), most=st.integers(0, 60_000), lead=st.integers(0, 19))
def test_the_fewest_pieces_become_teasers_from_the_last_one_upwards(
    lengths: list[int], most: int, lead: int
) -> None:
    issue = issue_of(*lengths, lead=lead)
    rendered: list[str] = []

    def html_of(view: Issue) -> str:
        rendered.append(plain_html(view))
        return rendered[-1]

    full = fitted(issue, html_of, lambda html: len(html) <= most)
    check(full, issue, most)
    assert full.html == plain_html(full.issue)
    if full.shortened:
        first = full.shortened[0]
        one_more = plain_html(with_whole(full.issue, first))
        assert len(one_more) > most
    assert len(rendered) <= 1 + ceil(log2(len(lengths) + 1))


def with_whole(issue: Issue, key: str) -> Issue:
    """Return the issue with one piece whole."""
    (section,) = issue.sections
    items = [
        item.model_copy(update={"whole": True}) if item.key == key else item
        for item in section.items
    ]
    return issue.model_copy(
        update={"sections": (section.model_copy(update={"items": tuple(items)}),)}
    )


def test_the_lead_is_the_last_to_become_a_teaser() -> None:
    issue = issue_of(300, 300, 300, lead=2)
    assert keys(issue) == ["piece-2", "piece-0", "piece-1"]
    most = len(plain_html(issue))
    assert fitted(issue, plain_html, lambda html: len(html) <= most).shortened == tuple(keys(issue))
    one_whole = most + 1_500
    assert fitted(issue, plain_html, lambda html: len(html) <= one_whole).shortened == (
        "piece-0",
        "piece-1",
    )


def test_what_even_teasers_alone_do_not_fit_into_is_teasers_alone() -> None:
    issue = issue_of(300, 300)
    full = fitted(issue, plain_html, lambda _: False)
    assert full == Full(issue, plain_html(issue), ("piece-0", "piece-1"))


def test_what_has_no_more_than_teasers_show_stays_as_it_is() -> None:
    short = News(title="Short", body="All of it.", url="https://a.org/short")
    section = Section(kind="news", items=(short, News(title="Teaser alone", teaser="A teaser.")))
    issue = issue_of(1).model_copy(update={"sections": (section,)})
    assert in_full(issue) == issue
    assert fitted(issue, plain_html, lambda _: False).shortened == ()


def test_every_kind_of_piece_is_whole_and_keeps_its_key() -> None:
    body = WORDS * 20
    news = piece(1, 300)
    with_teaser = News(title="Piece", body=body, teaser="Its own teaser.")
    advert = Advert(title="Advert", body=body, advertiser="A")
    event = Event(title="Event", body=body, place="London", starts="2012-04-20 18:30")
    sections = (
        Section(kind="news", items=(news, with_teaser, advert)),
        Section(kind="events", items=(event,)),
        Section(kind="elsewhere", items=(Elsewhere(title="Piece", body=body),)),
    )
    issue = issue_of(1).model_copy(update={"sections": sections})
    view = in_full(issue)
    assert all(item.whole for item in view.items)
    assert [item.key for item in view.items] == [item.key for item in issue.items]
    assert [item.title for item in view.items] == [item.title for item in issue.items]


def test_an_email_in_full_has_every_word_in_both_parts_and_its_issue_is_the_issue(
    theme: Theme,
) -> None:
    issue = issue_of(300, 10, 300)
    email = render(issue, theme, FULL)
    assert email.issue is issue
    assert email.shortened == ()
    words = sum(item.body.count("embryos") for item in issue.items)
    assert email.html.count("embryos") == email.text.count("embryos") == words
    teasers = render(issue, theme)
    assert teasers.html.count("embryos") < words
    assert (email.subject, email.preheader) == (teasers.subject, teasers.preheader)


def test_text_alone_has_no_limit_and_no_html(theme: Theme) -> None:
    issue = issue_of(*[700] * 30)
    text = FULL.model_copy(update={"parts": "text", "at_most": 1})
    email = render(issue, theme, text)
    assert (email.html, email.shortened) == ("", ())
    assert email.text.count("embryos") == sum(item.body.count("embryos") for item in issue.items)


@settings(max_examples=15)
@given(lengths=within(12), at_most=st.integers(1, 100))
def test_the_html_as_it_is_built_fits(theme: Theme, lengths: list[int], at_most: int) -> None:
    issue = issue_of(*lengths)
    email = render(issue, theme, FULL.model_copy(update={"at_most": at_most}))
    longer = [item.key for item in in_full(issue).items if item.whole]
    size = len(own_email(email).html.encode())
    assert size <= GMAIL_CLIPS_AT * at_most / 100 or list(email.shortened) == longer
    assert list(email.shortened) == longer[len(longer) - len(email.shortened) :]


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(issue=issues(publications()), at_most=st.integers(1, 30))
def test_any_issue_fits_or_is_teasers_alone_under_the_subject_of_all_formats(
    theme: Theme, issue: Issue, at_most: int
) -> None:
    pictures = pictures_elsewhere(issue)
    email = render(issue, theme, FULL.model_copy(update={"at_most": at_most}), pictures)
    teasers = render(issue, theme, pictures=pictures)
    longer = {item.key for item in in_full(issue).items if item.whole} - {
        item.key for item in issue.items if item.whole
    }
    size = len(own_email(email).html.encode())
    assert size <= GMAIL_CLIPS_AT * at_most / 100 or set(email.shortened) == longer
    assert (email.subject, email.preheader) == (teasers.subject, teasers.preheader)

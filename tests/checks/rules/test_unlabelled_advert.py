"""unlabelled-advert: what was paid for and is not labelled."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom
from tests.checks.planted.unlabelled_advert import HTML_LABEL, TEXT_LABEL


@pytest.fixture
def advert(newsroom: Newsroom) -> Newsroom:
    """An issue with a news story, and a labelled advert after it."""
    story = {
        "title": "A story",
        "url": "https://www.bionews.org.uk/page_1",
        "teaser": "What it says.",
    }
    paid = {
        "kind": "advert",
        "title": "A course in genetic counselling",
        "advertiser": "The Advertiser's  Name",
    }
    return newsroom.issue(
        sections=[{"kind": "news", "items": [story, paid | {"teaser": "It runs for two years."}]}]
    )


def test_the_default_theme_labels_adverts(advert: Newsroom) -> None:
    assert advert.told("unlabelled-advert") == []


def test_a_label_that_is_broken_over_lines(advert: Newsroom) -> None:
    name = "A body whose name is so long that it cannot fit on the line that begins with the label of the advert"
    advert.change("issues/700/issue.yaml", "The Advertiser's  Name", name)
    assert advert.told("unlabelled-advert") == []


def test_a_theme_may_label_below_the_title(advert: Newsroom) -> None:
    after = '{% include "parts/title.html.j2" %}'
    advert.theme("parts/advert.html.j2", HTML_LABEL, "")
    advert.theme("parts/advert.html.j2", after, f"{after}{HTML_LABEL}")
    assert advert.told("unlabelled-advert") == []


def test_a_theme_may_keep_adverts_in_no_box(advert: Newsroom) -> None:
    box = '<table role="presentation" class="advert" width="100%" cellpadding="0" cellspacing="0">'
    advert.theme("parts/advert.html.j2", box, "<!-- no box -->")
    advert.theme("parts/advert.html.j2", '<tr><td class="boxed">', "")
    advert.theme("parts/advert.html.j2", "</td></tr>\n</table>", "")
    assert advert.told("unlabelled-advert") == []


def test_a_document_without_marks_for_items(advert: Newsroom) -> None:
    text = "<p>Advertisement: <b>A course in genetic counselling</b>, by The Advertiser's Name</p>"
    assert advert.html(f"<!doctype html><title>x</title>{text}").told("unlabelled-advert") == []


def test_a_document_without_the_advert(advert: Newsroom) -> None:
    assert (
        advert.html("<!doctype html><title>x</title><p>Nothing</p>").told("unlabelled-advert") == []
    )


@pytest.mark.parametrize(
    "title",
    [
        "Sponsored research raises questions",
        "Sponsored by the trust, a debate",
        "Advertisement for sperm donors banned",
        "Advertisements: what clinics may say",
        "Ad hoc committee meets",
        "Paid leave for fertility treatment",
        "Adverts for egg donors return",
    ],
)
def test_news_about_adverts_is_not_an_advert(newsroom: Newsroom, title: str) -> None:
    assert (
        newsroom.item(title=title, teaser="Advertisers, and what they say.").told(
            "unlabelled-advert"
        )
        == []
    )


def test_no_label_in_the_html(advert: Newsroom) -> None:
    [finding] = advert.theme("parts/advert.html.j2", HTML_LABEL, "").told("unlabelled-advert")
    assert (finding.severity, finding.place) == (
        "error",
        "templates/bionews/parts/advert.html.j2:1",
    )
    assert finding.message == (
        "In the HTML, the advert 'A course in genetic counselling' is missing the label 'Advertisement' "
        "and the name of the advertiser, 'The Advertiser's  Name'."
    )


def test_no_advertiser_in_the_html(advert: Newsroom) -> None:
    [finding] = advert.theme("parts/advert.html.j2", "=item.advertiser", '=""').told(
        "unlabelled-advert"
    )
    assert "is missing the name of the advertiser" in finding.message


def test_the_heading_of_the_section_is_not_a_label(newsroom: Newsroom) -> None:
    paid = {
        "title": "A course",
        "advertiser": "The Advertiser's Name",
        "teaser": "It runs for two years.",
    }
    newsroom.issue(sections=[{"kind": "advert", "items": [paid]}])
    [finding] = newsroom.theme("parts/advert.html.j2", HTML_LABEL, "").told("unlabelled-advert")
    assert "In the HTML" in finding.message


def test_an_advert_that_looks_like_any_item(advert: Newsroom) -> None:
    advert.theme("email.mjml.j2", '{% if item.kind == "advert" %}', "{% if false %}")
    [finding] = advert.told("unlabelled-advert")
    assert "In the HTML" in finding.message


def test_no_label_in_a_document_without_marks(advert: Newsroom) -> None:
    text = "<p><b>A course in genetic counselling</b>, by The Advertiser's Name</p>"
    [finding] = advert.html(f"<!doctype html><title>x</title>{text}").told("unlabelled-advert")
    assert "is missing the label 'Advertisement'." in finding.message


def test_a_title_at_the_very_beginning_has_no_label_before_it(advert: Newsroom) -> None:
    advert.html(
        '<!doctype html><h3><a id="a-course-in-genetic-counselling">A course in genetic counselling</a></h3>'
    )
    [finding] = advert.told("unlabelled-advert")
    assert "In the HTML" in finding.message


def test_no_label_in_the_text_part(advert: Newsroom) -> None:
    [finding] = advert.theme("parts/item.txt.j2", TEXT_LABEL, "").told("unlabelled-advert")
    assert (finding.severity, finding.place) == ("error", "templates/bionews/parts/item.txt.j2:5")
    assert "In the text part" in finding.message


def test_a_theme_that_leaves_out_the_label(advert: Newsroom) -> None:
    for file in ("parts/advert.html.j2", "parts/item.txt.j2"):
        advert.theme(file, "filled(advert=words.advert, ", 'filled(advert="", ')
    findings = advert.told("unlabelled-advert")
    assert ["the label 'Advertisement'" in finding.message for finding in findings] == [True, True]


@pytest.mark.parametrize(
    "label",
    [
        "Advertisement:",
        "ADVERTORIAL -",
        "[Ad]",
        "(Sponsored)",
        "Sponsored content |",
        "Paid content –",
    ],
)
def test_titles_with_a_label(newsroom: Newsroom, label: str) -> None:
    [finding] = newsroom.item(title=f"{label} A course").told("unlabelled-advert")
    assert (finding.severity, finding.place) == ("error", "issues/700/issue.yaml:6")
    assert label in finding.message


def test_only_the_start_of_a_text_counts(newsroom: Newsroom) -> None:
    newsroom.item(
        title="A story",
        teaser="First.\n\nAdvertisement: second.",
        body="Sponsored: by whom?\n\nSponsored:",
    )
    assert [finding.place for finding in newsroom.told("unlabelled-advert")] == [
        "issues/700/issue.yaml:11"
    ]


def test_the_themes_own_word_in_another_language(newsroom: Newsroom) -> None:
    newsroom.theme("words.toml", 'advert = "Advertisement"', 'advert = "Anzeige"')
    assert len(newsroom.item(title="Anzeige: Ein Kurs").told("unlabelled-advert")) == 1

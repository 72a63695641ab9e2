"""editor-only-link: addresses that open for whoever copied them, and for few others."""

from __future__ import annotations

import time

import pytest

from newsletter.checks.rules.editor_only_link import _fault_of
from tests.checks.newsroom import Newsroom
from tests.checks.planted.editor_only_link import SAFE_LINK


@pytest.mark.parametrize(
    "url",
    [
        "https://www.bionews.org.uk/page_93535",
        "https://doi.org/10.1016/S0140-6736(12)60386-6",
        "https://doi.org/10.1002/(SICI)1097-0282(1998)47:3%3C255::AID-BIP5%3E3.0.CO;2-1",
        "https://web.archive.org/web/2012/https://www.hfea.gov.uk/",
        "https://www.gov.uk/government/uploads/system/file.pdf#page=3",
        "https://docs.google.com/forms/d/e/1FAIpQLSd/viewform",
        "https://docs.google.com/document/d/e/2PACX/pub",
        "https://drive.google.com/file/d/1abc/view?usp=sharing",
        "https://www.dropbox.com/s/abc/programme.pdf?dl=0",
        "https://ucl.sharepoint.com/sites/events/programme.pdf",
        "https://en.wikipedia.org/wiki/...And_Justice_for_All",
        "https://en.wikipedia.org/wiki/Once_Upon_a_Time...",
        "https://www.thelancet.com/article?preview=truefalse",
        "https://www.bionews.org.uk/preview?film=true",
        "https://wordpress.org/about-wp-admins/",
        "https://http.cat/404",
        "https://localnews.org/intranet",
        "https://members.charity.org/wp-login.php",
        "https://www.nature.com/articles/ng.1234?WT.feed_name=subjects_local",
        "https://www.googleapis.com/url",
        "https://accounts.google.com/signup",
        "https://mail.google.org/",
        "https://us1.campaign-archive.com/?u=abc&id=def",
        "https://www.facebook.com/progresseducationaltrust/",
        "https://www.eventbrite.co.uk/e/a-debate-tickets-123",
        "https://ethz.ch/de/campus.local.html",
        "https://somebody:secret@www.hfea.gov.uk/",
        "https://proxy.org/",
        "https://www.bbc.co.uk/news/health-17700000",
        "https://pubmed.ncbi.nlm.nih.gov/?term=CYP2C19*2",
        "https://xn--mnchen-3ya.de/edit",
        "https://www.theguardian.com/society/2012/apr/15/ivf-clinics...-warned",
        "mailto:editor@bionews.org.uk?subject=Hello...",
    ],
)
def test_addresses_that_every_reader_can_open(newsroom: Newsroom, url: str) -> None:
    assert newsroom.issue(welcome=f"Words with [a link]({url}).").told("editor-only-link") == []


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://clinic.org/wp-admin/", "leads to the pages where its website is edited."),
        ("https://clinic.org/blog/wp-admin?x=1", "leads to the pages where its website is edited."),
        ("https://clinic.org/node/12/edit", "leads to the pages where its website is edited."),
        (
            "https://mail.google.com/mail/u/0/#inbox/abc",
            "leads everyone to an account of their own, not to what you",
        ),
        (
            "https://us7.admin.mailchimp.com/campaigns/",
            "leads everyone to an account of their own, not to what you",
        ),
        ("https://intranet/news", "leads into an internal network, which readers cannot reach."),
        (
            "https://files.charity.local/a.pdf",
            "leads into an internal network, which readers cannot reach.",
        ),
        ("https://https://www.hfea.gov.uk/", "begins twice."),
        ("https://http//www.hfea.gov.uk/", "begins twice."),
        (
            "https://www-nature-com.ezproxy.ucl.ac.uk/a",
            "goes through a library, for its own members.",
        ),
    ],
)
def test_what_no_reader_can_reach_is_an_error(newsroom: Newsroom, url: str, what: str) -> None:
    (finding,) = newsroom.item(title="A story", url=url, teaser="Words.").told("editor-only-link")
    assert (finding.severity, finding.place) == ("error", "issues/700/issue.yaml:7")
    assert what in finding.message


@pytest.mark.parametrize(
    ("url", "what"),
    [
        (
            "https://docs.google.com/document/d/1abc/edit?usp=sharing",
            "leads to where the document is edited.",
        ),
        (
            "https://docs.google.com/spreadsheets/u/1/d/1abc/edit#gid=0",
            "leads to where the document is edited.",
        ),
        ("https://docs.google.com/forms/d/1abc/edit", "leads to where the form is edited"),
        (
            "https://charity-my.sharepoint.com/:w:/g/personal/a_b/abc",
            "leads to somebody's own folder",
        ),
        ("https://intranet.ucl.ac.uk/news", "leads to an intranet"),
        ("https://clinic.org/?p=12&preview=true", "leads to a preview"),
        ("https://www.gov.uk/.../report.pdf", "appears to be cut short."),
        ("https://www.gov.uk/government/publications/rep...", "appears to be cut short."),
        ("https://www.gov.uk/gov…/report", "appears to be cut short."),
        (
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.hfea.gov.uk%2F&h=A",
            "goes through Facebook.",
        ),
        (
            "https://a.us1.list-manage.com/track/click?u=1",
            "goes through a mailing service, which counts who clicks.",
        ),
    ],
)
def test_what_readers_may_not_reach_is_a_warning(newsroom: Newsroom, url: str, what: str) -> None:
    (finding,) = newsroom.item(title="A story", url=url, teaser="Words.").told("editor-only-link")
    assert (finding.severity, finding.place) == ("warning", "issues/700/issue.yaml:7")
    assert what in finding.message


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        (SAFE_LINK, "Write the page's own address: https://www.bionews.org.uk/page_93535"),
        ("https://https://www.hfea.gov.uk/a", "Write https://www.hfea.gov.uk/a"),
        ("https://http//www.hfea.gov.uk/a", "Write http://www.hfea.gov.uk/a"),
        (
            "https://x.mjt.lu/lnk/abc",
            "Open it in a browser, and write the address of the page that appears.",
        ),
    ],
)
def test_the_right_address_is_named_where_it_is_known(url: str, hint: str) -> None:
    fault = _fault_of(url)
    assert fault
    assert fault.hint == hint


def test_a_link_in_a_text_is_reported_at_its_line(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A story\n"
        "        teaser: |\n          A paragraph.\n\n          Then [the report](https://intranet/a%20b).\n",
    )
    assert [finding.place for finding in newsroom.told("editor-only-link")] == [
        "issues/700/issue.yaml:10"
    ]


@pytest.mark.parametrize(
    "piece", ["a.", "/wp-admin", "d/edit/", "...", "/...", "?preview=", "&a", "%E2%80"]
)
def test_a_very_long_address_is_read_quickly(piece: str) -> None:
    start = time.perf_counter()
    for before in ("", "docs.google.com/document/", "www.gov.uk/", "www.gov.uk/?a=1"):
        _fault_of(f"https://{before}{piece * 20_000}")
    assert time.perf_counter() - start < 2

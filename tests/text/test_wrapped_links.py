"""Addresses within addresses: what wraps them, and what is inside."""

from __future__ import annotations

import time

import pytest

from newsletter.text.wrapped_links import unwrap

PAGE = "https://www.progress.org.uk/events?year=2012&page=3"
ENCODED = "https%3A%2F%2Fwww.progress.org.uk%2Fevents%3Fyear%3D2012%26page%3D3"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.bionews.org.uk/page_93535",
        "https://web.archive.org/web/2012/https://www.hfea.gov.uk/",
        "https://www.google.com/maps/place/Science+Museum",
        "https://scholar.google.co.uk/citations?user=abc",
        "https://www.facebook.com/sharer/sharer.php?u=https://www.bionews.org.uk/",
        "https://us1.campaign-archive.com/?u=abc&id=def",
        "https://mailchi.mp/progress/issue-652",
        "https://xyz.us1.list-manage.com/subscribe?u=1&id=2",
        "https://www.linkedin.com/in/somebody",
        "https://www.youtube.com/watch?v=abc",
        "https://help.oclc.org/Library_Management/EZproxy",
        "https://www.ezproxy.com/",
        "https://www.mimecast.com/blog/",
        "https://substack.com/@somebody",
        "mailto:editor@progress.org.uk?subject=url",
        "https://[::1",
        "#top",
        "",
    ],
)
def test_what_is_wrapped_by_nobody(address: str) -> None:
    assert unwrap(address) is None


@pytest.mark.parametrize(
    ("address", "by"),
    [
        (
            f"https://eur01.safelinks.protection.outlook.com/?url={ENCODED}&data=05%7C01%7Ca%40b&reserved=0",
            "Outlook",
        ),
        (
            f"https://nam12.safelinks.protection.outlook.com/ap/w-59584e83/?url={ENCODED}&data=05",
            "Outlook",
        ),
        (f"https://urldefense.proofpoint.com/v1/url?u={ENCODED}&k=abc", "a mail filter"),
        (
            "https://urldefense.proofpoint.com/v2/url?"
            "u=https-3A__www.progress.org.uk_events-3Fyear-3D2012-26page-3D3&d=DwMFaQ&c=abc",
            "a mail filter",
        ),
        (f"https://urldefense.com/v3/__{PAGE}__;!!abc!def$", "a mail filter"),
        (
            "https://urldefense.com/v3/__https:/www.progress.org.uk/events?year=2012*page=3__;Jg!!abc!d$",
            "a mail filter",
        ),
        (
            "https://urldefense.com/v3/__https://www.progress.org.uk/events**Bar=2012&page=3__;P3ll!!a!d$",
            "a mail filter",
        ),
        (f"https://linkprotect.cudasvc.com/url?a={ENCODED}&c=E,1,abc", "a mail filter"),
        (f"https://www.google.com/url?sa=t&url={ENCODED}&usg=AOv", "Google"),
        (f"https://www.google.co.uk/url?q={ENCODED}&sa=D", "Google"),
        (f"https://l.facebook.com/l.php?u={ENCODED}&h=AT0", "Facebook"),
        (f"HTTPS://L.Facebook.com/l.php?U={ENCODED}", "Facebook"),
        (f"https://l.instagram.com/?u={ENCODED}&e=AT", "Instagram"),
        (f"https://www.linkedin.com/redir/redirect?url={ENCODED}&urlhash=x", "LinkedIn"),
        (f"https://www.youtube.com/redirect?event=video_description&q={ENCODED}", "YouTube"),
        (f"https://out.reddit.com/t3_abc?url={ENCODED}&token=x", "Reddit"),
        (f"https://duckduckgo.com/l/?uddg={ENCODED}", "DuckDuckGo"),
        (f"https://slack-redir.net/link?url={ENCODED}", "Slack"),
        (
            f"https://abc.r.eu-west-1.awstrack.me/L0/{ENCODED}/1/0102/xyz=1",
            "a mailing service, which counts who clicks",
        ),
        (f"https://ezproxy.lib.leeds.ac.uk/login?url={ENCODED}", "a library, for its own members"),
    ],
)
def test_the_address_inside_is_read(address: str, by: str) -> None:
    assert unwrap(address) == (by, PAGE)


@pytest.mark.parametrize(
    ("address", "target"),
    [
        (
            "https://www-nature-com.ezproxy.leeds.ac.uk/articles/1?a=2",
            "https://www.nature.com/articles/1?a=2",
        ),
        (
            "https://www.nature.com.libproxy.ucl.ac.uk/articles/1",
            "https://www.nature.com/articles/1",
        ),
        (
            "https://link-springer--verlag-de.leeds.idm.oclc.org/",
            "https://link.springer-verlag.de/",
        ),
        (
            "https://leeds.idm.oclc.org/login?url=https://www.thelancet.com/x",
            "https://www.thelancet.com/x",
        ),
        ("https://ezproxy.leeds.ac.uk/menu", None),
    ],
)
def test_a_librarys_proxy_has_the_site_before_it(address: str, target: str | None) -> None:
    assert unwrap(address) == ("a library, for its own members", target)


@pytest.mark.parametrize(
    "address",
    [
        "https://progress.us1.list-manage.com/track/click?u=1&id=2&e=3",
        "https://u123.ct.sendgrid.net/ls/click?upn=abc",
        "https://x1ab.mjt.lu/lnk/AAA/1/abc/aHR0",
        "https://abc.r.sp1-brevo.net/mk/cl/f/abc",
        "https://d1a2.eu1.hubspotlinks.com/Ctc/abc",
        "https://clinic.cmail20.com/t/r-l-abc/",
        "https://r20.rs6.net/tn.jsp?f=001",
        "https://protect-eu.mimecast.com/s/abc?domain=hfea.gov.uk",
        "https://url.uk.m.mimecastprotect.com/s/abc",
        "https://www.bing.com/ck/a?!&&p=abc",
    ],
)
def test_some_wrappers_hide_the_address(address: str) -> None:
    wrapped = unwrap(address)
    assert wrapped
    assert wrapped.target is None


def test_wrappers_within_wrappers_are_opened_to_the_last() -> None:
    address = PAGE
    for host in (
        "www.google.com/url?q=",
        "l.facebook.com/l.php?u=",
        "eur02.safelinks.protection.outlook.com/?url=",
    ):
        address = f"https://{host}" + "".join(f"%{ord(letter):02X}" for letter in address)
    assert unwrap(address) == ("Outlook", PAGE)


@pytest.mark.parametrize(
    "inside",
    ["javascript%3Aalert(1)", "data%3Atext%2Fhtml%2Cx", "%2Frelative", "https%3A%2F%2F", ""],
)
def test_only_a_web_address_counts_as_inside(inside: str) -> None:
    assert unwrap(f"https://www.google.com/url?q={inside}&sa=D") == ("Google", None)


@pytest.mark.parametrize("kept", ["____", "!", "%"])
def test_a_damaged_wrapper_has_nothing_inside(kept: str) -> None:
    wrapped = unwrap(f"https://urldefense.com/v3/__https://www.progress.org.uk/*__;{kept}!!a!b$")
    assert wrapped
    assert wrapped.by == "a mail filter"


@pytest.mark.parametrize("piece", ["ezproxy", "a-", "a.", "www-", "__;", "*", "&url=", "%25"])
def test_a_very_long_address_is_read_immediately(piece: str) -> None:
    start = time.perf_counter()
    for before in ("", "www.google.com/url?q=", "urldefense.com/v3/__", "x.idm.oclc.org/"):
        unwrap(f"https://{before}{piece * 50_000}")
    assert time.perf_counter() - start < 2

"""The email as it was sent is there, byte for byte but for its merge tags, and can run nothing."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from newsletter.archive.pages import sent
from newsletter.email.building import draft
from newsletter.email.merge_tags import fill, own_values
from newsletter.errors import ManifestError
from newsletter.services import names, profile_of, with_merge_tags
from newsletter.services.tagging import email_for
from tests.archive.pages_made import SECTIONS, Elements, all_kinds, pages_of, seen
from tests.archive.small import BASE, Small

TRAPS = "{{ unsubscribe }}, *|UNSUB|*, [[UNSUB_LINK_EN]], {{{x}}}, {{ UnsubscribeURL }} and `x`"
HOSTILE = [{"kind": "news", "items": [{"title": "Traps", "teaser": f"These stay text: {TRAPS}."}]}]
TAGS = re.compile(
    r"\*\|[A-Z:_]+\|\*|\{\{ ?\.?(?:Safe|or|insert|UnsubscribeURL|ManageURL|MessageURL)[^}]*\}\}"
)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return all_kinds(tmp_path)


def hand_over(small: Small, service: str = "folder", folder: str = "", **record: str) -> Path:
    """Keep the email of issue 652 as a service gets it, and return where."""
    email = draft(small.issues / "652")
    if "*|" in email.text:  # which services refuse, since it cannot be escaped there
        email = email.model_copy(update={"text": "The text."})
    email = email_for(email, profile_of(service))
    kept = small.issues / "652" / "handed-over" / folder
    kept.mkdir(parents=True)
    (kept / "email.html").write_text(email.html, encoding="utf-8", newline="")
    (kept / "email.txt").write_text(email.text, encoding="utf-8", newline="")
    fields = {"state": "done", "tags": service, "of_format": folder or None, **record}
    (kept / "record.json").write_text(json.dumps(fields), encoding="utf-8")
    return kept


def as_read(html: str) -> str:
    """Return HTML in which it does not matter how a character is written, nor a space in CSS."""
    return re.sub(r"\s", "", unescape(html))


def without_additions(page: str) -> str:
    """Return the page of an email without what stands around it."""
    page = re.sub(
        r"(<head>)<meta http-equiv.*?(?=<meta charset|<title)", r"\1", page, flags=re.DOTALL
    )
    page = re.sub(r"<header.*?</header>\s*<main>", "", page, count=1, flags=re.DOTALL)
    return page.replace("</main></body>", "</body>")


@pytest.mark.parametrize("service", with_merge_tags())
@pytest.mark.parametrize("sections", [None, HOSTILE], ids=["every kind", "hostile"])
def test_it_is_the_email_that_readers_got_with_our_own_addresses(
    tmp_path: Path, service: str, sections: list[dict[str, object]] | None
) -> None:
    small = all_kinds(tmp_path, sections or SECTIONS, preheader="Every kind of item")
    hand_over(small, service)
    page = pages_of(small.read())["652/email/"]

    email = draft(small.issues / "652")
    values = own_values(email.issue) | {"web-version": f"{BASE}652/"}
    expected = fill(email, values).html
    assert as_read(without_additions(page)) == as_read(expected)
    if sections is None:
        assert not TAGS.search(page)


@pytest.mark.parametrize("service", names())
def test_nobody_can_be_unsubscribed_by_it(small: Small, service: str) -> None:
    hand_over(small, service)
    page = pages_of(small.read())["652/email/"]
    links = [link["href"] for link in Elements(page).named("a")]
    assert "https://www.bionews.org.uk/unsubscribe" in links
    assert all(re.match(r"https?://|mailto:|#|/652/$", link) for link in links)


def test_it_says_what_it_is_and_what_it_may_do(small: Small) -> None:
    hand_over(small)
    page = pages_of(small.read())["652/email/"]
    head = page.partition("<head")[2].partition("</head>")[0]
    first = Elements(head).all[0]
    assert first[1]["http-equiv"] == "Content-Security-Policy"
    assert first[1]["content"].startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert {"name": "robots", "content": "noindex"} in Elements(head).named("meta")
    assert {"rel": "canonical", "href": f"{BASE}652/"} in Elements(head).named("link")
    assert "This is BioNews 652 as it was sent by email." in page
    assert 'href="/652/"' in page


def test_the_issue_leads_to_it(small: Small) -> None:
    assert 'href="/652/email/"' not in pages_of(small.read())["652/"]
    hand_over(small)
    assert 'href="/652/email/"' in pages_of(small.read())["652/"]


def test_each_format_has_a_page_and_leads_to_the_others(small: Small) -> None:
    hand_over(small, of_format="teasers")
    hand_over(small, folder="headlines")
    text_alone = hand_over(small, folder="text")
    (text_alone / "email.html").unlink()

    pages = pages_of(small.read())
    assert 'href="/652/email/headlines/"' in pages["652/email/"]
    assert ">teasers</a>" in pages["652/email/headlines/"]
    text = pages["652/email/text/"]
    assert '<meta name="robots" content="noindex">' in text
    assert "A step closer to H₂O" in seen(text)
    assert "<pre" in text


def test_a_page_is_made_again_if_there_is_another_format(small: Small) -> None:
    def digest() -> bytes:
        found = {page.path: page.digest for page in sent.pages(small.read())}
        return found["652/email/index.html"]

    hand_over(small, of_format="teasers")
    before = digest()
    hand_over(small, folder="headlines")
    assert digest() != before


def test_text_alone_shows_hostile_words_as_text(tmp_path: Path) -> None:
    items = [{"title": "<script>alert(1)</script>", "teaser": "</pre><img src=x onerror=alert(1)>"}]
    small = all_kinds(tmp_path, [{"kind": "news", "items": items}])
    (hand_over(small) / "email.html").unlink()
    page = pages_of(small.read())["652/email/"]
    assert Elements(page.partition("<main")[2]).named("script") == []
    assert Elements(page).named("img") == []
    assert "<script>alert(1)</script>" in seen(page)


@pytest.mark.parametrize("record", [{"state": "begun"}, {"tags": "a-service-of-a-plug-in"}])
def test_there_is_no_page_of_what_nobody_got(small: Small, record: dict[str, str]) -> None:
    hand_over(small, **record)
    assert "652/email/" not in pages_of(small.read())


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"state": "done"}', b"\xff"])
def test_a_damaged_record_is_named(small: Small, content: bytes) -> None:
    kept = hand_over(small)
    archive = small.read()
    (kept / "record.json").write_bytes(content)
    with pytest.raises(ManifestError, match="Restore it from git") as refusal:
        list(sent.pages(archive))
    assert refusal.value.problems[0].path == kept


def test_another_email_is_another_page(small: Small) -> None:
    kept = hand_over(small)
    (before,) = sent.pages(small.read())
    (same,) = sent.pages(small.read())
    (kept / "email.html").write_text("<html><head></head><body>Other</body></html>")
    (after,) = sent.pages(small.read())
    assert before.digest == same.digest != after.digest


@pytest.mark.parametrize(
    "email",
    [
        "<body>{}</body>",
        "<!-- <head> --><html><head></head><body>{}</body></html>",
        "<html title='<head>'>{}<head></head><body></body></html>",
        "<!doctype html><html><body>{}</body><head></head></html>",
    ],
)
def test_an_email_without_a_head_at_its_beginning_may_still_run_nothing(
    small: Small, email: str
) -> None:
    kept = hand_over(small)
    written = email.format("<script>alert(1)</script>")
    (kept / "email.html").write_text(written, encoding="utf-8")
    page = pages_of(small.read())["652/email/"]
    assert page.startswith('<head><meta http-equiv="Content-Security-Policy"')

"""Both parts together mention web addresses an even number of times, as rspamd counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.email.mentions import mentions
from newsletter.email.merge_tags import own_email, token
from newsletter.email.rendering import render
from newsletter.manifest import read_issue
from newsletter.theme import compile_theme

LINK = '<a href="https://a.org/">'


@pytest.mark.parametrize(
    ("html", "text", "count"),
    [
        (f"{LINK}word</a>", "-> https://a.org/", 2),
        (f'{LINK}<img src="https://a.org/b.jpg"></a>', "", 2),
        (f'<a href="mailto:a@b.org">a@b.org</a>{LINK}x</a>', "a@b.org", 1),
        ('<a href="https://www.a.org">www.a.org</a>, and', "www.a.org, and", 2),
        ('<a href="https://www.a.org">www.a.org</a>.', "www.a.org.", 3),
        (f"{LINK}https://a.org/</a>", "https://a.org/", 2),
        ("", "https://web.archive.org/web/https://www.a.org/", 1),
        (f'<a href="{token("web-version")}">x</a>', f"-> {token('web-version')}", 2),
        (f'<a href="{token("preferences")}">x</a>', f"-> {token('preferences')}", 2),
        (f'<a href="{token("unsubscribe")}">x</a>', token("first-name"), 1),
        ("<p>Phys.org</p>", "awww.a nothttps://a", 1),
        ('<a href="#place">x</a>', "", 0),
    ],
)
def test_addresses_are_counted_as_rspamd_counts_them(html: str, text: str, count: int) -> None:
    assert mentions(html, text) == count


@pytest.mark.parametrize("number", ["596", "652"])
@pytest.mark.parametrize("pages", ["https://a.org/", "https://a.org/ and https://a.org/b"])
def test_the_text_names_the_web_version_again_where_the_number_would_be_odd(
    repository: Path, number: str, pages: str
) -> None:
    issue = read_issue(repository / "issues" / number)
    publication = issue.publication.model_copy(update={"why": f"Because of {pages} alone."})
    issue = issue.model_copy(update={"publication": publication})
    email = own_email(render(issue, compile_theme("bionews", repository / "templates")))
    page = f"-> https://www.bionews.org.uk/issues/{number}/\n"
    assert mentions(email.html, email.text) % 2 == 0
    assert email.text.count(page) == email.paragraphs.count(page) in (1, 2)

"""suspicious-link: addresses that look fraudulent."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


def told(newsroom: Newsroom, url: str) -> list[str]:
    room = newsroom.item(title="A story", url=url, teaser="Words.")
    return [finding.message for finding in room.told("suspicious-link")]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.bionews.org.uk:443/a:8080/b@c?d=user@host&e=192.0.2.7",
        "http://www.bionews.org.uk:80/",
        "https://192-0-2-7.bionews.org.uk/",
        "https://4chan.org/",
        "https://münchen.de/",
        "https://日本.jp/",
        "https://ソニーstore.日本/",
        "https://президент.рф/",
        "https://сухо.рф/",
        "https://рос.bg/",
        "https://ελλάδα.gr/",
        "https://αυριο.gr/",
        "https://κέντρο.com/",
        "https://קום.קום/",
        "https://한국abc.kr/",
        "https://i❤.ws/",
        "https://xn--0.org/",
        "https://xn--99999999999999.org/",
    ],
)
def test_sound_addresses(newsroom: Newsroom, url: str) -> None:
    newsroom.html(f'<a href="{url}">Words</a>')
    assert newsroom.told("suspicious-link") == []


@pytest.mark.parametrize(
    "address", ["mailto:a@bionews.org.uk", "tel:+442072787870", "#here", "", "page", "//a:1/", "?"]
)
def test_other_links_are_ignored(newsroom: Newsroom, address: str) -> None:
    assert newsroom.html(f'<a href="{address}">Words</a>').told("suspicious-link") == []


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://192.0.2.7/a",
            "https://[::1]/",
            "https://[2001:db8::1]:443/",
            "https://3221225991/",
            "http://192.0.2.7.",
        ),
        *(
            "https://0xC0000207/",
            "https://0xc0.0.2.7/",
            "https://192.519",
            "https://%31%39%32.0.2.7/",
            "https://１９２.0.2.7",
        ),
    ],
)
def test_numbers(newsroom: Newsroom, address: str) -> None:
    found = newsroom.html(f'<a href="{address}">Words</a>').told("suspicious-link")
    assert [finding.message for finding in found] == [
        f"The link '{address}' has a number where a name should be."
    ]


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://www.bionews.org.uk:8443/a", "names a port, 8443."),
        ("http://www.bionews.org.uk:443/a", "names a port, 443."),
        (
            "https://www.bionews.org.uk@192.0.2.7/",
            "leads to '192.0.2.7', not to 'www.bionews.org.uk'.",
        ),
        (
            "https://user:word@bionews.org.uk:8443/",
            "leads to 'bionews.org.uk', not to 'user:word'.",
        ),
    ],
)
def test_ports_and_users(newsroom: Newsroom, url: str, what: str) -> None:
    assert told(newsroom, url) == [f"The link '{url}' {what}"]


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://biоnews.org.uk/", "a letter of 'biоnews' is a cyrillic small letter o."),
        ("https://www.gοοgle.com/", "a letter of 'gοοgle' is a greek small letter omicron."),
        ("https://сосо.com/", "a letter of 'сосо' is a cyrillic small letter es."),
        ("https://ονορ.org/", "a letter of 'ονορ' is a greek small letter omicron."),
        ("https://пеο.рф/", "a letter of 'пеο' is a cyrillic small letter pe."),
    ],
)
def test_imitations_are_reported_where_they_are_written_in_their_own_letters(
    newsroom: Newsroom, url: str, what: str
) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A story\n"
        f"        url: {url}\n        teaser: Words.\n",
    )
    found = newsroom.told("suspicious-link")
    assert [finding[:2] for finding in found] == [("error", "issues/700/issue.yaml:7")]
    assert found[0].message.endswith(f"imitates another name: {what}")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:a",
        "java\tscript:a",
        "data:text/html,a",
        "file:///a",
        "ftp://a.org",
    ],
)
def test_schemes(newsroom: Newsroom, address: str) -> None:
    found = newsroom.html(f'<a href="{address}">Words</a>').told("suspicious-link")
    assert len(found) == 1
    assert "which mail programs block" in found[0].message
    assert found[0].place == "templates/bionews/email.mjml.j2"


def test_the_links_to_the_issues_own_page_are_the_archives_fault(newsroom: Newsroom) -> None:
    newsroom.publication(archive="https://www.bionews.org.uk:8443/issues/").item(
        title="A story without an address"
    )
    told = newsroom.told("suspicious-link")
    assert [finding.message for finding in told] == [
        "The link 'https://www.bionews.org.uk:8443/issues/' names a port, 8443."
    ]
    assert told[0].place.startswith("issues/publication.yaml:")

"""link-text: links whose name does not say where they lead."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom
from tests.checks.planted.link_text import LABEL


def told(newsroom: Newsroom, teaser: str) -> list[str]:
    room = newsroom.item(title="A story", url="https://www.bionews.org.uk/a", teaser=teaser)
    return [finding.message for finding in room.told("link-text")]


@pytest.mark.parametrize(
    "teaser",
    [
        "No link at all. Click here!",
        "[Here is the report](https://www.bionews.org.uk/b)",
        "[www.bionews.org.uk](https://www.bionews.org.uk/b)",
        "[More than 600 children](https://www.bionews.org.uk/b)",
        "[Link between gene and illness](https://www.bionews.org.uk/b)",
        "[🧬](https://www.bionews.org.uk/b)",
        "[ここ](https://www.bionews.org.uk/b)",
        "[Hier](https://www.bionews.org.uk/b)",
        "[editor@bionews.org.uk](mailto:editor@bionews.org.uk)",
        "[The report](https://www.bionews.org.uk/b#one), and [the report](http://www.bionews.org.uk/b/).",
    ],
)
def test_names_that_say_enough(newsroom: Newsroom, teaser: str) -> None:
    assert told(newsroom, teaser) == []


def test_the_same_name_in_two_items_is_told_apart_by_their_titles(newsroom: Newsroom) -> None:
    sources = [
        {"title": "A paper", "publisher": "A Journal", "url": f"https://www.bionews.org.uk/{n}"}
        for n in (1, 2)
    ]
    items = [
        {"title": f"Story {n}", "teaser": "Words.", "sources": [source]}
        for n, source in enumerate(sources)
    ]
    assert newsroom.issue(sections=[{"kind": "news", "items": items}]).told("link-text") == []


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://a.org/"><img src="https://a.org/a.png" alt=""></a>',
        '<a href="https://a.org/"><img src="https://a.org/a.png" alt="A cover"></a>',
        '<a href="https://a.org/" title="The report"></a>',
        '<p id="name">The report</p><a href="https://a.org/" aria-labelledby="name"></a>',
        '<a href="https://a.org/" aria-label="More about genes">more</a>',
        '<div style="display:none"><a href="https://a.org/">here</a></div>',
        '<a href="#a">One</a><a href="#b">One</a><a href="https://a.org/">One</a>',
        "<a>here</a>",
    ],
)
def test_names_that_are_not_in_the_text(newsroom: Newsroom, html: str) -> None:
    assert newsroom.html(html).told("link-text") == []


@pytest.mark.parametrize(
    ("address", "findings"),
    [
        ("www.bionews.org.uk", 0),
        ("https://www.bionews.org.uk/", 0),
        ("editor@bionews.org.uk", 0),
        ("www.bionews.org.uk/page_100009", 1),
        ("https://www.bionews.org.uk/page_100009.", 1),
    ],
)
def test_a_bare_address_of_a_site_says_where_it_leads(
    newsroom: Newsroom, address: str, findings: int
) -> None:
    assert len(told(newsroom, f"See {address} for all of it.")) == findings


@pytest.mark.parametrize(
    "text", ["here", "HERE", "Click here.", "read more…", "» More", "link", "this", "*here*"]
)
def test_words_that_say_nothing(newsroom: Newsroom, text: str) -> None:
    name = text.strip("*")
    what = f"A link is called '{name}', which does not say where it leads."
    assert told(newsroom, f"A report, [{text}](https://www.bionews.org.uk/b).") == [what]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de-AT", "Hier"),
        ("fr", "cliquez ici"),
        ("es", "más información"),
        ("it", "Qui"),
        ("nl", "klik hier"),
        ("pt", "Aqui"),
    ],
)
def test_other_languages_have_such_words_too(newsroom: Newsroom, language: str, text: str) -> None:
    newsroom.publication(language=language)
    assert len(told(newsroom, f"[{text}](https://www.bionews.org.uk/b).")) == 1


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://www.gov.uk/embryo-rules", "https://www.gov.uk/embryo-rules"),
        ("<https://www.gov.uk/embryo-rules>", "https://www.gov.uk/embryo-rules"),
        ("www.gov.uk/embryo-rules", "www.gov.uk/embryo-rules"),
        ("http://www.gov.uk/embryo-rules", "http://www.gov.uk/embryo-rules"),
        (
            "https://doi.org/10.1016/S1472-6483(10)61234-5",
            "https://doi.org/10.1016/S1472-6483(10)61234-5",
        ),
        (
            "https://en.wikipedia.org/wiki/Mosaic_(genetics)",
            "https://en.wikipedia.org/wiki/Mosaic_(genetics)",
        ),
        ("https://fr.wikipedia.org/wiki/Gène", "https://fr.wikipedia.org/wiki/Gène"),
        ("https://www.bücher.de/gene?a=1&b=2#ch", "https://www.bücher.de/gene?a=1&b=2#ch"),
        ("[www.gov.uk/eggs](https://www.gov.uk/eggs/)", "www.gov.uk/eggs"),
        ("[https://www.gov.uk/eggs](http://www.gov.uk/eggs#who)", "https://www.gov.uk/eggs"),
    ],
)
def test_an_address_that_leads_where_it_says_is_an_info(
    newsroom: Newsroom, written: str, address: str
) -> None:
    newsroom.item(title="A story", teaser=f"The rules are at {written}, in full.")
    what = f"The text of a link is a bare address: '{address}'."
    assert [finding[::2] for finding in newsroom.told("link-text")] == [("info", what)]


@pytest.mark.parametrize(
    "text", ["https://www.bionews.org.uk/b", "www.bionews.org.uk/b", "www.bionews.org.uk/c/d"]
)
def test_an_address_that_leads_to_another_page_is_a_warning(newsroom: Newsroom, text: str) -> None:
    newsroom.item(title="A story", teaser=f"A report: [{text}](https://www.bionews.org.uk/c).")
    what = f"The text of a link is a bare address: '{text}'."
    assert [finding[::2] for finding in newsroom.told("link-text")] == [("warning", what)]


def test_a_title_that_is_an_address_is_reported_at_its_item_only(newsroom: Newsroom) -> None:
    newsroom.item(title="https://www.bionews.org.uk/b", url="https://www.bionews.org.uk/b")
    assert [finding.place for finding in newsroom.told("link-text")] == ["issues/700/issue.yaml:6"]


def test_no_words(newsroom: Newsroom) -> None:
    what = "The link to 'https://www.bionews.org.uk/b' has no words."
    assert told(newsroom, "A report[ ](https://www.bionews.org.uk/b).") == [what]


@pytest.mark.parametrize(
    "teaser",
    [
        "[The study](https://www.bionews.org.uk/b) came first.\n\n[The study](https://www.bionews.org.uk/c) was next.",
        "- Leeds: [programme](https://www.bionews.org.uk/b)\n- York: [programme](https://www.bionews.org.uk/c)",
        "> [Gene](https://www.bionews.org.uk/b)\n\n1. [gene](https://www.bionews.org.uk/c)\n\n[Gene](mailto:a@b.uk)",
    ],
)
def test_paragraphs_and_entries_of_a_list_tell_namesakes_apart(
    newsroom: Newsroom, teaser: str
) -> None:
    assert told(newsroom, teaser) == []


def test_two_of_one_name_in_one_entry_of_a_list(newsroom: Newsroom) -> None:
    entry = "- Leeds: [programme](https://www.bionews.org.uk/b) and *[programme](https://www.bionews.org.uk/c)*"
    assert len(told(newsroom, f"{entry}\n- York: [programme](https://www.bionews.org.uk/d)")) == 1


def test_two_of_one_name_in_one_paragraph(newsroom: Newsroom) -> None:
    links = "[A  study](https://www.bionews.org.uk/b), [a study](https://www.bionews.org.uk/c)"
    assert told(newsroom, f"{links}.") == [
        "Two links are called 'a study' but lead to different pages: "
        "'https://www.bionews.org.uk/b' and 'https://www.bionews.org.uk/c'."
    ]


def test_places(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: Here and there\n"
        "        url: https://www.bionews.org.uk/a\n        teaser: |\n          Here a paragraph.\n\n"
        "          [Here](https://www.bionews.org.uk/a) one,\n          <https://www.bionews.org.uk/a> two,\n"
        "          [](https://www.bionews.org.uk/a) three,\n          [four](https://www.bionews.org.uk/b)\n"
        "          [four](https://www.bionews.org.uk/a).\n",
    )
    lines = [finding.place.rpartition(":")[2] for finding in newsroom.told("link-text")]
    assert sorted(lines) == ["11", "12", "13", "15"]


def test_places_of_addresses(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A place to look\n"
        "        url: https://www.gov.uk/a\n        teaser: |\n          Here a paragraph.\n\n"
        "          The page www.gov.uk/one is first,\n          https://www.gov.uk/two is next,\n"
        "          [www.gov.uk/three](https://www.gov.uk/a) is last.\n",
    )
    places = sorted(finding[:2] for finding in newsroom.told("link-text"))
    assert places == [
        ("info", "issues/700/issue.yaml:11"),
        ("info", "issues/700/issue.yaml:12"),
        ("warning", "issues/700/issue.yaml:13"),
    ]


def test_what_a_theme_writes_is_reported_in_the_theme(newsroom: Newsroom) -> None:
    newsroom.theme("words.toml", 'news = "Read the story"', 'news = "Read more"')
    newsroom.theme("parts/button.html.j2", LABEL, "")
    lines = (newsroom.folder / "templates/bionews/words.toml").read_text("utf-8").split("\n")
    line = lines.index('read_more = "Read more"') + 1
    assert [finding[:2] for finding in newsroom.told("link-text")] == [
        ("warning", f"templates/bionews/words.toml:{line}")
    ]

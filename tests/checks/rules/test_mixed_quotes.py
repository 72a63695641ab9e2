"""mixed-quotes: straight and curly quotes in one text."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


@pytest.fixture
def newsroom(newsroom: Newsroom) -> Newsroom:
    return newsroom.publication(typography=False)


def told(newsroom: Newsroom, **fields: object) -> list[str]:
    newsroom.item(**{"title": "A title", "url": "https://www.bionews.org.uk/page_1"} | fields)
    return [
        finding.message
        for finding in newsroom.told("mixed-quotes")
        if finding.severity == "warning"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It's 'so', and \"so\".",
        "It’s ‘so’, and “so”.",
        "The 5' and 3' ends, a 6' man and a 12\" disc: it’s so.",
        "« L'ADN » qu'on voit.",
        "A name=\"value\" isn’t a name='value'.",
        "„So“ und „so“.",
        "צה\"ל אמר “כך”, ג'ורג' אמר “לא”",
        "",
    ],
)
def test_one_kind_of_quotes(newsroom: Newsroom, text: str) -> None:
    assert told(newsroom, teaser=text) == []


def test_a_german_quotation_in_english_keeps_its_own(newsroom: Newsroom) -> None:
    assert told(newsroom, teaser='It\'s „so“ in Bonn, ‚so‘ in Basel, and "„tak”" in Gdańsk.') == []


def test_in_german_itself_it_is_a_quotation_like_others(newsroom: Newsroom) -> None:
    newsroom.publication(language="de")
    assert told(newsroom, teaser="Das „Wort“ gibt's.") == [
        "A straight quote among curly ones: 'Das „Wort“ gibt's.'."
    ]


def test_titles_of_others_names_and_code_keep_theirs(newsroom: Newsroom) -> None:
    sources = [{"title": "“It’s so”", "publisher": "Women’s Day", "url": "https://www.genome.gov/"}]
    fields = {
        "authors": ["A. O’Brien"],
        "sources": sources,
        "body": "It's so; type `l’été` and ` “x” `.",
    }
    assert told(newsroom, title="It's so", **fields) == []


def test_a_piece_elsewhere_keeps_its_title(newsroom: Newsroom) -> None:
    assert (
        told(newsroom, kind="elsewhere", title="What’s “new”?", teaser="It's what's 'new'.") == []
    )


def test_one_item_has_one_kind(newsroom: Newsroom) -> None:
    fields = {"title": "It's a story's title", "teaser": "It’s so, 'so'."}
    assert told(newsroom, **fields) == ["A curly quote among straight ones: 'It’s so, 'so'.'."]


def test_items_that_differ_are_an_info_at_the_first_of_those_that_are_fewer(
    newsroom: Newsroom,
) -> None:
    titles = ("It's one", "It’s two", "It's three", "It is four", "It’s five", "It's six")
    items = [{"title": title} for title in titles]
    newsroom.issue(sections=[{"kind": "news", "items": items}])
    what = "A curly quote among straight ones: 'It’s two'."
    assert newsroom.told("mixed-quotes") == [("info", "issues/700/issue.yaml:7", what)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "The regulator’s ‘view’, it's said.",
            "A straight quote among curly ones: '…gulator’s ‘view’, it's said.'.",
        ),
        (
            "It's a 'view', the doctor’s.",
            "A curly quote among straight ones: '…a 'view', the doctor’s.'.",
        ),
        ('“So" he said.', "A straight quote among curly ones: '“So\" he said.'."),
        ("„Wort gibt's.", "A straight quote among curly ones: '„Wort gibt's.'."),
        ("’ is '", "A straight quote among curly ones: '’ is ''."),
    ],
)
def test_the_first_odd_one_is_named(newsroom: Newsroom, text: str, what: str) -> None:
    assert told(newsroom, teaser=text) == [what]


def test_one_finding_for_a_field_of_many_paragraphs_at_the_line_of_the_odd_one(
    newsroom: Newsroom,
) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A story\n"
        "        teaser: |\n          It's said.\n\n          It’s so,\n          and it's more.\n",
    )
    [finding] = newsroom.told("mixed-quotes")
    assert (finding.severity, finding.place) == ("warning", "issues/700/issue.yaml:10")


def test_much_text_is_shortened(newsroom: Newsroom) -> None:
    [what] = told(newsroom, teaser=f"{'It’s so. ' * 9}It's so, and {'so ' * 20}")
    assert (
        what == "A straight quote among curly ones: '…It’s so. It’s so. It's so, and so so so s…'."
    )


def test_nothing_is_mixed_once_the_builder_has_set_it(newsroom: Newsroom) -> None:
    newsroom.publication(typography=True)
    assert told(newsroom, teaser="It's said, and it’s true.") == []

    newsroom.publication(language="he")
    assert told(newsroom, teaser="It's said, and it’s true.") != []

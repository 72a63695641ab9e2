"""tracking-parameter: marks in addresses that belong to somebody else, or to another issue."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


def told(newsroom: Newsroom, query: str) -> list[str]:
    room = newsroom.item(
        title="A story", url=f"https://www.bionews.org.uk/a?{query}", teaser="Words."
    )
    return [finding.message for finding in room.told("tracking-parameter")]


@pytest.mark.parametrize(
    "query",
    [
        "page=2&gclidification=no",
        "gclid=",
        "email=yes",
        "q=gclid",
        "#fbclid=1",
        "utm_source=bionews&utm_medium=email&utm_campaign=bionews-700",
        "utm_campaign=BioNews_issue_700&utm_content=12",
        "utm_campaign=700",
        "utm_campaign=bionews-2030-01-07",
        "utm_campaign=bionews-7-1-2030",
        "utm_campaign=bionews-2029",
        "utm_campaign=spring-650",
        "utm_campaign=20300107",
        "utm_content=3",
        "utm_campaign=bionews",
        "campaign=bionews-699",
        "utm_campaign=%FF%00%ZZ",
    ],
)
def test_marks_that_may_stay(newsroom: Newsroom, query: str) -> None:
    assert told(newsroom, query) == []


def test_a_mail_address_may_ask_for_answers(newsroom: Newsroom) -> None:
    room = newsroom.item(
        title="A story", teaser="[Write](mailto:us@bionews.org.uk?subject=a&email=a@b.org)!"
    )
    assert room.told("tracking-parameter") == []


@pytest.mark.parametrize(
    "name",
    [
        "gclid",
        "FBCLID",
        "msclkid",
        "dclid",
        "mc_eid",
        "mc_cid",
        "_hsenc",
        "mkt_tok",
        "igshid",
        "__s",
        "email",
    ],
)
def test_marks_of_one_click_or_person(newsroom: Newsroom, name: str) -> None:
    query = f"{name}=somebody%40bionews.org.uk"
    assert told(newsroom, query) == [
        f"The link 'https://www.bionews.org.uk/a?{query}' carries '{name}', the mark of one click or one person."
    ]


def test_several_marks_are_one_finding_and_the_hint_has_the_address_without_them(
    newsroom: Newsroom,
) -> None:
    query = "page=2&gclid=a;fbclid=b&gclid=c&utm_source=x#end"
    assert len(told(newsroom, query)) == 1
    from newsletter.checks.manual import rule

    hints = [
        finding.problem.hint for finding in rule("tracking-parameter").check(newsroom.galley())
    ]
    assert set(hints) == {"Write it without: https://www.bionews.org.uk/a?page=2&utm_source=x#end"}


@pytest.mark.parametrize(
    ("mark", "number"),
    [
        ("utm_campaign=bionews-699", "699"),
        ("utm_content=Bio%20News%20Issue%20699", ""),
        ("utm_content=BioNews+no.+699a+comment", "699a"),
        ("utm_source=bionews699", "699"),
        ("utm_campaign=699", "699"),
        ("UTM_CAMPAIGN=issue-699", "699"),
        ("utm_campaign=bionews-700a", "700a"),
    ],
)
def test_marks_of_another_issue(newsroom: Newsroom, mark: str, number: str) -> None:
    found = told(newsroom, mark)
    assert [what.rpartition(" ")[2] for what in found] == ([f"{number}."] if number else [])


@pytest.mark.parametrize(
    "mark", ["the-gene-cell-weekly-699", "TheGene%26CellWeekly699", "issue-699"]
)
def test_a_name_of_several_words(newsroom: Newsroom, mark: str) -> None:
    newsroom.publication(name="The Gene & Cell Weekly")
    assert len(told(newsroom, f"utm_campaign={mark}")) == 1
    assert told(newsroom, f"utm_campaign={mark}".replace("699", "700")) == []


def test_a_name_without_letters_does_not_count(newsroom: Newsroom) -> None:
    newsroom.publication(name="!?")
    assert told(newsroom, "utm_campaign=x-699") == []
    assert len(told(newsroom, "utm_campaign=newsletter+699")) == 1


def test_the_place_is_the_line_of_the_address(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A story\n"
        "        teaser: |\n          A paragraph.\n\n          Then [the report](https://bionews.org.uk/?gclid=1).\n",
    )
    assert [finding[:2] for finding in newsroom.told("tracking-parameter")] == [
        ("warning", "issues/700/issue.yaml:10")
    ]

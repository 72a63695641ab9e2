"""unknown-merge-tag: what is misspelt, and what is not filled in."""

from __future__ import annotations

import pytest

from newsletter.checks.rules import unknown_merge_tag
from tests.checks.newsroom import Newsroom

UNFILLED = "The merge tag '[[first-name]]' is not filled in here."


@pytest.mark.parametrize(
    "words",
    [
        "Dear [[first-name]], welcome.",
        "Read it [[first-name]]: at [[web-version]], from [[address]].",
        "The study [[1]] and its answer [[12, 13]] are on the web.",
        "The wiki says [[Gene therapy]], [[inversion]] and [[Inner cell mass|embryo]].",
        "[[]] and [[ ]] and [first-name] and [[gene]] and [[…]] and [[47,XXX]] are no tags.",
        r"A tag is written \[[first-name]], with two brackets.",
    ],
)
def test_a_welcome_may_have_merge_tags_and_other_brackets(newsroom: Newsroom, words: str) -> None:
    assert newsroom.issue(welcome=words).told("unknown-merge-tag") == []


@pytest.mark.parametrize(
    "words",
    [
        "Notes [[1]] and [[a]].",
        "See [[Reading frame]] and [[names]].",
        r"Write \[[first-name]] there.",
    ],
)
def test_a_teaser_may_have_other_brackets(newsroom: Newsroom, words: str) -> None:
    assert newsroom.item(title="A story", teaser=words).told("unknown-merge-tag") == []


def test_a_tag_for_a_page_needs_the_page(newsroom: Newsroom) -> None:
    room = newsroom.issue(welcome="Change it at [[preferences]], not \\[[preferences]].")
    (told,) = room.told("unknown-merge-tag")
    assert told.severity == "error"
    assert told.message == "There is no page for the merge tag '[[preferences]]'."
    room.publication(preferences="https://www.bionews.org.uk/preferences")
    assert room.told("unknown-merge-tag") == []


def test_the_publications_welcome_is_ignored_if_the_issue_has_its_own(newsroom: Newsroom) -> None:
    newsroom.publication(welcome="Dear [[firstname]],").issue(welcome="Dear [[first-name]],")
    assert newsroom.told("unknown-merge-tag") == []


def test_brackets_in_an_address_may_be(newsroom: Newsroom) -> None:
    newsroom.item(title="A story", url="https://www.bionews.org.uk/?filter[[1]]=a")
    assert newsroom.told("unknown-merge-tag") == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(
            ("firstname", "first-name"),
            ("First Name", "first-name"),
            ("FNAME", "first-name"),
            ("name", "first-name"),
        ),
        *(
            ("last_name", "first-name"),
            ('data:firstname:"reader"', "first-name"),
            ("prénom", "first-name"),
        ),
        *(
            ("unsubscribe-link", "unsubscribe"),
            ("UNSUB_LINK_EN", "unsubscribe"),
            ("Unsubscribe", "unsubscribe"),
        ),
        *(
            ("webversion", "web-version"),
            ("PERMALINK", "web-version"),
            ("adress", "address"),
            (" address ", "address"),
        ),
    ],
)
def test_a_misspelt_one_is_reported_with_what_is_meant(
    newsroom: Newsroom, written: str, meant: str
) -> None:
    newsroom.issue(welcome=f"Dear [[{written}]], welcome.")
    [finding] = unknown_merge_tag.check(newsroom.galley())
    assert finding.severity == "error"
    assert finding.problem.message == f"There is no merge tag '[[{written}]]'."
    assert finding.problem.hint == f"Did you mean [[{meant}]]?"


def test_in_every_other_text_it_is_not_filled_in(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n"
        "      - title: A story for [[first-name]]\n        teaser: |\n          Read this.\n\n"
        "          Do, [[fname]].\n",
    ).publication(why="You get this, [[first-name]], because you asked.")
    assert newsroom.told("unknown-merge-tag") == [
        ("error", "issues/700/issue.yaml:6", UNFILLED),
        ("error", "issues/700/issue.yaml:10", "The merge tag '[[fname]]' is not filled in here."),
        ("error", "issues/publication.yaml:17", UNFILLED),
    ]


def test_within_an_address_it_is_not_filled_in(newsroom: Newsroom) -> None:
    newsroom.issue(welcome="Go [there](https://www.bionews.org.uk/?name=[[first-name]]).").item(
        title="A story", url="https://www.bionews.org.uk/?n=[[fname]]"
    )
    assert [finding.message for finding in newsroom.told("unknown-merge-tag")] == [
        "'[[fname]]' is not filled in within an address.",
        "'[[first-name]]' is not filled in within an address.",
    ]


def test_between_pointed_brackets_it_is_not_filled_in_either(newsroom: Newsroom) -> None:
    [told] = newsroom.issue(welcome="To leave, go to <[[unsubscribe]]>.").told("unknown-merge-tag")
    assert told.message == "The merge tag '[[unsubscribe]]' is not filled in here."


def test_in_the_publications_own_texts_too(newsroom: Newsroom) -> None:
    newsroom.publication(
        why="Go [there](https://www.bionews.org.uk/?name=[[first-name]]) to say why."
    )
    assert [finding.place.split(":")[0] for finding in newsroom.told("unknown-merge-tag")] == [
        "issues/publication.yaml"
    ]

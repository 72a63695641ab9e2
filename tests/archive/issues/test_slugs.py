"""The addresses of authors and topics: safe everywhere, one for each name, the same for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.archive.issues.slugs import author_path, topic_path, with_own_paths
from newsletter.archive.nouns import Byline, Piece, PublishedIssue, Topic
from newsletter.model.fields import RESERVED_SLUGS
from newsletter.text.normalise import normalised_title

SAFE = re.compile(r"(authors|topics)/[a-z0-9]+(-[a-z0-9]+)*/")


def issue(number: str, *authors: str, topics: Sequence[str] = ()) -> PublishedIssue:
    values: dict[str, Any] = dict.fromkeys(Piece._fields, ())
    values["authors"] = tuple(Byline(name, "", author_path(name)) for name in authors)
    values["topics"] = tuple(Topic(name, topic_path(name)) for name in topics)
    piece = Piece(**values | {"digest": b"piece"})

    empty: dict[str, Any] = dict.fromkeys(PublishedIssue._fields, ())
    return PublishedIssue(**empty | {"number": number, "pieces": (piece,), "facts": b"issue"})


def named(*issues: PublishedIssue) -> Iterator[Byline | Topic]:
    """Yield the authors and topics of the pieces of issues."""
    for one in with_own_paths(issues):
        for piece in one.pieces:
            yield from piece.authors
            yield from piece.topics


def paths(*issues: PublishedIssue) -> dict[str, str]:
    """Return the path of each name."""
    return {one.name: one.path for one in named(*issues)}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Dr Stuart Hogarth", "authors/dr-stuart-hogarth/"),
        ("BioNews", "authors/bionews/"),
        ("Renée O’Testwright-Łódź", "authors/renee-otestwright-lodz/"),
        ("Søren Straße", "authors/soren-strasse/"),
        ("Con", "authors/con-7b5bc0e6/"),
        ("李明", "authors/author-c0ffee00/"),
    ],
)
def test_a_name_becomes_a_path(name: str, path: str) -> None:
    found = author_path(name)
    assert re.sub(r"-[0-9a-f]{8}/", "-…/", found) == re.sub(r"-[0-9a-f]{8}/", "-…/", path)


def test_capitals_and_punctuation_make_no_other_author() -> None:
    found = paths(issue("1", "J. Testwright"), issue("2", "J Testwright", "j testwright"))
    assert set(found.values()) == {"authors/j-testwright/"}


def test_the_first_of_two_names_has_the_plain_path() -> None:
    found = paths(issue("1", "Zoë"), issue("2", "Zoe", "Zoé"))
    assert found["Zoë"] == "authors/zoe/"
    assert len(set(found.values())) == 3


def test_an_author_has_the_same_path_whoever_comes_later() -> None:
    before = paths(issue("1", "Zoë"), issue("2", "Zoé"))
    after = paths(issue("1", "Zoë"), issue("2", "Zoé", "Zoe"), issue("3", "Zoè"))
    assert after | before == after


def test_topics_and_authors_of_one_name_are_apart() -> None:
    found = paths(issue("1", "Eve", topics=["Stem cells", "stem-cells", "C", "C++"]))
    assert found["Stem cells"] == found["stem-cells"] == "topics/stem-cells/"
    assert found["C"] == "topics/c/"
    assert found["C++"].startswith("topics/c-")


def test_another_path_is_another_digest() -> None:
    first, alone = with_own_paths([issue("1", "Zoe"), issue("2", "Eve")])
    assert alone.facts == b"issue"
    _, second = with_own_paths([issue("1", "Zoë"), issue("2", "Zoe")])
    assert second.facts != first.facts
    assert second.pieces[0].digest != first.pieces[0].digest


def test_the_digest_says_which_of_two_names_has_another_path() -> None:
    of_one = list(with_own_paths([issue("1", "Zoe"), issue("2", "Zoë", "Bö")]))
    of_other = list(with_own_paths([issue("1", "Bo"), issue("2", "Zoë", "Bö")]))
    assert of_one[1].pieces[0].digest != of_other[1].pieces[0].digest
    assert of_one[1].facts != of_other[1].facts


NAMES = st.one_of(
    st.text(min_size=1, max_size=90).filter(lambda name: normalised_title(name) != ""),
    st.sampled_from(["Zoe", "Zoë", "zoe", "ZOÉ", "con", "LPT1", "aux.", "Nul", "a" * 200, "1984"]),
)


@given(st.lists(st.lists(NAMES, max_size=4), max_size=5))
def test_paths_are_safe_and_different_for_different_names(names: list[list[str]]) -> None:
    issues = [issue(str(n + 1), *some, topics=some) for n, some in enumerate(names)]
    whose: dict[str, str] = {}
    for one in named(*issues):
        assert SAFE.fullmatch(one.path)
        assert one.path.split("/")[1] not in RESERVED_SLUGS
        assert len(one.path) < 120

        plain = normalised_title(one.name)
        assert whose.setdefault(one.path, plain) == plain

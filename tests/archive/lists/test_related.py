"""Which pieces are shown with each piece: four, the same in every run, and never itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.archive.lists.kinship import MOST, Kinship, digest_of
from newsletter.archive.nouns import Heading, Piece, Related, Topic
from newsletter.archive.words.telling_words import telling_words
from newsletter.errors import ManifestError
from tests.archive.small import Small

FIRST_DAY = date(2012, 1, 2)


def shown_with(small: Small, path: str) -> list[str]:
    return [one.path for one in small.read().related[path]]


def links_of(small: Small, number: str, file: str, *links: dict[str, str | None]) -> None:
    """Keep the links of a piece's old page in a receipt."""
    empty = dict.fromkeys(("title", "date", "author", "teaser", "url"))
    receipt = {"version": 1, "file": file, "originals": [], "related": [empty | x for x in links]}
    sources = small.issues / number / "sources"
    sources.mkdir(exist_ok=True)
    (sources / f"{file}.receipt.json").write_text(json.dumps(receipt), encoding="utf-8")


# Chosen by an editor


def test_an_editor_chooses_by_number_and_slug_or_by_address(small: Small) -> None:
    small.write(
        "1", {"title": "Cells", "related": ["2/eggs", "https://archive.example.org/2/sperm/"]}
    )
    small.write("2", {"title": "Eggs"}, {"title": "Sperm"}, {"title": "Cells again"})
    assert shown_with(small, "1/cells/") == ["2/eggs/", "2/sperm/"]


def test_an_advert_is_not_shown_even_if_it_was_chosen(small: Small) -> None:
    shop = {"title": "Shop", "kind": "advert", "advertiser": "The shop"}
    small.write("1", {"title": "Cells", "related": ["1/shop", "1/eggs", "1/cells"]}, shop)
    small.write("2", {"title": "Eggs"})
    with pytest.raises(ManifestError, match="There is no piece '1/eggs'"):
        small.read()
    small.write("1", {"title": "Cells", "related": ["1/shop", "2/eggs", "1/cells"]}, shop)
    assert shown_with(small, "1/cells/") == ["2/eggs/"]


def test_a_choice_that_is_not_there_is_reported_with_its_line(small: Small) -> None:
    table = "address,issue,file\n/old,1,cells.md\nhttps://example.org/,1,cells.md\n"
    (small.issues / "old-addresses.csv").write_text(table, encoding="utf-8")
    small.write("1", {"file": "cells.md", "title": "Cells", "related": ["1/cells", "2/eggs"]})
    with pytest.raises(ManifestError) as caught:
        small.read()
    (problem,) = caught.value.problems
    assert (problem.path.name, problem.line) == ("cells.md", 5)
    assert problem.message == "There is no piece '2/eggs' in the archive."


def test_a_choice_that_is_called_otherwise_is_reported_with_the_pieces_of_its_issue(
    small: Small,
) -> None:
    small.write("1", {"title": "Cells", "related": ["2/egg"]})
    small.write("2", {"title": "Eggs"}, {"title": "Sperm"})
    with pytest.raises(ManifestError) as caught:
        small.read()
    (problem,) = caught.value.problems
    assert problem.hint == "That issue has 2/eggs, 2/sperm."


def test_an_editor_may_choose_by_where_a_piece_was_in_the_site(small: Small) -> None:
    table = "address,issue,file\n2/eggs/,2,spawn.md\n"
    (small.issues / "old-addresses.csv").write_text(table, encoding="utf-8")
    small.write("1", {"title": "Cells", "related": ["2/eggs"]})
    small.write("2", {"file": "spawn.md", "title": "Eggs"})
    assert shown_with(small, "1/cells/") == ["2/spawn/"]


def test_a_choice_in_a_draft_is_shown_once_that_is_out(small: Small) -> None:
    small.write("1", {"title": "Cells", "related": ["2/eggs"]}, day=FIRST_DAY)
    small.write("2", {"title": "Eggs"}, day=FIRST_DAY + timedelta(days=7))
    assert small.read(today=FIRST_DAY).related["1/cells/"] == ()
    assert shown_with(small, "1/cells/") == ["2/eggs/"]


# Kept from the page where it was before


def test_what_an_old_page_led_to_is_found_by_title_and_day_or_by_address(small: Small) -> None:
    small.write("1", {"file": "cells.md", "title": "Cells"})
    small.write(
        "2",
        {"title": "Eggs, eggs!", "date": "2012-01-30", "slug": "eggs"},
        {"title": "Eggs - eggs", "date": "2012-01-31", "slug": "more-eggs"},
        {"title": "Sperm", "url": "https://example.org/page_2"},
    )
    links_of(
        small,
        "1",
        "cells.md",
        {"title": "eggs eggs", "date": "2012-01-31"},
        {"title": "Another title", "url": "http://www.example.org/page_2?utm_source=x"},
        {"title": "Cells"},
    )
    assert shown_with(small, "1/cells/") == ["2/more-eggs/", "2/sperm/"]


def test_an_old_page_that_led_to_many_leads_to_four(small: Small) -> None:
    small.write("1", {"file": "cells.md", "title": "Cells"})
    links: list[dict[str, str | None]] = [
        {"title": f"Page {n}", "url": f"https://example.org/page_{n}"} for n in range(5)
    ]
    links_of(small, "1", "cells.md", *links)
    assert [other.title for other in small.read().related["1/cells/"]] == [
        f"Page {n}" for n in range(4)
    ]


def test_an_old_page_that_led_to_what_is_an_advert_leads_there_no_more(small: Small) -> None:
    small.write("1", {"file": "cells.md", "title": "Cells"})
    small.write("2", {"title": "Shop", "kind": "advert", "advertiser": "The shop"})
    links_of(small, "1", "cells.md", {"title": "Shop"})
    assert shown_with(small, "1/cells/") == []


def test_an_old_address_is_known_from_its_table(small: Small) -> None:
    small.write("1", {"file": "cells.md", "title": "Cells"})
    old = "http://www.example.org/page.asp?obj_id=7"
    small.write("2", {"file": "eggs.md", "title": "Eggs"}, {"title": "Sperm", "related": [old]})
    table = "address,issue,file\nhttps://example.org/page.asp?obj_id=7,2,eggs.md\n"
    (small.issues / "old-addresses.csv").write_text(table, encoding="utf-8")
    links_of(small, "1", "cells.md", {"title": "Another title", "url": old})
    assert shown_with(small, "1/cells/") == ["2/eggs/"]
    assert shown_with(small, "2/sperm/") == ["2/eggs/"]


def test_what_is_not_in_the_archive_is_shown_if_it_has_an_address(small: Small) -> None:
    small.write("1", {"file": "cells.md", "title": "Cells"}, {"title": "Eggs"})
    links_of(
        small,
        "1",
        "cells.md",
        {"title": "Lost"},
        {"title": "Bad", "url": "javascript:alert(1)"},
        {
            "title": 'It\'s "elsewhere"',
            "date": "2012-01-31",
            "author": "Ruth Testwright",
            "teaser": "Eggs are wanted...",
            "url": "https://example.org/elsewhere",
        },
    )
    (link,) = small.read().related["1/cells/"]
    assert link == Related.of(
        "It’s “elsewhere”",
        date(2012, 1, 31),
        ("Ruth Testwright",),
        "Eggs are wanted…",
        url="https://example.org/elsewhere",
    )


@pytest.mark.parametrize("content", ["", "[]", '{"version": 2}', '{"pieces": [{}]}', "[" * 9_000])
@pytest.mark.parametrize("name", ["cells.md.receipt.json", "import.json"])
def test_a_damaged_receipt_stops_nothing(small: Small, name: str, content: str) -> None:
    folder = small.write("1", {"file": "cells.md", "title": "Cells"}, {"title": "Eggs"})
    (folder / "sources").mkdir()
    (folder / "sources" / name).write_text(content, encoding="utf-8")
    assert shown_with(small, "1/cells/") == ["1/eggs/"]


def test_the_record_of_an_import_counts_too(small: Small) -> None:
    folder = small.write("1", {"file": "cells.md", "title": "Cells"}, {"title": "Eggs"})
    (folder / "sources").mkdir()
    link = dict.fromkeys(("date", "author", "teaser")) | {"title": "X", "url": "https://x.org/1"}
    record = {
        "pieces": [{"file": "cells.md", "addresses": [], "related": [link]}],
        "not_placed": [],
    }
    (folder / "sources" / "import.json").write_text(json.dumps(record), encoding="utf-8")
    (shown,) = small.read().related["1/cells/"]
    assert (shown.title, shown.url) == ("X", "https://x.org/1")


# Found by words


def test_the_words_of_a_title_and_of_a_body_tell(small: Small) -> None:
    address = "https://example.org/embryologist"
    body = f"Embryos: an embryo at {address}, {address}. Once only. Cats' cats."
    assert telling_words("Mosaic embryos", body) == ("cat", "embryo", "mosaic")


def test_pieces_about_the_same_come_first_and_adverts_never(small: Small) -> None:
    small.write(
        "1",
        {"title": "Mosaic embryos"},
        {"title": "Mosaic cells", "kind": "advert", "advertiser": "The shop"},
        {"title": "Something else"},
    )
    small.write("2", {"title": "A mosaic embryo again"}, {"title": "A mosaic"}, {"title": "Other"})
    assert shown_with(small, "1/mosaic-embryos/") == [
        "2/a-mosaic-embryo-again/",
        "2/a-mosaic/",
        "1/something-else/",
        "2/other/",
    ]
    assert small.read().related["1/mosaic-cells/"] == ()


WORDS = ["embryo", "mosaic", "donor", "gene", "heart", "yeast", "zebra", "court"]
PIECES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.lists(st.sampled_from(WORDS), max_size=3, unique=True),
        st.sampled_from(["", "IVF", "Law"]),
        st.sampled_from(["news", "comment", "advert"]),
        st.integers(0, 900),
    ),
    max_size=40,
)
Drawn = Sequence[tuple[int, list[str], str, str, int]]


def pieces_of(drawn: Drawn) -> list[Piece]:
    return [piece_of(place, *one) for place, one in enumerate(drawn)]


def piece_of(place: int, section: int, words: list[str], topic: str, kind: str, day: int) -> Piece:
    values: dict[str, Any] = dict.fromkeys(Piece._fields, ())
    values |= {
        "number": "1",
        "path": f"1/{place}/",
        "kind": kind,
        "is_editorial": kind != "advert",
        "section": Heading(str(section), str(section), f"sections/{section}/"),
        "day": FIRST_DAY + timedelta(days=day),
        "topics": (Topic(topic, f"topics/{topic}/"),) if topic else (),
        "words": " ".join(sorted(words)),
    }
    return Piece(**values | {"digest": hashlib.sha256(repr(values).encode()).digest()})


def nearest(pieces: Sequence[Piece], kept: dict[str, list[str]]) -> dict[str, list[str]]:
    found, keep = Kinship(pieces).nearest(kept)
    kept.clear()
    kept.update(keep)
    return found


@given(PIECES)
def test_none_is_its_own_relative_nor_an_advert_and_there_are_four(drawn: Drawn) -> None:
    pieces = pieces_of(drawn)
    editorial = {piece.path: piece for piece in pieces if piece.is_editorial}
    found = nearest(pieces, {})
    assert found.keys() == editorial.keys()
    for path, near in found.items():
        assert path not in near
        assert set(near) <= editorial.keys()
        assert len(set(near)) == len(near) <= MOST
        section = [one for one in editorial.values() if one.section == editorial[path].section]
        assert len(near) >= min(MOST, len(section) - 1)


@given(PIECES)
def test_the_nearest_are_those_that_have_most_in_common(drawn: Drawn) -> None:
    pieces = [piece for piece in pieces_of(drawn) if piece.is_editorial]
    kinship = Kinship(pieces)
    for one, piece in enumerate(pieces):
        ranked = []
        for other in range(len(pieces)):
            common = set(kinship._tokens[one]) & set(kinship._tokens[other])
            words = sum(kinship._weights.get(token, 0) for token in common)
            if words and other != one:
                ranked.append(kinship._rank(one, other, words))
        nearest_first = [place for *_, place in sorted(ranked)][:MOST]
        found = kinship.nearest({})[0][piece.path]
        assert found[: len(nearest_first)] == [pieces[place].path for place in nearest_first]


def test_a_rare_word_says_more_than_a_common_one_within_the_first_year_too() -> None:
    common: Drawn = [(1, ["gene"], "", "news", 0)] * 10
    drawn = [(1, ["gene", "heart"], "", "news", 0), *common, (1, ["heart"], "", "news", 99)]
    assert nearest(pieces_of(drawn), {})["1/0/"][0] == "1/11/"


@given(PIECES, PIECES)
def test_what_was_found_before_changes_nothing(before: Drawn, after: Drawn) -> None:
    kept: dict[str, list[str]] = {}
    nearest(pieces_of(before), kept)
    anew = nearest(pieces_of(after), {})
    assert nearest(pieces_of(after), kept) == anew
    assert nearest(pieces_of(after), kept) == anew


CORRECTIONS: list[dict[str, Any]] = [
    {"title": "Another"},
    {"teaser": "Another"},
    {"words": "yeast zebra"},
    {"kind": "advert", "is_editorial": False},
    {"day": FIRST_DAY},
    {"section": Heading("9", "9", "sections/9/")},
    {"topics": (Topic("Law", "topics/Law/"),)},
    {"path": "0/0/"},
]


@given(PIECES.filter(bool), st.data())
def test_where_others_are_near_something_that_decides_differs(
    drawn: Drawn, data: st.DataObject
) -> None:
    before = pieces_of(drawn)
    after = list(before)
    place = data.draw(st.integers(0, len(before) - 1))
    after[place] = before[place]._replace(**data.draw(st.sampled_from(CORRECTIONS)))
    if nearest(before, {}) != nearest(after, {}):
        assert digest_of(before) != digest_of(after)
    if after[place]._replace(title="", teaser="") == before[place]._replace(title="", teaser=""):
        assert digest_of(before) == digest_of(after)

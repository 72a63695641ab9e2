"""The files that search.js reads: few change, none is stale, and damage is no danger."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from newsletter import cache
from newsletter.archive.issues import kept
from newsletter.archive.pages import search
from newsletter.archive.search.index import Index
from newsletter.archive.search.tiers import files_for
from newsletter.archive.words.counting import SLOT, Words, words_of
from newsletter.archive.words.drawers import drawer_of
from newsletter.model import Issue
from tests.archive.small import Small

OLD = date(2010, 5, 3)
NEW = date(2012, 5, 7)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    small = Small(tmp_path)
    small.write("1", item("Skies of the moon"), item("A dying donor"), day=OLD)
    small.write("2", item("Donations"), day=OLD)
    small.write("3", item("Embryos"), day=NEW)
    return small


def item(title: str, body: str = "Nothing.") -> dict[str, Any]:
    return {"title": title, "body": body}


def files(small: Small) -> dict[str, bytes]:
    return {page.path: page.make() for page in search.pages(small.read())}


def digests(small: Small) -> dict[str, bytes]:
    return {page.path: page.digest for page in search.pages(small.read())}


def unpacked(content: bytes) -> Any:
    return json.loads(zlib.decompress(content, wbits=31))


def stems(small: Small, tier: str) -> dict[str, Any]:
    """Return all stems of a tier, with the forms and pieces of each."""
    found: dict[str, Any] = {}
    for path, content in files(small).items():
        if f"/{tier}-" in path:
            found |= unpacked(content)
    return found


def test_a_stem_has_its_forms_its_pieces_and_its_impact_in_each(small: Small) -> None:
    found = stems(small, "earlier")
    assert found["donat"] == ["ions", [1], "0e"]
    assert found["donor"] == ["", [0], "1e"]
    assert found["noth"] == ["ing", [0, 1], "0c1c 0c"]
    assert "embryo" not in found
    assert stems(small, "latest")["embryo"] == ["s", [2], "0e"]


def test_a_stem_has_the_forms_of_all_issues(small: Small) -> None:
    for number, title in enumerate(["Genes", "Gene", "Genes", "A gene of genes"], start=1):
        small.write(str(number), item(title), day=OLD)
    small.write("5", item("Last"), day=NEW)
    assert stems(small, "earlier")["gene"][0] == " s"


def test_a_form_that_begins_otherwise_than_its_stem_leads_to_it(small: Small) -> None:
    small.write("3", *(item(f"Skies {number}") for number in range(70)), day=NEW)
    latest = Index(small.read().issues).tiers[1]
    assert latest.files > 1
    assert drawer_of("skies") % latest.files != drawer_of("sky") % latest.files
    stray = latest.content(drawer_of("skies") % latest.files)
    assert stray["sky"] == ("=skies", [], "")
    forms, steps, pieces = latest.content(drawer_of("sky") % latest.files)["sky"]
    assert (forms, steps, len(pieces.replace(" ", ""))) == ("=skies", [2, 1, 1], 2 * 70)


def test_what_decides_about_a_place_says_where_the_piece_is(small: Small) -> None:
    written = files(small)
    contents = unpacked(written["search/index/contents.bin"])
    assert contents["sections"] == ["news"]
    assert contents["years"] == [[2010, ["00", "0"]], [2012, ["0"]]]
    assert unpacked(written["search/index/paths-0.bin"]) == [
        ["1/skies-of-the-moon/", "1/a-dying-donor/"],
        ["2/donations/"],
        ["3/embryos/"],
    ]


def test_the_addresses_of_a_result_come_with_those_of_few_issues(small: Small) -> None:
    for number in range(4, 9):
        small.write(str(number), item("Kidneys"), day=NEW)
    written = files(small)
    lists = [unpacked(written[f"search/index/paths-{number}.bin"]) for number in range(2)]
    assert [len(issues) for issues in lists] == [4, 4]
    assert unpacked(written["search/index/contents.bin"])["paths"]["issues"] == 4


def test_one_more_piece_moves_no_other(small: Small) -> None:
    before = stems(small, "earlier")
    small.write("1", item("Skies of the moon"), item("A dying donor"), item("Third"), day=OLD)
    after = stems(small, "earlier")
    assert after["donat"] == before["donat"]
    assert after["third"] == ["", [0], "2e"]


def test_more_pieces_than_a_slot_has_room_for_take_two(small: Small) -> None:
    small.write("1", *(item(f"Donors {number}") for number in range(SLOT + 1)), day=OLD)
    forms, steps, pieces = stems(small, "earlier")["donor"]
    assert (forms, steps) == ("s", [0, 1])
    assert pieces.startswith("0e1e2e")
    assert pieces.endswith("ve 0e")
    assert stems(small, "earlier")["donat"] == ["ions", [2], "0e"]


def test_a_new_issue_leaves_the_files_of_earlier_years_alone(small: Small) -> None:
    before = digests(small)
    small.write("4", item("Kidneys"), day=NEW)
    after = digests(small)
    changed = {path for path in before if after[path] != before[path]}
    assert changed == {
        "search/index/contents.bin",
        "search/index/latest-0.bin",
        "search/index/paths-0.bin",
    }


@pytest.mark.parametrize("change", ["edited", "removed", "added", "reordered", "earlier"])
def test_an_incremental_index_is_the_same_as_a_new_one(
    small: Small, change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(small)
    if change == "edited":
        small.write("1", item("Skies of the moon", "Edited."), item("A dying donor"), day=OLD)
    elif change == "removed":
        small.write("1", item("A dying donor"), day=OLD)
    elif change == "added":
        small.write("4", item("Kidneys"), day=date(2013, 1, 7))
    elif change == "reordered":
        small.write("1", item("A dying donor"), item("Skies of the moon"), day=OLD)
    else:
        small.write("2", item("Donations"), day=date(2009, 1, 5))
    incremental = files(small)
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path / "another"))
    assert files(small) == incremental != before


def test_another_language_has_other_stems(small: Small) -> None:
    files(small)
    publication = small.issues / "publication.yaml"
    publication.write_text(publication.read_text("utf-8").replace("en-GB", "ja"), "utf-8")
    assert "donations" in stems(small, "earlier")


def test_a_damaged_cache_changes_nothing(small: Small) -> None:
    before = files(small)
    kept._words_in.cache_clear()
    for name in "*.digests", "*.drawers", "*/*.words":
        damaged = list(cache.cache_folder().glob(name))
        assert damaged
        for path in damaged:
            path.write_bytes(path.read_bytes()[:-9])
    assert files(small) == before


def test_another_program_that_finds_the_same_words_changes_no_file(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(small)
    monkeypatch.setattr("newsletter.archive.search.years.program", lambda _: b"another")
    assert files(small) == before


def test_the_words_of_unchanged_issues_are_not_counted_again(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    files(small)
    counted: list[str] = []

    def counting(issue: Issue, keys: Sequence[str]) -> Words:
        counted.append(issue.number)
        return words_of(issue, keys)

    for module in "issues.kept", "search.years":
        monkeypatch.setattr(f"newsletter.archive.{module}.words_of", counting)
    files(small)
    small.write("2", item("Donors"), day=OLD)
    assert "donor" in stems(small, "earlier")
    assert counted == ["2"]


@pytest.mark.parametrize(("pieces", "count"), [(0, 1), (32, 1), (33, 2), (600, 32), (15_000, 256)])
def test_there_are_as_many_files_as_there_are_pieces_for(pieces: int, count: int) -> None:
    assert files_for(pieces) == count


def test_an_archive_without_issues_has_a_search(tmp_path: Path) -> None:
    written = files(Small(tmp_path))
    assert unpacked(written["search/index/contents.bin"])["years"] == []
    assert b"<form" in written["search/index.html"]

"""Texts of pieces that are kept: never an old one, never another site's."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.archive.archive import Archive
from newsletter.archive.parts import bodies
from newsletter.archive.parts.bodies import Bodies
from newsletter.archive.reading import read_archive
from newsletter.manifest import Project
from tests.archive.small import Small


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path / "cache"))
    return Small(tmp_path / "newsletter")


def texts(archive: Archive) -> list[str]:
    made = Bodies(archive)
    return [made.of(piece) for piece in archive.pieces]


def nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("a text was made again")

    monkeypatch.setattr(bodies, "body_of", fail)


def test_a_text_is_made_once(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    small.write("1", {"title": "A", "body": "*Words* of A."}, {"title": "B", "body": "Of B."})
    once = texts(small.read())
    assert once == ["<p><em>Words</em> of A.</p>\n", "<p>Of B.</p>\n"]
    nothing_is_made(monkeypatch)
    assert texts(small.read()) == once


def test_another_text_is_another(small: Small) -> None:
    small.write("1", {"title": "A", "body": "Words."})
    texts(small.read())
    small.write("1", {"title": "A", "body": "Other words."})
    assert texts(small.read()) == ["<p>Other words.</p>\n"]


def test_a_site_elsewhere_has_links_of_its_own(small: Small) -> None:
    small.write("1", {"title": "A", "body": "See (BioNews 2)."})
    small.write("2", {"title": "B", "body": "Words."})
    here, _ = texts(small.read())
    elsewhere, _ = texts(read_archive(Project(small.issues), base="https://example.org/news/"))
    assert 'href="/2/"' in here
    assert 'href="/news/2/"' in elsewhere


def test_an_issue_that_is_new_is_linked_to(small: Small) -> None:
    small.write("1", {"title": "A", "body": "See (BioNews 2)."})
    assert "href" not in texts(small.read())[0]
    small.write("2", {"title": "B", "body": "Words."})
    assert 'href="/2/"' in texts(small.read())[0]


def test_what_is_damaged_is_made_again(small: Small, tmp_path: Path) -> None:
    small.write("1", {"title": "A", "body": "Words."})
    once = texts(small.read())
    [kept] = (tmp_path / "cache").rglob("*.bodies")
    kept.write_bytes(kept.read_bytes().replace(b"Words", b"Sword"))
    assert texts(small.read()) == once


def test_few_issues_are_remembered_and_all_are_right(small: Small) -> None:
    for number in range(1, 25):
        small.write(str(number), {"title": "A", "body": f"Words of {number}."})
    archive = small.read()
    made = Bodies(archive)
    for _ in range(2):
        for issue in archive.issues:
            assert f"Words of {issue.number}." in made.of(issue.pieces[0])

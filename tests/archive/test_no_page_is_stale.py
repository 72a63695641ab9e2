"""Whatever changes in a newsletter, every page that differs by it has another digest, and so is made again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter.archive.lists import listing
from tests.archive.test_golden_site import GOLDEN, site_of


def replaced(file: str, text: str, instead: str) -> Callable[[Path], None]:
    """Return what changes a text in a file, or in several."""

    def change(issues: Path) -> None:
        for path in issues.glob(file):
            before = path.read_text("utf-8")
            assert text in before
            path.write_text(before.replace(text, instead), "utf-8")

    return change


def copied(number: str, new: str, day: str) -> Callable[[Path], None]:
    """Return what writes one more issue, which is as another one."""

    def change(issues: Path) -> None:
        shutil.copytree(issues / number, issues / new)
        manifest = (issues / new / "issue.yaml").read_text("utf-8").splitlines()
        manifest[:2] = [f"number: {new}", f"date: {day}"]
        (issues / new / "issue.yaml").write_text("\n".join(manifest), "utf-8")

    return change


def removed(name: str) -> Callable[[Path], None]:
    """Return what deletes a file or a folder."""

    def change(issues: Path) -> None:
        if (issues / name).is_dir():
            shutil.rmtree(issues / name)
        else:
            (issues / name).unlink()

    return change


def together(*changes: Callable[[Path], None]) -> Callable[[Path], None]:
    """Return what makes several changes."""

    def change(issues: Path) -> None:
        for one in changes:
            one(issues)

    return change


CHANGES = {
    "a title": replaced("652/donors.md", "More donors", "Fewer donors"),
    "a title's emphasis": replaced("652/donors.md", "More donors", "More *donors*"),
    "a word of a body": replaced("652/palaces.md", "nobody may go in", "all may go in"),
    "an author's role": replaced("652/old-rules.md", "Sample Institute", "Other Institute"),
    "an author's name": replaced("652/palaces.md", "Bo Sample", "Cy Sample"),
    "a topic": replaced("596/mice.md", "topics: [cloning, law]", "topics: [law, mice]"),
    "a topic's spelling": replaced("652/donors.md", "topics: [law]", "topics: [Law]"),
    "a day": replaced("652/donors.md", "2012-04-15", "2011-12-31"),
    "an issue's day": replaced("596/issue.yaml", "2011-02-21", "2011-02-22"),
    "a heading": replaced("652/issue.yaml", "title: News Digest", "title: News"),
    "a heading's emphasis": replaced("*/issue.yaml", "title: News Digest", "title: News *Digest*"),
    "the kind of a work": replaced("652/palaces.md", "kind: exhibition", "kind: theatre"),
    "a correction": replaced("596/mice.md", "2011-02-23", "2011-02-24"),
    "a correction's text": replaced("596/mice.md", "**eight**", "**seven**"),
    "what is related": replaced("652/donors.md", "[652/old-rules, 596/mice]", "[596/mice]"),
    "a caption": replaced("652/old-rules.md", "caption: The bench", "caption: A bench"),
    "what an advert says": replaced("652/issue.yaml", "Plain or lined", "Lined or plain"),
    "where an event is": replaced("652/issue.yaml", "Sample Hall", "Other Hall"),
    "the newsletter's name": replaced(
        "publication.yaml", "name: The Sample Weekly\n", "name: Other\n"
    ),
    "where to subscribe": replaced("publication.yaml", "/subscribe", "/join"),
    "an issue more": copied("652", "653", "2012-04-17"),
    "an issue between": copied("596", "600", "2011-03-21"),
    "an issue less": together(
        removed("596"), replaced("652/donors.md", "related: [652/old-rules, 596/mice]\n", "")
    ),
    "an email that was not handed over": removed("596/handed-over"),
    "a picture less": replaced("652/old-rules.md", "src: images/lab.png", "src: images/b.png"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_whose_content_differs_has_another_digest(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("MOST", "RECENT"):
        monkeypatch.setattr(listing, limit, 1)
    issues = tmp_path / "issues"
    shutil.copytree(GOLDEN / "issues", issues)
    shutil.copy(issues / "652/images/lab.png", issues / "652/images/b.png")
    before = site_of(tmp_path)
    CHANGES[change](issues)
    after = site_of(tmp_path)

    changed = {path for path in before if after.get(path, (b"", b""))[1] != before[path][1]}
    assert changed, "nothing of the site shows the change"
    assert not [path for path in changed & after.keys() if after[path][0] == before[path][0]]


def test_a_word_behind_a_teaser_makes_no_other_piece_again(tmp_path: Path) -> None:
    issues = tmp_path / "issues"
    shutil.copytree(GOLDEN / "issues", issues)
    before = site_of(tmp_path)
    path = issues / "596/the-glass-house.md"
    path.write_text(f"{path.read_text('utf-8')}\nOnce more.\n", "utf-8")
    after = site_of(tmp_path)

    made_again = {path for path in after if after[path][0] != before[path][0]}
    pages = {path for path in made_again if path.endswith(".html")}
    assert pages == {"596/index.html", "596/the-glass-house/index.html", "596/email/index.html"}
    feeds = {path for path in made_again if path.endswith("feed.xml")}
    assert "reviews/film/feed.xml" in feeds
    assert "topics/law/feed.xml" not in feeds

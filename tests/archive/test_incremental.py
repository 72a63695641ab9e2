"""After each change of the sources, a run over the site that is there equals a clean build."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from newsletter.archive.pages import all_pages
from newsletter.archive.reading import read_archive
from newsletter.archive.site.writing import Changes, write_site
from newsletter.manifest import Project
from tests.archive.site.sites import files

PIECE = Path("issues/596/never-let-me-go.md")
ISSUE = Path("issues/652/issue.yaml")
THEME = Path("templates/bionews/archive")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def another_issue(number: str, day: str) -> None:
    folder = ISSUE.parent.with_name(number)
    shutil.copytree(ISSUE.parent, folder)
    lines = (folder / "issue.yaml").read_text("utf-8").splitlines()
    own = {"number:": f"number: {number}", "date:": f"date: {day}"}
    changed = [own.get(line.split(" ")[0], line) for line in lines]
    (folder / "issue.yaml").write_text("\n".join(changed), "utf-8")


EDITS: dict[str, Callable[[], object]] = {
    "a body": lambda: replace(PIECE, "Mark Romanek has", "Mark Romanek, it seems, has"),
    "words that tell": lambda: replace(PIECE, "Mark Romanek", "Embryo after embryo, Mark Romanek"),
    "a title": lambda: replace(PIECE, 'title: "Film Review: ', 'title: "Film: '),
    "a day": lambda: replace(PIECE, "date: 2011-02-21", "date: 2011-02-20"),
    "topics": lambda: replace(PIECE, "[cloning, organ donation]", "[cloning, law]"),
    "an address": lambda: replace(PIECE, "topics:", "slug: hailsham\ntopics:"),
    "a correction": lambda: replace(
        PIECE, "topics:", "corrections: [{date: 2011-02-28, text: It was wrong.}]\ntopics:"
    ),
    "a publication": lambda: replace(
        Path("issues/publication.yaml"), "name: BioNews", "name: News"
    ),
    "an issue more": lambda: another_issue("653", "2012-04-17"),
    "a style": lambda: (THEME / "css/own.css").write_text("a{}"),
    "an issue less": lambda: shutil.rmtree(ISSUE.parent),
}


def test_after_each_change(
    newsletter_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsletter_folder)
    monkeypatch.setattr(os, "sync", lambda: None)

    def write(out: Path) -> Changes:
        archive = read_archive(Project(Path("issues")), today=date(2026, 11, 1))
        return write_site(all_pages(archive), out, base=archive.base)

    write(tmp_path / "site")
    for name, edit in EDITS.items():
        edit()
        changes = write(tmp_path / "site")
        assert not changes.is_none, name
        assert changes.dead_links == (), name
        write(tmp_path / "clean")
        assert files(tmp_path / "site") == files(tmp_path / "clean"), name
        shutil.rmtree(tmp_path / "clean")

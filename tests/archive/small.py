"""A small newsletter, written into a folder from the fields of its items."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from newsletter.archive.archive import Archive
from newsletter.archive.reading import read_archive
from newsletter.manifest import Project
from tests.conftest import REPOSITORY

SECTIONS = {"comment": "comment", "review": "reviews", "event": "events", "job": "jobs"}
"""The section of an item of each kind; all others are among the news."""
FIRST = date(2012, 1, 2)
BASE = "https://archive.example.org/"


class Small:
    """A newsletter in a folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.issues = home / "issues"
        self.issues.mkdir(parents=True)
        shutil.copy(REPOSITORY / "issues" / "publication.yaml", self.issues)

    def write(self, number: str, *items: dict[str, Any], day: date | None = None) -> Path:
        """Write an issue with these items, all of them news unless they say otherwise, and return
        its folder. One with ``file`` is written into a file of its own.
        """
        folder = self.issues / number
        folder.mkdir(exist_ok=True)
        day = day or FIRST + timedelta(weeks=int(number.rstrip("ab")))
        sections: dict[str, list[dict[str, Any]]] = {}
        for item in items:
            kind = SECTIONS.get(item.get("kind", "news"), "news")
            sections.setdefault(kind, []).append(_entry(folder, {"body": "Words.", **item}))
        in_sections = [{"kind": kind, "items": entries} for kind, entries in sections.items()]
        manifest = {"number": number, "date": day.isoformat(), "sections": in_sections}
        (folder / "issue.yaml").write_text(_yaml(manifest), encoding="utf-8")
        return folder

    def read(self, **options: Any) -> Archive:
        """Return its archive."""
        return read_archive(Project(self.issues), base=BASE, **options)


def _entry(folder: Path, item: dict[str, Any]) -> dict[str, Any]:
    file = item.pop("file", None)
    if file is None:
        return item
    body = item.pop("body")
    (folder / file).write_text(f"---\n{_yaml(item)}---\n{body}\n", encoding="utf-8")
    return {"file": file}


def _yaml(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)

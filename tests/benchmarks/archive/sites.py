"""The same pieces as the sources of other programs, which then make their own sites of them.

Each gets the same Markdown, and pages for pieces, issues, authors and topics with feeds and a
sitemap as far as it makes them by itself: Hugo all, Pelican all, Eleventy pieces and issues.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from newsletter.manifest import Project, read_issue
from newsletter.model import Issue, Item

HUGO = """
baseURL = "https://sample.test/"
title = "Sample"
[taxonomies]
author = "authors"
topic = "topics"
[sitemap]
priority = 0.5
[pagination]
pagerSize = 1000000
[related]
threshold = 80
[[related.indices]]
name = "topics"
weight = 100
[[related.indices]]
name = "date"
weight = 10
"""
HEAD = (
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title>"
    '<link rel="stylesheet" href="/style.css"></head><body>'
)
HUGO_PIECE = (
    HEAD.format(title="{{ .Title }}")
    + "<h1>{{ .Title }}</h1><p>{{ .Date.Format `2 January 2006` }}"
    "{{ range .GetTerms `authors` }} <a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }}"
    "{{ range .GetTerms `topics` }} <a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }}</p>"
    "{{ .Content }}RELATED"
    "{{ with .PrevInSection }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }}"
    "{{ with .NextInSection }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }}</body></html>"
)
HUGO_RELATED = (
    "{{ range first 4 (.Site.RegularPages.Related .) }}<p>{{ .Date.Format `2 January 2006` }}"
    " <a href='{{ .RelPermalink }}'>{{ .Title }}</a> {{ .Summary | plainify }}</p>{{ end }}"
)
HUGO_LIST = (
    HEAD.format(title="{{ .Title }}") + "<h1>{{ .Title }}</h1>"
    "{{ range .RegularPages }}<p><a href='{{ .RelPermalink }}'>{{ .Title }}</a> {{ .Summary }}</p>"
    "{{ end }}</body></html>"
)
ELEVENTY = """export default (config) => ({
  dir: { input: "content", output: "public" }, markdownTemplateEngine: false,
});
"""
ELEVENTY_PAGE = (
    HEAD.format(title="{{ title }}")
    + "<h1>{{ title }}</h1><p>{{ day }} {{ authors }} {{ topics }}</p>"
    "{{ content | safe }}</body></html>"
)
PELICAN = """
SITENAME = "Sample"
SITEURL = "https://sample.test"
PATH = "content"
OUTPUT_PATH = "public"
TIMEZONE = "Europe/London"
ARTICLE_URL = ARTICLE_SAVE_AS = "{category}/{slug}/index.html"
FEED_ALL_ATOM = "feed.xml"
CATEGORY_FEED_ATOM = "{slug}/feed.xml"
AUTHOR_FEED_ATOM = "authors/{slug}/feed.xml"
TAG_FEED_ATOM = "topics/{slug}/feed.xml"
DEFAULT_PAGINATION = False
LOAD_CONTENT_CACHE = False
"""


class Source(NamedTuple):
    """A piece, and where its file is."""

    issue: Issue
    item: Item

    @property
    def path(self) -> str:
        return f"content/{self.issue.number}/{self.item.page}.md"

    @property
    def day(self) -> str:
        return str(self.item.date or self.issue.date)

    @property
    def authors(self) -> list[str]:
        return [author.name for author in self.item.authors]


def sources(folder: Path) -> Iterator[Source]:
    """Yield every piece of a newsletter."""
    for one in Project(folder / "issues").issue_folders():
        issue = read_issue(one)
        for item in issue.items:
            if item.has_page:
                yield Source(issue, item)


def write_hugo(folder: Path, pieces: list[Source], *, related: bool) -> Path:
    """Write the sources of a site for Hugo, and return their folder."""
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (folder / "hugo.toml").write_text(HUGO, "utf-8")
    single = HUGO_PIECE.replace("RELATED", HUGO_RELATED if related else "")
    (layouts / "single.html").write_text(single, "utf-8")
    (layouts / "list.html").write_text(HUGO_LIST, "utf-8")
    for piece in pieces:
        fields = {"title": str(piece.item.title), "date": piece.day, "authors": piece.authors}
        _write(folder, piece, json.dumps({**fields, "topics": piece.item.topics}) + "\n")
    return folder


def write_eleventy(folder: Path, pieces: list[Source]) -> Path:
    """Write the sources of a site for Eleventy, and return their folder."""
    includes = folder / "content" / "_includes"
    includes.mkdir(parents=True)
    (includes / "piece.njk").write_text(ELEVENTY_PAGE, "utf-8")
    (folder / "eleventy.config.js").write_text(ELEVENTY, "utf-8")
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    titles: dict[str, list[str]] = {}
    for piece in pieces:
        title = str(piece.item.title)
        fields = {"layout": "piece.njk", "title": title, "day": piece.day}
        lists = {"authors": ", ".join(piece.authors), "topics": ", ".join(piece.item.topics)}
        _write(folder, piece, f"---\n{json.dumps(fields | lists)}\n---\n")
        link = f"- [{title}](/{piece.issue.number}/{piece.item.page}/)"
        titles.setdefault(piece.issue.number, []).append(link)
    for number, links in titles.items():
        page = f'---\nlayout: piece.njk\ntitle: "{number}"\n---\n' + "\n".join(links)
        (folder / "content" / number / "index.md").write_text(page, "utf-8")
    return folder


def write_pelican(folder: Path, pieces: list[Source]) -> Path:
    """Write the sources of a site for Pelican, and return their folder."""
    folder.mkdir()
    (folder / "pelicanconf.py").write_text(PELICAN, "utf-8")
    for piece in pieces:
        fields = (
            f"Title: {piece.item.title}\nDate: {piece.day}\nSlug: {piece.item.page}\n"
            f"Category: {piece.issue.number}\nTags: {', '.join(piece.item.topics)}\n"
            f"Authors: {'; '.join(piece.authors)}\n\n"
        )
        _write(folder, piece, fields)
    return folder


def change_a_piece(folder: Path) -> None:
    """Add a word to the last piece of a site's sources."""
    last = max(folder.glob("content/*/*-1.md"))
    last.write_text(last.read_text("utf-8") + "\nMore.\n", "utf-8")


def _write(folder: Path, piece: Source, fields: str) -> None:
    path = folder / piece.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{fields}\n{piece.item.body}\n", "utf-8")


def clean(folder: Path) -> None:
    """Remove what a program has made."""
    shutil.rmtree(folder / "public", ignore_errors=True)

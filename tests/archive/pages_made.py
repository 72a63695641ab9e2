"""An archive with every kind of item, and its pages without a folder for them."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

from newsletter.archive.archive import Archive
from newsletter.archive.pages import issue, pictures, piece, sent
from tests.archive.small import Small
from tests.drawing import drawn

_SPACES = re.compile(r"\s+")
LONG = "Every word of this text is a stand-in, and there are more of them than a teaser has. " * 8
PICTURE = {
    "src": "images/lab.jpg",
    "alt": "A pipette above a row of dishes",
    "caption": "A laboratory",
    "credit": "A. Photographer",
}
PAGES = {
    "comments": "https://sample.test/comments",
    "comment_terms": "You agree to our [terms](https://sample.test/terms).",
    "syndicate": "mailto:rights@sample.test",
    "republish": "You can show this piece, if you\n\n- name us.",
    "affiliate": "Shops give us a share.",
}
SECTIONS: list[dict[str, Any]] = [
    {
        "kind": "news",
        "items": [
            {
                "title": "A step closer to H~2~O",
                "authors": [{"name": "Dr Michelle Sample", "role": "Sample Institute"}, "Amy Test"],
                "date": "2012-04-11",
                "picture": PICTURE,
                "topics": ["Embryo research"],
                "sources": [{"title": "Of *water*", "publisher": "The Sample Times"}],
                "corrections": [{"date": "2012-04-18", "text": "The panel had *eight* members."}],
                "body": (
                    f"{LONG}[^1] Again.[^1]\n\n## A heading\n\n### Below it\n\n"
                    '![A chart](images/chart.png "By *year*")\n\n[^1]: A note.'
                ),
            },
            {
                "title": "Elsewhere alone",
                "url": "https://sample.test/story",
                "teaser": "It is there.",
            },
            {
                "kind": "advert",
                "title": "Study with us",
                "advertiser": "University of Sampleton",
                "url": "https://uni.test/",
                "body": LONG,
            },
        ],
    },
    {
        "kind": "reviews",
        "items": [
            {
                "title": "Film Review: A Sample",
                "picture": {**PICTURE, "licence": "CC BY 4.0"},
                "work": {
                    "kind": "film",
                    "title": "A Sample",
                    "credits": ["Directed by Somebody"],
                    "links": [
                        {
                            "label": "DVD",
                            "links": [
                                {"name": "Shop One", "url": "https://one.test/"},
                                {"name": "Shop Two", "url": "https://two.test/"},
                            ],
                        }
                    ],
                },
                "body": LONG,
            }
        ],
    },
    {
        "kind": "events",
        "items": [
            {
                "title": "A debate",
                "place": "Sample Hall",
                "starts": "2012-05-05 18:30",
                "url": "https://sample.test/debate",
                "body": LONG,
            }
        ],
    },
    {
        "kind": "jobs",
        "items": [
            {"title": "A job", "employer": "Sample Trust", "closes": "2012-05-11", "body": LONG}
        ],
    },
    {
        "kind": "notices",
        "items": [{"title": "We move", "body": "On 1 May.[^1]\n\n[^1]: In 2012.", "whole": True}],
    },
]


def all_kinds(home: Path, sections: list[dict[str, Any]] = SECTIONS, **issue: Any) -> Small:
    """Write a newsletter with an issue 652 of these sections, and an issue before it."""
    small = Small(home)
    publication = small.issues / "publication.yaml"
    fields = yaml.safe_load(publication.read_text("utf-8")) | {"pages": PAGES}
    publication.write_text(yaml.safe_dump(fields, allow_unicode=True), encoding="utf-8")
    small.write("651", {"title": "Last week"})

    folder = small.issues / "652"
    (folder / "images").mkdir(parents=True)
    for name, size in {"lab.jpg": (1600, 900), "chart.png": (500, 300)}.items():
        (folder / "images" / name).write_bytes(drawn(name, size))
    manifest = {"number": "652", "date": "2012-04-16", "sections": sections, **issue}
    (folder / "issue.yaml").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return small


def pages_of(archive: Archive) -> dict[str, str]:
    """Return the pages of pieces and issues, and the emails that were sent, by path."""
    made = {}
    for kind in (piece, issue, sent):
        for page in kind.pages(archive):
            made[page.path.removesuffix("index.html")] = page.make().decode()
    return made


def picture_files(archive: Archive) -> dict[str, bytes]:
    """Return the files of all pictures, by path."""
    return {page.path: page.make() for page in pictures.pages(archive)}


def seen(html: str) -> str:
    """Return what readers see of a page between its header and footer, on one line."""
    main = html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return _SPACES.sub(" ", unescape(re.sub(r"<[^>]*>", "", main.replace("<br>", " ")))).strip()


class Elements(HTMLParser):
    """The elements of a page: each start tag with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.all.append((tag, {name: value or "" for name, value in attrs}))

    def named(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of each element of this name."""
        return [attributes for name, attributes in self.all if name == tag]

    def values(self, name: str) -> list[str]:
        """Return the values of each attribute of this name."""
        return [attributes[name] for _, attributes in self.all if name in attributes]

"""A feed as Atom (RFC 4287), by a template of the theme, and as JSON Feed 1.1."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from newsletter.archive.archive import Archive
from newsletter.archive.parts.entries import Entry

_NOT_IN_XML = bytes({*range(0x20)} - {*b"\t\n\r"})
"""Characters of ASCII that no XML has in any form (XML 1.0, 2.2). An author's ``&#12;`` is one."""


class Feed(NamedTuple):
    """A feed, whatever its format."""

    path: str
    """Of its file from the site's root."""
    page: str
    """Of the page that it belongs to."""
    title: str
    updated: datetime
    entries: tuple[Entry, ...]
    """The newest first."""


def atom(archive: Archive, feed: Feed) -> bytes:
    """Return a feed as Atom."""
    written = archive.render("feeds/atom.xml.j2", {"feed": feed})
    return written.encode().translate(None, _NOT_IN_XML)


def json_feed(archive: Archive, feed: Feed) -> bytes:
    """Return a feed as JSON Feed 1.1 (jsonfeed.org)."""
    publication = archive.publication
    known = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": archive.address(feed.page),
        "feed_url": archive.address(feed.path),
        "description": publication.tagline,
        "language": publication.language,
        "authors": [{"name": publication.publisher, "url": publication.home_page}],
    }
    items = [_item(entry) for entry in feed.entries]
    written = {**_without_empty(known), "items": items}
    return json.dumps(written, ensure_ascii=False).encode()


def _item(entry: Entry) -> dict[str, Any]:
    return _without_empty(
        {
            "id": entry.id,
            "url": entry.address,
            "title": entry.title,
            "content_html": entry.content,
            "summary": entry.summary,
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat(),
            "authors": [{"name": name} for name in entry.authors],
            "tags": entry.categories,
        }
    )


def _without_empty(known: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in known.items() if value}

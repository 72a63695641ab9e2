"""Feeds: RSS, Atom and RDF by feedparser, and JSON Feed, all as the items of a JSON Feed
(jsonfeed.org, version 1.1).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from time import strftime
from typing import Any

from newsletter.importers.original import Original, unreadable
from newsletter.importers.pages.moments import moment_of
from newsletter.importers.wordpress_export import is_export

Entry = dict[str, Any]
"""An item of a JSON Feed; ``_title_html`` and ``_summary_html`` are extensions of ours."""
MOST_BYTES = 10 * 1024 * 1024
_VERSION = "https://jsonfeed.org/version/"
_ROOTS = (b"<rss", b"<feed", b"<rdf:rdf", b"http://purl.org/rss/1.0/", b"<channel")
_HEAD = 4096
"""Bytes in which the root of a feed is."""


def is_feed(original: Original) -> bool:
    """Return whether an original is a feed, by its first bytes."""
    if is_export(original.content):  # a site, in the form of a feed
        return False

    head = original.content[:_HEAD].lower()
    if head.lstrip()[:1] == b"{":
        return _VERSION.encode() in head.replace(b"\\/", b"/")
    begins_as_xml = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
    return begins_as_xml and b"<html" not in head and any(root in head for root in _ROOTS)


def entries_in(original: Original) -> list[Entry]:
    """Return the entries of a feed, newest first; those without a date come last.

    Raise UnreadableError.
    """
    if len(original.content) > MOST_BYTES:
        message = f"This feed is larger than {MOST_BYTES // 1024 // 1024} MB."
        raise unreadable(original, message, "Add the pages that it leads to.")

    is_json = original.content.lstrip()[:1] == b"{"
    entries = _in_json(original) if is_json else _in_xml(original)
    return sorted(entries, key=_age)


def original_of(entry: Entry) -> Original:
    """Return one entry as an original of its own, named by its page."""
    name = str(entry.get("url") or entry.get("id") or "entry")
    feed = {"version": f"{_VERSION}1.1", "items": [entry]}
    content = json.dumps(feed, ensure_ascii=False).encode()
    return Original(name, content, address=name, media_type="application/feed+json")


def moment_of_entry(entry: Entry, zone: str) -> datetime | None:
    """Return when an entry was published, or at least changed, on the clock of a time zone."""
    published = moment_of(entry.get("date_published"), zone)
    return published or moment_of(entry.get("date_modified"), zone)


def _age(entry: Entry) -> float:
    moment = moment_of_entry(entry, "UTC")
    return -moment.replace(tzinfo=UTC).timestamp() if moment else 0.0


def _in_json(original: Original) -> list[Entry]:
    try:
        items = json.loads(original.content)["items"]
    except (ValueError, KeyError, TypeError, RecursionError):
        items = None
    if not isinstance(items, list):
        message = "This begins as a JSON Feed, but cannot be read as one."
        raise unreadable(original, message, "Add the pages that it leads to.")
    return [_of_json(item) for item in items if isinstance(item, dict)]


def _of_json(item: Entry) -> Entry:
    """Return an item of version 1.1 whose text is HTML, given one of any version."""
    entry = dict(item)
    for name in ("title", "summary"):
        if isinstance(words := item.get(name), str):
            entry.setdefault(f"_{name}_html", escape(words))
    if isinstance(text := item.get("content_text"), str) and "content_html" not in item:
        paragraphs = [escape(part.strip()) for part in text.split("\n\n") if part.strip()]
        entry["content_html"] = "".join(f"<p>{part}</p>" for part in paragraphs)
    if isinstance(author := item.get("author"), dict):  # version 1
        entry.setdefault("authors", [author])
    return entry


def _in_xml(original: Original) -> list[Entry]:
    import feedparser

    headers = {"content-type": original.media_type or "application/xml"}
    if original.charset:
        headers["content-type"] += f"; charset={original.charset}"
    if original.address:
        headers["content-location"] = original.address  # what its relative links are from
    try:
        feed = feedparser.parse(BytesIO(original.content), response_headers=headers)
    except Exception:  # noqa: BLE001 - whatever it stumbles over
        message = "This feed is damaged, and cannot be read."
        raise unreadable(original, message, "Add the pages that it leads to.") from None
    return [_of_xml(entry) for entry in feed.entries]


def _of_xml(entry: Any) -> Entry:
    found = {
        "id": entry.get("id"),
        "url": entry.get("link"),
        "_title_html": _html(entry.get("title_detail")),
        "content_html": "".join(filter(None, map(_html, entry.get("content", ())))),
        "_summary_html": _html(entry.get("summary_detail")),
        "date_published": _written(entry, "published"),
        "date_modified": _written(entry, "updated"),
        "authors": [author for author in entry.get("authors", ()) if author.get("name")],
        "tags": [tag.term for tag in entry.get("tags", ()) if tag.get("term")],
        "image": _image(entry),
    }
    return {name: value for name, value in found.items() if value}


def _html(detail: Any) -> str | None:
    """Return a text in a feed as HTML."""
    if not detail or not detail.get("value"):
        return None
    return str(detail.value) if "html" in detail.get("type", "") else escape(detail.value)


def _written(entry: Any, name: str) -> str | None:
    """Return a date as it is written, if that is a day alone; else the moment in UTC."""
    if f"{name}_parsed" not in entry:  # its get() would return the other date
        return None
    parsed = entry[f"{name}_parsed"]
    if parsed is None:
        return None
    has_time = ":" in entry[name]
    return strftime("%Y-%m-%dT%H:%M:%S+00:00" if has_time else "%Y-%m-%d", parsed)


def _image(entry: Any) -> str | None:
    for enclosure in (*entry.get("enclosures", ()), *entry.get("media_content", ())):
        is_picture = enclosure.get("type", enclosure.get("medium", "")).startswith("image")
        address = enclosure.get("href") or enclosure.get("url")
        if is_picture and address:
            return str(address)
    return None

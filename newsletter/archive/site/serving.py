"""How a server is to send each file of a site: its media type, and how long it may be kept."""

from __future__ import annotations

from posixpath import splitext

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".xml": "application/xml",
    ".json": "application/json",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_FEEDS = {"feed.xml": "application/atom+xml", "feed.json": "application/feed+json"}
"""RFC 4287, 7, and JSON Feed 1.1."""
_UNKNOWN = "application/octet-stream"

_FOR_EVER = "public, max-age=31536000, immutable"
"""RFC 9111, 5.2.2, and RFC 8246: of a file that has a part of its content in its name."""
_SHORTLY = "public, max-age=300"
"""Five minutes: a correction is soon seen, and a busy Monday is spared most requests."""
_NAMED_BY_CONTENT = ("pictures/",)


def media_type(path: str) -> str:
    """Return the media type of a file of the site."""
    _, _, name = path.rpartition("/")
    _, ending = splitext(name)
    return _FEEDS.get(name) or _TYPES.get(ending, _UNKNOWN)


def caching(path: str) -> str:
    """Return the value of Cache-Control for a file of the site."""
    return _FOR_EVER if path.startswith(_NAMED_BY_CONTENT) else _SHORTLY

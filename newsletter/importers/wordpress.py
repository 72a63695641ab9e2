"""Posts of a WordPress site, by its REST API (developer.wordpress.org/rest-api/reference/posts).

A post is asked for with ``_embed``, which puts its author, pictures and terms into it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from newsletter.importers.original import Original, unreadable

_PER_PAGE = 100
"""As many as the API gives at once."""
_MOST_PAGES = 1000
_EMBEDDED = "author,wp:featuredmedia,wp:term"
"""What is put into a post; before WordPress 5.4, all that can be."""
_API = "/wp-json/"
MEDIA_TYPE = "application/json"


def posts(
    site: str, fetch: Callable[[str], Original], since: datetime | None = None
) -> Iterator[Original]:
    """Yield the posts of a site, newest first, each as an original of its own.

    ``since`` is a time on the site's own clock. Raise UnreadableError.
    """
    query = {"_embed": _EMBEDDED, "per_page": str(_PER_PAGE)}
    if since:
        query["after"] = since.isoformat(timespec="seconds")

    address: str | None = _address(site, query)
    for _ in range(_MOST_PAGES):
        if address is None:
            return
        page = fetch(address)
        yield from map(_original, _list_in(page))
        address = page.next_address


def post_at(site: str, slug: str, fetch: Callable[[str], Original]) -> Original | None:
    """Return the post with a slug; None if the site has none. Raise UnreadableError."""
    page = fetch(_address(site, {"_embed": _EMBEDDED, "slug": slug}))
    found = _list_in(page)
    return _original(found[0]) if len(found) == 1 else None


def post_in(content: bytes) -> dict[str, Any] | None:
    """Return the post that a text in JSON is; None if it is none."""
    try:
        post = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return post if is_post(post) else None


def is_post(value: object) -> bool:
    """Return whether a value of JSON is a post of the API."""
    if not isinstance(value, dict):
        return False
    return all(isinstance(at(value, name, "rendered"), str) for name in ("title", "content"))


def at(value: Any, *way: str | int) -> Any:
    """Return what is at the end of a way of names and numbers in a value of JSON; else None."""
    for step in way:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _address(site: str, query: dict[str, str]) -> str:
    """Return the address of posts; a site with posts of its own types may be named by a route."""
    route = site.rstrip("/")
    if _API not in route:
        route += f"{_API}wp/v2/posts"
    return f"{route}?{urlencode(query)}"


def _list_in(page: Original) -> list[dict[str, Any]]:
    try:
        found = json.loads(page.content)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, list) and all(map(is_post, found)):
        return found

    message = "This site does not answer as WordPress does."
    hint = (
        "Check 'wordpress:' below 'site:' in publication.yaml; any other site may have a 'feed:'."
    )
    raise unreadable(page, message, hint)


def _original(post: dict[str, Any]) -> Original:
    """Return a post as an original of its own, named by its page."""
    link = str(post.get("link") or post.get("guid") or "post")
    content = json.dumps(post, ensure_ascii=False).encode()
    return Original(link, content, address=link, media_type=MEDIA_TYPE)

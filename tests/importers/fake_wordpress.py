"""A WordPress site on this machine, as far as its posts can be asked for.

Seen on WordPress 6.1.9: the fields of a post with ``_embed``, also of one that is protected by a password (its content
is empty, ``protected`` is true); ``after`` without a zone is on the site's own clock, and what was published at that
very second is not after it; ``X-WP-TotalPages``; the header Link with rel=next, but for the last page; 400 with
``rest_post_invalid_page_number`` beyond it; an excerpt that nobody wrote is the beginning of the text.
Documented (developer.wordpress.org/rest-api): ``per_page`` is 1 to 100, else 400 with ``rest_invalid_param``; the newest
come first. Assumed: nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from zoneinfo import ZoneInfo

from tests.importers.site import Answer

_KNOWN = {"_embed", "per_page", "page", "after", "slug"}
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU"
    b"\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82"
)


@dataclass
class Post:
    slug: str
    title: str
    content: str
    at: datetime
    """On the site's clock."""
    author: str | None = "Zoë Testwright"
    category: str = "News"
    tags: tuple[str, ...] = ()
    excerpt: str | None = None
    picture: str | None = None
    alt: str = ""
    caption: str = ""
    is_protected: bool = False
    page: str = ""
    """The HTML of its page."""


class FakeWordPress:
    def __init__(self, *posts: Post, zone: str = "Europe/London") -> None:
        self.posts = list(posts)
        self.zone = ZoneInfo(zone)
        self.base = "http://news.example.org"

    def __call__(self, path: str) -> Answer:
        parts = urlsplit(path)
        if parts.path == "/wp-json/wp/v2/posts":
            return self._posts({name: values[0] for name, values in parse_qs(parts.query).items()})
        if parts.path.endswith(".png"):
            return Answer(PNG, "image/png")
        for post in self.posts:
            if parts.path == f"/{post.slug}/" and post.page:
                return Answer(post.page.encode())
        return Answer(status=404)

    def _posts(self, query: dict[str, str]) -> Answer:
        per_page, page = int(query.get("per_page", "10")), int(query.get("page", "1"))
        if not 1 <= per_page <= 100 or query.keys() - _KNOWN:
            return _json({"code": "rest_invalid_param", "data": {"status": 400}}, status=400)

        found = sorted(self.posts, key=lambda post: post.at, reverse=True)
        if after := query.get("after"):
            found = [post for post in found if post.at > datetime.fromisoformat(after)]
        if slug := query.get("slug"):
            found = [post for post in found if post.slug == slug]

        pages = -(-len(found) // per_page)
        if page > max(pages, 1):
            return _json({"code": "rest_post_invalid_page_number"}, status=400)

        headers = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)}
        if page < pages:
            following = urlencode({**query, "page": page + 1})
            headers["Link"] = f'<{self.base}/wp-json/wp/v2/posts?{following}>; rel="next"'
        shown = found[(page - 1) * per_page : page * per_page]
        return _json([self._post(post, "_embed" in query) for post in shown], headers)

    def _post(self, post: Post, embed: bool) -> dict[str, Any]:
        greenwich = post.at.replace(tzinfo=self.zone).astimezone(UTC)
        hidden = post.is_protected
        excerpt = post.excerpt or post.content
        value: dict[str, Any] = {
            "id": self.posts.index(post) + 1,
            "date": post.at.isoformat(),
            "date_gmt": greenwich.replace(tzinfo=None).isoformat(),
            "slug": post.slug,
            "status": "publish",
            "type": "post",
            "link": f"{self.base}/{post.slug}/",
            "title": {"rendered": post.title},
            "content": {"rendered": "" if hidden else post.content, "protected": hidden},
            "excerpt": {"rendered": "" if hidden else excerpt, "protected": hidden},
            "author": 2,
            "_links": {},
        }
        return value | {"_embedded": self._embedded(post)} if embed else value

    def _embedded(self, post: Post) -> dict[str, Any]:
        author = {"id": 2, "name": post.author}
        if post.author is None:
            author = {"code": "rest_user_invalid_id", "message": "Invalid user ID."}
        categories = [{"name": post.category, "taxonomy": "category"}]
        tags = [{"name": tag, "taxonomy": "post_tag"} for tag in post.tags]
        embedded: dict[str, Any] = {"author": [author], "wp:term": [categories, tags]}
        if post.picture:
            media = {"source_url": f"{self.base}/{post.picture}", "alt_text": post.alt}
            media["caption"] = {"rendered": post.caption}  # type: ignore[assignment]
            embedded["wp:featuredmedia"] = [media]
        return embedded


def _json(value: object, headers: dict[str, str] | None = None, status: int = 200) -> Answer:
    content = json.dumps(value).encode()
    return Answer(content, "application/json; charset=UTF-8", status, headers or {})

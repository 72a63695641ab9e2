"""What the publisher's own website has published since a moment, for ``newsletter add --since``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from newsletter.errors import UnreadableError
from newsletter.importers import wordpress
from newsletter.importers.feeds import entries_in, moment_of_entry, original_of
from newsletter.importers.fetching import fetch as fetch_from_web
from newsletter.importers.original import Original
from newsletter.model import Publication


def posts_since(
    publication: Publication,
    since: datetime | None,
    fetch: Callable[[str], Original] = fetch_from_web,
) -> Iterator[Original]:
    """Yield each post after a moment on the publication's clock, newest first; all without one.

    They are asked for by WordPress's API, else they are in the feed, where one without a date
    counts as new. Raise UnreadableError.
    """
    site = publication.site
    if site and site.wordpress:
        yield from wordpress.posts(site.wordpress, fetch, since)
    elif site and site.feed:
        yield from _entries(fetch(site.feed), publication.time_zone, since)
    else:
        raise UnreadableError.at(
            Path("issues", "publication.yaml"),
            None,
            "The publisher's website is not named.",
            "Add 'site:' with 'wordpress:' or 'feed:' and the address.",
        )


def _entries(feed: Original, zone: str, since: datetime | None) -> Iterator[Original]:
    for entry in entries_in(feed):
        moment = moment_of_entry(entry, zone)
        if since is None or moment is None or moment > since:
            yield original_of(entry)

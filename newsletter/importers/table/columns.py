"""What the columns of a table mean: the fields of issue.yaml, in its own words or in people's."""

from __future__ import annotations

import re
from collections.abc import Iterable

WORDS = {
    "title": "headline, heading, subject, event, event name, event title, post title, item,"
    " article title, piece title, story title, resource title, article headline",
    "authors": "author, by, byline, writer, written by, reviewer, reviewed by, author name,"
    " author(s), post author, creator, journalist",
    "role": "affiliation, author role, author affiliation, position",
    "date": "published, publication date, date published, post date, posted, date of publication",
    "url": "link, permalink, web address, web page, website, page, page url, web link, web",
    "teaser": "summary, standfirst, excerpt, blurb, strapline, short description",
    "body": "text, content, article, full text, main text, body text, copy, story, description,"
    " details, post content",
    "kind": "section, category, type, post type",
    "number": "issue, issue number, edition, appeared in, appears in",
    "sources": "source, references, sources and references",
    "topics": "tags, keywords, topic",
    "place": "venue, location, where, event location",
    "starts": "start, start date, start time, start date and time, begins, when, date and time",
    "ends": "end, end date, end time, end date and time, finishes",
    "closes": "closing date, deadline, application deadline, apply by, closing",
    "employer": "organisation, organization, company, institution",
    "advertiser": "paid for by, client, sponsor",
    "until": "runs until, expires, expiry, expiry date, valid until, show until, current until",
    "action": "button, call to action",
    "picture.src": "picture, image, photo, picture file, image file, image url, featured image",
    "picture.alt": "alt, alt text, image description, picture description, image alt text",
    "picture.caption": "caption, image caption, photo caption",
    "picture.credit": "credit, image credit, photo credit, photographer",
    "work.kind": "",
    "work.title": "title of the work",
    "work.credits": "credits",
    "work.publisher": "",
    "work.isbn": "isbn",
    "work.channel": "channel, station",
    "work.broadcast": "broadcast, broadcast date",
    "work.venue": "",
    "work.dates": "",
}
"""Each field, and what people call a column of it."""
IN_PARTS = ("starts", "ends")
"""Fields for which there may be two columns: the day, and the time."""


def named_columns(names: Iterable[str]) -> list[str]:
    """Return the field of each column; "" for one that is not known, or whose field has one."""
    columns: list[str] = []
    for name in names:
        field = _FIELDS.get(_plain(name), "")
        is_second = field in columns and field not in IN_PARTS
        columns.append("" if is_second else field)
    return columns


def _plain(name: str) -> str:
    """Return a name in lower case, with a space for whatever may be between its words."""
    words = re.sub(r"[\s_./:*-]+", " ", name.casefold().replace("’", "'"))
    return words.strip()


_FIELDS = {
    _plain(word): field
    for field, words in WORDS.items()
    for word in (field, *words.split(","))
    if word.strip()
}

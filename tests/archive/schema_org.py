"""The part of schema.org's vocabulary (release 30.0) that the archive uses, so that a test knows what belongs where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

THING = {"name", "url", "description", "image", "mainEntityOfPage"}
WORK = THING | {
    "headline", "datePublished", "dateModified", "author", "publisher", "sponsor", "keywords", "inLanguage",
    "isAccessibleForFree", "isPartOf", "hasPart", "citation", "correction", "text", "publication",
}  # fmt: skip
EVENT = THING | {"startDate", "endDate", "location"}
PROPERTIES: dict[str, set[str]] = {
    "Article": WORK | {"articleSection"},
    "NewsArticle": WORK | {"articleSection"},
    "AdvertiserContentArticle": WORK | {"articleSection"},
    "Review": WORK | {"itemReviewed"},
    "CreativeWork": WORK,
    "Movie": WORK,
    "Book": WORK | {"isbn"},
    "TVSeries": WORK,
    "TVEpisode": WORK,
    "RadioSeries": WORK,
    "RadioEpisode": WORK,
    "PodcastSeries": WORK,
    "Periodical": WORK,
    "PublicationIssue": WORK | {"issueNumber"},
    "CorrectionComment": WORK,
    "Event": EVENT,
    "TheaterEvent": EVENT,
    "ExhibitionEvent": EVENT,
    "BroadcastEvent": EVENT | {"publishedOn"},
    "BroadcastService": THING,
    "Place": THING | {"address"},
    "Organization": THING,
    "Person": THING,
    "JobPosting": THING
    | {"title", "datePosted", "validThrough", "hiringOrganization", "jobLocation"},
    "BreadcrumbList": THING | {"itemListElement"},
    "ListItem": THING | {"position", "item"},
}


def faults(thing: dict[str, Any], way: str = "") -> Iterator[str]:
    """Yield each type that there is not, and each property that its type has not."""
    if set(thing) == {"@id"}:
        return
    types = thing["@type"] if isinstance(thing["@type"], list) else [thing["@type"]]
    allowed: set[str] = set()
    for kind in types:
        if kind not in PROPERTIES:
            yield f"{way}: there is no type {kind}"
        allowed |= PROPERTIES.get(kind, set())
    for name, value in thing.items():
        here = f"{way}.{name}"
        if name.startswith("@"):
            continue
        if name not in allowed:
            yield f"{here}: not of {types}"
        if value in ("", None, [], {}):
            yield f"{here}: empty"
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                yield from faults(part, here)

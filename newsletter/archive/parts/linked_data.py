"""What a page is about in terms of schema.org, as JSON-LD.

Nothing is said there that the page does not say, and nothing is guessed: what is not known, such as
the price of an event, is left out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from newsletter.archive.archive import Archive
from newsletter.archive.nouns import Byline, Piece, PublishedIssue
from newsletter.model import Event, Item, Job, News, Review, Source, Work
from newsletter.text.markdown import to_line, tokens

Thing = dict[str, Any]

_KINDS: dict[str, str | list[str]] = {
    "review": ["NewsArticle", "Review"],
    "notice": "Article",
    "advert": "AdvertiserContentArticle",
}
"""The type of a piece by its kind, if it is no NewsArticle."""
_WORKS = {
    "film": "Movie",
    "book": "Book",
    "tv": "TVSeries",
    "radio": "RadioSeries",
    "podcast": "PodcastSeries",
    "theatre": "TheaterEvent",
    "exhibition": "ExhibitionEvent",
    "event": "Event",
    "documentary": "Movie",
}
"""The type of a work by its kind."""
_EPISODES = {"TVSeries": "TVEpisode", "RadioSeries": "RadioEpisode"}
"""That of a work which was broadcast on one day."""
_MEANT_FOR_HTML = "<>&\u2028\u2029"
_AS_JSON = {character: f"\\u{ord(character):04x}" for character in _MEANT_FOR_HTML}
"""What could end a script, or a line of one, is written as JSON writes any character."""
_TO_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def as_script(things: list[Thing]) -> Markup:
    """Return things as the content of a script element."""
    document = {"@context": "https://schema.org", "@graph": things}
    written = _TO_JSON.encode(document)
    for character, escaped in _AS_JSON.items():
        written = written.replace(character, escaped)
    return Markup(written)  # noqa: S704 - it has no character of HTML


def of_piece(
    archive: Archive, issue: PublishedIssue, piece: Piece, item: Item, picture: str
) -> list[Thing]:
    """Return what the page of a piece is about; ``picture`` is the address of its picture."""
    things = [_article(archive, issue, piece, item, picture)]
    if isinstance(item, Event):
        things.append(_event(archive, piece, item))
    if isinstance(item, Job):
        things += _posting(issue, item)
    trail = _trail(archive, [*_steps(archive, issue), (piece.path, piece.title)])
    return [*things, trail]


def of_issue(archive: Archive, issue: PublishedIssue) -> list[Thing]:
    """Return what the page of an issue is about."""
    parts = [
        _thing("CreativeWork", headline=piece.title, url=archive.address(piece.path))
        for piece in issue.pieces
    ]
    whole = _issue(archive, issue, publisher=_publisher(archive), hasPart=parts)
    return [whole, _trail(archive, _steps(archive, issue))]


def of_newsletter(archive: Archive) -> list[Thing]:
    """Return what the front page is about."""
    publication = archive.publication
    whole = _periodical(
        archive,
        description=publication.tagline,
        inLanguage=publication.language,
        publisher=_publisher(archive),
    )
    return [whole]


def _article(
    archive: Archive, issue: PublishedIssue, piece: Piece, item: Item, picture: str
) -> Thing:
    corrections = [
        _thing("CorrectionComment", datePublished=one.day, text=_plain(one.text))
        for one in piece.corrections
    ]
    return _thing(
        _KINDS.get(item.kind, "NewsArticle"),
        headline=piece.title,
        url=archive.address(piece.path),
        mainEntityOfPage=archive.address(piece.path),
        description=piece.teaser,
        image=picture,
        datePublished=piece.day,
        dateModified=max(piece.day, piece.corrected or piece.day),
        author=[_author(archive, author) for author in piece.authors],
        publisher=_publisher(archive),
        sponsor=_thing("Organization", name=piece.advertiser),
        articleSection=piece.section.title,
        keywords=[topic.name for topic in piece.topics],
        inLanguage=archive.publication.language,
        isAccessibleForFree=True,
        isPartOf=_issue(archive, issue),
        itemReviewed=_reviewed(item.work) if isinstance(item, Review) else None,
        citation=[_source(source) for source in item.sources] if isinstance(item, News) else None,
        correction=corrections,
    )


def _author(archive: Archive, author: Byline) -> Thing:
    """Return an author: a person, or the newsletter itself, if that is the byline."""
    is_house = author.name.casefold() == archive.publication.name.casefold()
    kind = "Organization" if is_house else "Person"
    return _thing(kind, name=author.name, description=author.role, url=archive.address(author.path))


def _reviewed(work: Work) -> Thing:
    kind = _WORKS[work.kind]
    details: Thing = {}
    if kind == "Book":
        publisher = _thing("Organization", name=work.publisher)
        details = {"isbn": work.isbn, "publisher": publisher}
    elif kind.endswith("Event"):
        details = {"location": _place(work.venue)}
    elif kind in _EPISODES and work.broadcast:
        kind = _EPISODES[kind]
        details = {"publication": _broadcast(work)}
    return _thing(kind, name=work.title, **details)


def _broadcast(work: Work) -> Thing:
    channel = _thing("BroadcastService", name=work.channel)
    return _thing("BroadcastEvent", startDate=work.broadcast, publishedOn=channel)


def _source(source: Source) -> Thing:
    publisher = _thing("Organization", name=source.publisher)
    return _thing(
        "CreativeWork",
        name=source.title,
        url=source.url,
        datePublished=source.date,
        publisher=publisher,
    )


def _event(archive: Archive, piece: Piece, event: Event) -> Thing:
    zone = ZoneInfo(archive.publication.time_zone)
    ends = event.ends.replace(tzinfo=zone) if event.ends else None
    return _thing(
        "Event",
        name=piece.title,
        url=event.url or archive.address(piece.path),
        description=piece.teaser,
        startDate=event.starts.replace(tzinfo=zone),
        endDate=ends,
        location=_place(event.place),
    )


def _posting(issue: PublishedIssue, job: Job) -> list[Thing]:
    """Return a job, if all is known without which search engines take none."""
    if not job.employer or not job.place:
        return []
    posting = _thing(
        "JobPosting",
        title=job.title,
        description=_plain(job.body),
        datePosted=job.date or issue.day,
        validThrough=job.closes,
        hiringOrganization=_thing("Organization", name=job.employer),
        jobLocation=_place(job.place),
    )
    return [posting]


def _place(place: str | None) -> Thing:
    """Return a place, whose name and address are one text."""
    return _thing("Place", name=place, address=place)


def _name(archive: Archive, issue: PublishedIssue) -> str:
    return f"{archive.publication.name} {issue.number}"


def _issue(archive: Archive, issue: PublishedIssue, **more: object) -> Thing:
    return _thing(
        "PublicationIssue",
        name=_name(archive, issue),
        issueNumber=issue.number,
        datePublished=issue.day,
        url=archive.address(issue.path),
        isPartOf=_periodical(archive),
        **more,
    )


def _periodical(archive: Archive, **more: object) -> Thing:
    return _thing("Periodical", name=archive.publication.name, url=archive.base, **more)


def _publisher(archive: Archive) -> Thing:
    publication = archive.publication
    return _thing("Organization", name=publication.publisher, url=publication.home_page)


def _steps(archive: Archive, issue: PublishedIssue) -> list[tuple[str, str]]:
    return [("", archive.publication.name), (issue.path, _name(archive, issue))]


def _trail(archive: Archive, steps: Sequence[tuple[str, str]]) -> Thing:
    """Return the way from the front page to a page, whose path and name is the last step."""
    links = [
        _thing("ListItem", position=position, name=name, item={"@id": archive.address(path)})
        for position, (path, name) in enumerate(steps, 1)
    ]
    return _thing("BreadcrumbList", itemListElement=links)


def _plain(text: str) -> str:
    """Return Markdown as plain text."""
    return " ".join(to_line(block) for block in tokens(text) if block.type == "inline")


def _thing(kind: str | Sequence[str], **properties: object) -> Thing:
    """Return a thing with those properties that are known; nothing if none is."""
    known = {name: _value(value) for name, value in properties.items() if value}
    return {"@type": kind, **known} if known else {}


def _value(value: object) -> object:
    """Return a value as JSON has it: days and moments as ISO 8601 does."""
    return value.isoformat() if isinstance(value, date) else value

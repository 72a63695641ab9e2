"""A feed (RSS, Atom, RDF, JSON Feed): each entry is a piece, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsletter.importers.feeds import Entry, entries_in, is_feed, moment_of_entry
from newsletter.importers.original import Original
from newsletter.importers.pages.assembling import assembled
from newsletter.importers.pages.facts import Facts, Row, fields_of
from newsletter.importers.pages.kinds import only_kind
from newsletter.importers.pages.moments import day_of
from newsletter.importers.pages.people import people_in
from newsletter.importers.pages.pictures import Pictures
from newsletter.importers.pages.words import line_of, title_of
from newsletter.importers.piece import Piece
from newsletter.importers.protocol import Context, Fit
from newsletter.model import Publication

TITLE = "a feed (RSS, Atom, JSON Feed)"
_TEASER_ALONE = "The feed has a summary of this piece alone: its text is on its page."


def fit(original: Original) -> Fit:
    """Return YES for a feed."""
    if is_feed(original):
        return Fit.YES
    return Fit.NO


def read(original: Original, context: Context) -> Iterator[Piece]:
    """Yield the pieces of the entries that are wanted."""
    zone = context.publication.time_zone
    for number, entry in enumerate(entries_in(original), start=1):
        moment = moment_of_entry(entry, zone)
        if context.is_wanted(number, moment):
            yield _piece(entry, original, context)


def _piece(entry: Entry, original: Original, context: Context) -> Piece:
    address = _text(entry, "url") or original.address
    pictures = Pictures(lambda picture: context.fetch(picture).content, address)
    body = _text(entry, "content_html")
    facts = _facts(entry, context.publication)

    piece = assembled(body, facts, context.publication, pictures, address)
    if body:
        return piece
    return replace(piece, left_out=(*piece.left_out, _TEASER_ALONE))


def _facts(entry: Entry, publication: Publication) -> Facts:
    names = [line_of(_text(author, "name")) for author in _dicts(entry.get("authors"))]
    tags = [line_of(tag) for tag in _texts(entry.get("tags"))]
    day = day_of(entry.get("date_published"), publication.time_zone)

    rows: list[Row] = [
        ("title", title_of(_text(entry, "_title_html")), "the feed: the title"),
        ("url", _text(entry, "url"), "the feed: the link"),
        ("date", day, "the feed: the date of publication"),
        ("authors", people_in(names, publication), "the feed: the author"),
        ("kind", only_kind(tags, publication), "the feed: the category"),
        ("teaser", title_of(_text(entry, "_summary_html")), "the feed: the summary"),
        ("picture.src", _text(entry, "image"), "the feed: the picture"),
    ]
    return Facts(fields_of(rows), _hints(entry, names))


def _hints(entry: Entry, names: list[str]) -> dict[str, str]:
    hints = {}
    if any(names):
        hints["authors"] = f"The feed names {' and '.join(names)}: is that the author?"
    if modified := _text(entry, "date_modified"):
        hints["date"] = f"The feed says that it was changed on {modified[:10]}."
    return hints


def _text(value: Entry, name: str) -> str:
    text = value.get(name)
    return text if isinstance(text, str) else ""


def _texts(value: object) -> list[str]:
    if not isinstance(value, list):
        return []
    return [one for one in value if isinstance(one, str)]


def _dicts(value: object) -> list[Entry]:
    if not isinstance(value, list):
        return []
    return [one for one in value if isinstance(one, dict)]

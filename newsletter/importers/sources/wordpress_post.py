"""A post of a WordPress site, as its REST API gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

from newsletter.errors import UnreadableError
from newsletter.importers.original import Original, unreadable
from newsletter.importers.pages.assembling import assembled
from newsletter.importers.pages.facts import Facts, Row, fields_of, merged
from newsletter.importers.pages.kinds import only_kind
from newsletter.importers.pages.moments import day_of
from newsletter.importers.pages.people import people_in
from newsletter.importers.pages.pictures import Pictures
from newsletter.importers.pages.selected import Selected, selected
from newsletter.importers.pages.words import line_of, title_of
from newsletter.importers.piece import Piece
from newsletter.importers.protocol import Context, Fit
from newsletter.importers.wordpress import at, post_in
from newsletter.markup.document import Document
from newsletter.model import Publication

Post = dict[str, Any]
"""A post in JSON, as the API gives it."""
TITLE = "a post of a WordPress site"


def fit(original: Original) -> Fit:
    """Return YES for the JSON of a post."""
    begins_as_json = original.content.lstrip()[:1] == b"{"
    if begins_as_json and post_in(original.content):
        return Fit.YES
    return Fit.NO


def read(original: Original, context: Context) -> Iterator[Piece]:
    """Yield the post. What WordPress does not know is looked for on its page, by selectors."""
    post = post_in(original.content) or {}
    if at(post, "content", "protected"):
        message = "This post is protected by a password."
        raise unreadable(original, message, "Open it in a browser, and save the page.")

    address = _words(post, "link") or original.address
    pictures = Pictures(lambda picture: context.fetch(picture).content, address)
    on_page, left_out = _on_page(original, address, context)
    facts = merged(on_page.facts, _facts(post, context.publication))

    body: Element | str = _words(post, "content", "rendered")
    if on_page.body is not None:
        body = on_page.body
    piece = assembled(body, facts, context.publication, pictures, address)
    yield replace(piece, left_out=piece.left_out + left_out)


def _on_page(
    original: Original, address: str | None, context: Context
) -> tuple[Selected, tuple[str, ...]]:
    """Return what selectors find on the post's page, and a sentence if it cannot be read."""
    site = context.publication.site
    if address is None or site is None or not site.selectors.model_fields_set:
        return Selected(), ()
    try:
        page = context.fetch(address)
    except UnreadableError as error:
        problem = error.problems[0]
        return Selected(), (f"The selectors were not used: {problem.message}",)

    document = Document(page.content.decode(page.charset or "utf-8", "replace"))
    return selected(original, document, context.publication), ()


def _facts(post: Post, publication: Publication) -> Facts:
    fields = fields_of([*_rows(post, publication), *_picture(post)])
    author = at(post, "_embedded", "author", 0, "name")
    if not author:
        return Facts(fields)

    hint = f"The post's account is called {author}: is that the author?"
    return Facts(fields, {"authors": hint})


def _rows(post: Post, publication: Publication) -> Iterator[Row]:
    author = _words(post, "_embedded", "author", 0, "name")
    yield "title", title_of(_words(post, "title", "rendered")), "WordPress: the title"
    yield "url", _words(post, "link"), "WordPress: the post's address"
    yield "date", _date(post, publication), "WordPress: the day it was published"
    yield "authors", people_in([author], publication), "WordPress: the post's author"
    yield "kind", _kind(post, publication), "WordPress: the category"
    yield "topics", _terms(post, "post_tag"), "WordPress: the tags"
    yield "teaser", title_of(_words(post, "excerpt", "rendered")), "WordPress: the excerpt"


def _picture(post: Post) -> Iterator[Row]:
    media = at(post, "_embedded", "wp:featuredmedia", 0)
    alt = line_of(_words(media, "alt_text"))
    caption = line_of(_words(media, "caption", "rendered"))

    rule = "WordPress: the featured image"
    yield "picture.src", _words(media, "source_url"), rule
    yield "picture.alt", alt, f"{rule}'s alt text"
    yield "picture.caption", caption, f"{rule}'s caption"


def _date(post: Post, publication: Publication) -> date | None:
    """Return the day, which WordPress has on the site's own clock and on that of Greenwich."""
    greenwich = _words(post, "date_gmt")
    in_zone = day_of(f"{greenwich}+00:00", publication.time_zone)
    return in_zone or day_of(_words(post, "date"), publication.time_zone)


def _kind(post: Post, publication: Publication) -> str | None:
    """Return the kind that the categories say, if they say one."""
    names = _terms(post, "category")
    return only_kind(names, publication)


def _terms(post: Post, taxonomy: str) -> list[str]:
    groups = _listed(at(post, "_embedded", "wp:term"))
    terms = [term for group in groups for term in _listed(group)]
    names = [_words(term, "name") for term in terms if at(term, "taxonomy") == taxonomy]
    return [line_of(name) for name in names if name]


def _words(value: Any, *way: str | int) -> str:
    """Return the text at the end of a way; empty if there is none."""
    found = at(value, *way)
    return found if isinstance(found, str) else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []

"""An item's text as pages show it: all of it, or a teaser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from newsletter.archive.archive import Archive
from newsletter.archive.issues.references import LinkTo, with_references
from newsletter.archive.nouns import PublishedIssue
from newsletter.archive.parts.illustrations import illustrations_in_body
from newsletter.email import merge_tags
from newsletter.email.teaser import teaser
from newsletter.email.typesetting import blocks_in_type
from newsletter.model import Issue, Item
from newsletter.text import markdown
from newsletter.text.direction import runs_against


def body_of(
    archive: Archive, issue: PublishedIssue, item: Item, *, level: int = 2, name: str = ""
) -> Markup:
    """Return all of an item's text, with its pictures.

    ``level`` is that of its highest headings; ``name`` tells the ids of its footnotes from others
    on the page.
    """
    notes = markdown.Notes(name, archive.templates.words["piece"]["back"])
    pictures = _pictures_in_body(archive, issue, item)
    blocks = blocks_of(archive, item)
    html = markdown.to_page(blocks, level=level, notes=notes, pictures=pictures, marks_bare=True)
    return _in_direction(archive, html, _words(blocks))


def teaser_of(archive: Archive, item: Item, *, level: int = 4, is_lead: bool) -> Markup:
    """Return what the email showed of an item's text."""
    publication = archive.publication
    short = teaser(item, publication.teasers, publication.language, is_lead=is_lead)
    blocks = _blocks(archive, short)
    html = markdown.to_page(blocks, level=level, marks_bare=True)
    return _in_direction(archive, html, _words(blocks))


def blocks_of(archive: Archive, item: Item, link_to: LinkTo | None = None) -> markdown.Blocks:
    """Return the tokens of an item's text, in type. Where it mentions other issues, there are
    links: those that ``link_to`` returns, or else those of the site's own pages.
    """
    return _blocks(archive, markdown.tokens(item.body), link_to)


def _blocks(
    archive: Archive, blocks: markdown.Blocks, link_to: LinkTo | None = None
) -> markdown.Blocks:
    publication = archive.publication
    in_type = blocks_in_type(blocks, publication)
    return with_references(in_type, publication.name, link_to or archive.link_to_issue)


def _words(blocks: markdown.Blocks) -> Iterator[str]:
    """Yield what readers see of a text, piece by piece."""
    for block in blocks:
        yield from map(markdown.visible, block.children or ())


def _in_direction(archive: Archive, html: Markup, words: Iterable[str]) -> Markup:
    """Return an author's text of these words, which may run the other way than the page."""
    if runs_against(archive.publication.direction, words):
        return Markup('<div dir="auto">{}</div>').format(html)
    return html


def _pictures_in_body(archive: Archive, issue: PublishedIssue, item: Item) -> dict[str, Markup]:
    shown = illustrations_in_body(archive, issue, item)
    pictures = {}
    for picture in markdown.pictures(item.body) if shown else ():
        values = {"shown": shown[picture.src], "alt": picture.alt, "lazy": True}
        html = archive.render("parts/image.html.j2", values)
        pictures[picture.src] = Markup(html.strip())  # noqa: S704 - a template's output
    return pictures


def welcome_of(archive: Archive, issue: Issue) -> Markup:
    """Return the words that open an issue, with nobody's name in them."""
    welcome = issue.welcome or archive.publication.welcome or ""
    blocks = markdown.tokens(merge_tags.from_written(welcome))
    html = markdown.to_page(_blocks(archive, blocks), marks_bare=True)
    filled = merge_tags.filled_html(html, merge_tags.own_values(issue))
    welcoming = Markup(filled)  # noqa: S704 - the values are escaped
    return _in_direction(archive, welcoming, welcoming.striptags())

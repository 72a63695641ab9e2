"""A web page, saved or by its address.

Each field is looked for in this order: WordPress's API and the selectors in publication.yaml, for
the publisher's own site; JSON-LD; OpenGraph and the page's other elements for programs. The text is
where pages have it, and never is a date or an author guessed from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsletter.errors import UnreadableError
from newsletter.importers import wordpress
from newsletter.importers.original import Original, unreadable
from newsletter.importers.pages.addresses import completed, file_name_of, host_of
from newsletter.importers.pages.assembling import assembled
from newsletter.importers.pages.facts import Facts, merged
from newsletter.importers.pages.head import canonical_address, facts_in_head, facts_of_heading
from newsletter.importers.pages.json_ld import facts_in_json_ld
from newsletter.importers.pages.pictures import Pictures
from newsletter.importers.pages.reader import left_out_of, text_of
from newsletter.importers.pages.saved import SavedPage, is_html, is_mhtml, saved_page
from newsletter.importers.pages.selected import Selected, selected
from newsletter.importers.pages.walls import is_wall
from newsletter.importers.piece import Found, Piece
from newsletter.importers.protocol import Context, Fit
from newsletter.markup.document import Document
from newsletter.model import Publication
from newsletter.text.printable import printable

TITLE = "a web page (.html, .mhtml, or its address)"
_ENDINGS = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
_OF_WORD = (".doc", ".dot")
"""How the endings of Word's documents begin: a page of such a name is theirs to explain."""
_TYPES = ("text/html", "application/xhtml+xml", "multipart/related")


def fit(original: Original) -> Fit:
    """Return YES for a page, and for what is named like one."""
    if original.suffix in _ENDINGS or original.media_type in _TYPES:
        return Fit.YES
    if not (is_html(original.content) or is_mhtml(original)):
        return Fit.NO

    is_for_word = original.suffix.startswith(_OF_WORD)
    return Fit.PERHAPS if is_for_word else Fit.YES


def read(original: Original, context: Context) -> Iterator[Piece]:
    """Yield the piece on a page."""
    post = _own_post(original, context)
    if post is not None:
        yield from context.read_another(post)
    else:
        yield _piece(original, context)


def _own_post(original: Original, context: Context) -> Original | None:
    """Return the post that a page of the publisher's own WordPress site shows."""
    site = context.publication.site
    if original.address is None or site is None or site.wordpress is None:
        return None

    slug = file_name_of(original.address)
    if not slug or host_of(original.address) != host_of(site.wordpress):
        return None
    try:
        return wordpress.post_at(site.wordpress, slug, context.fetch)
    except UnreadableError:  # an API that is switched off: the page itself is here
        return None


def _piece(original: Original, context: Context) -> Piece:
    page = saved_page(original)
    document = Document(page.html)
    publication = context.publication
    address = _address(document, page)

    own = selected(original, document, publication) if _is_own(address, publication) else Selected()
    facts = merged(
        own.facts,
        facts_of_heading(document),
        facts_in_json_ld(document, publication),
        facts_in_head(document, publication, host_of(address or "")),
        Facts({"url": Found(address, "the page's address")} if address else {}),
    )
    if own.body is None:
        text, left_out = text_of(document, original)
    else:
        text, left_out = own.body, left_out_of(own.body)

    pictures = _pictures(original, page, context)
    piece = assembled(text, facts, publication, pictures, address)
    _require_no_wall(piece, original)
    return replace(piece, left_out=piece.left_out + left_out)


def _require_no_wall(piece: Piece, original: Original) -> None:
    """Raise UnreadableError if a page is in the way of the piece that was meant."""
    title, text = (
        str(piece.fields[name].value) if name in piece.fields else "" for name in ("title", "body")
    )
    if is_wall(title, text):
        message = f"This is not the piece, but a page in its way: '{printable(title)}'."
        hint = "Go on to the piece in a browser, and save the page when you see its text."
        raise unreadable(original, message, hint)


def _address(document: Document, page: SavedPage) -> str | None:
    """Return the address that the page names as its own, or else where it was read."""
    address = completed(canonical_address(document), page.address or "")
    if host_of(address) and address.startswith(("http://", "https://")):
        return address
    return page.address


def _is_own(address: str | None, publication: Publication) -> bool:
    """Return whether an address is of the publisher's own site."""
    site = publication.site
    own = [publication.home_page, *(filter(None, (site.wordpress, site.feed)) if site else ())]
    return address is not None and host_of(address) in set(map(host_of, own))


def _pictures(original: Original, page: SavedPage, context: Context) -> Pictures:
    """Return the pictures that came with a saved page, or those on the web of one read there."""
    if original.address is None:
        return Pictures(page.picture, page.address)
    return Pictures(lambda address: context.fetch(address).content, page.address)

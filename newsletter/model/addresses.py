"""Addresses on the web: of an issue's page, of an item in it, of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from newsletter.model import Image, Issue, Item, Noun, Publication
from newsletter.model.fields import Seen
from newsletter.model.walking import Text, texts
from newsletter.text.markdown import links, pictures


def web_version(issue: Issue) -> str:
    """Return the address of the issue's page in the archive."""
    archive = issue.publication.archive.rstrip("/")
    return f"{archive}/{issue.number}/"


def path_in_archive(publication: Publication, address: str) -> str | None:
    """Return what follows the archive's address in another one; None if that is elsewhere."""
    archive = publication.archive.rstrip("/")
    if address.rstrip("/") == archive:
        return ""
    if not address.startswith(f"{archive}/"):
        return None
    return address.removeprefix(f"{archive}/")


def page_of(issue: Issue, item: Item) -> str:
    """Return the address of an item: its own, or that of its page in the archive, or its place on
    the issue's page if it has none.
    """
    if item.url:
        return item.url
    place = f"{item.page}/" if item.has_page else f"#{item.key}"
    return f"{web_version(issue)}{place}"


def as_written(issue: Issue, address: str) -> str:
    """Return what an editor wrote for an address.

    The address of the issue's own page is made from the archive's.
    """
    if address.startswith(web_version(issue)):
        return issue.publication.archive
    return address


def served_address(issue: Issue, name: str) -> str:
    """Return where a file of an issue is served: under the publication's ``pictures``."""
    folder = issue.publication.pictures.rstrip("/")
    return f"{folder}/{issue.number}/{name}"


def pictures_elsewhere(issue: Issue) -> list[str]:
    """Return the addresses of pictures from elsewhere on the web, in order, each once."""
    elsewhere = filter(is_elsewhere, chain.from_iterable(map(pictures_of, issue.items)))
    return sorted({picture.src for picture in elsewhere})


def is_elsewhere(picture: Image) -> bool:
    """Return whether a picture is somewhere on the web, and not a file of ours."""
    return picture.src.startswith("https://")


def pictures_of(item: Item) -> list[Image]:
    """Return the pictures of an item: its own, and those within its body."""
    own = [item.picture] if item.picture else []
    return [*own, *pictures_in_body(item).values()]


def pictures_in_body(item: Item) -> dict[str, Image]:
    """Return the pictures within an item's body, by what is written for their files. Their words
    are in the body alone.
    """
    return {picture.src: Image(src=picture.src, alt="") for picture in pictures(item.body)}


def links_of(noun: Noun) -> Iterator[str]:
    """Yield every address that a noun or a part of it links to, in the order of its fields."""
    for text, address in written_addresses(noun):
        is_picture = text.seen is Seen.ADDRESS and isinstance(text.noun, Image)
        if not is_picture:
            yield address


def written_addresses(noun: Noun) -> Iterator[tuple[Text, str]]:
    """Yield every address of a noun and its parts, with the text that it is written in."""
    for text in texts(noun):
        if text.seen is Seen.MARKDOWN:
            for address in links(text.value):
                yield text, address
        elif text.seen is Seen.ADDRESS:
            yield text, text.value

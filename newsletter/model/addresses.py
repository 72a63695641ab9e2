"""Addresses on the web: of an issue's page, of an item in it, of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote

from newsletter.model import Image, Issue, Noun
from newsletter.model.fields import Seen
from newsletter.model.walking import texts
from newsletter.text.markdown import links


def web_version(issue: Issue) -> str:
    """Return the address of the issue's page in the archive."""
    return f"{issue.publication.archive.rstrip('/')}/{issue.number}/"


def as_written(issue: Issue, address: str) -> str:
    """Return what an editor wrote for an address: the issue's own page is made from the archive's address."""
    return issue.publication.archive if address.startswith(web_version(issue)) else address


def picture_address(issue: Issue, picture: Image) -> str:
    """Return the address of a picture: its own, or its place under the publication's ``pictures`` address."""
    if picture.src.startswith("https://"):
        return picture.src
    return f"{issue.publication.pictures.rstrip('/')}/{issue.number}/{quote(picture.src)}"


def own_pictures(issue: Issue) -> dict[str, str]:
    """Return the pictures in the issue's folder: the address that readers fetch each from, and its file."""
    own = [picture for picture in _pictures(issue) if not picture.src.startswith("https://")]
    return {
        picture_address(issue, picture): PurePosixPath(picture.src).as_posix() for picture in own
    }


def pictures_elsewhere(issue: Issue) -> list[str]:
    """Return the addresses of pictures from elsewhere on the web, in alphabetical order, each once."""
    return sorted(
        {picture.src for picture in _pictures(issue) if picture.src.startswith("https://")}
    )


def _pictures(issue: Issue) -> list[Image]:
    return [item.picture for item in issue.items if item.picture]


def links_of(noun: Noun) -> Iterator[str]:
    """Yield every address that an item, or a part of one, links to, in the order of its fields; Markdown included."""
    for text in texts(noun):
        if text.seen is Seen.MARKDOWN:
            yield from links(text.value)
        elif text.seen is Seen.ADDRESS and not isinstance(text.noun, Image):
            yield text.value

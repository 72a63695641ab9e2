"""Addresses on the web: of an issue's page, of an item in it, of a picture."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote

from newsletter.model import Image, Issue, Noun
from newsletter.text.markdown import links

_LONGEST_ANCHOR = 32


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
    for name in type(noun).model_fields:
        value = getattr(noun, name)
        if name == "url" and value:
            yield value
        elif name in ("teaser", "body") and value:
            yield from links(value)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Noun):
                yield from links_of(part)


def anchors(issue: Issue) -> dict[int, str]:
    """Return the anchor of each item by ``id(item)``: words of its title, in ASCII, unique within the issue."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for position, item in enumerate(issue.items, start=1):
        name = slug(item.title) or f"item-{position}"
        while name in taken:
            name = f"{name}-{position}"
        taken.add(name)
        names[id(item)] = name
    return names


@lru_cache(maxsize=1024)
def slug(title: str) -> str:
    """Return the first words of a title in a form that fits an address; empty if the title has no Latin letters."""
    plain = (
        unicodedata.normalize("NFKD", title.replace("'", "").replace("’", ""))
        .encode("ascii", "ignore")
        .decode()
    )
    words = re.findall(r"[a-z0-9]+", plain.lower())
    short = ""
    for word in words:
        if len(short) + 1 + len(word) > _LONGEST_ANCHOR:
            break
        short = f"{short}-{word}" if short else word
    if short and not short[0].isalpha():
        short = f"n-{short}"
    return short or "".join(words)[:_LONGEST_ANCHOR].lstrip("0123456789")

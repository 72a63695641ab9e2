"""Where things are on the web: an issue's page, an item's place in it, a picture."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote

from newsletter.markdown import links
from newsletter.model import Image, Issue, Noun

_LONGEST_ANCHOR = 32


def web_version(issue: Issue) -> str:
    """The address of the issue's page in the archive."""
    return f"{issue.publication.archive.rstrip('/')}/{issue.number}/"


def as_written(issue: Issue, address: str) -> str:
    """What an editor wrote for an address: those of the issue's own page are made of the archive's."""
    return issue.publication.archive if address.startswith(web_version(issue)) else address


def picture_address(issue: Issue, picture: Image) -> str:
    """The address of a picture: its own, or its place under the publication's ``pictures`` address."""
    if picture.src.startswith("https://"):
        return picture.src
    return f"{issue.publication.pictures.rstrip('/')}/{issue.number}/{quote(picture.src)}"


def own_pictures(issue: Issue) -> dict[str, str]:
    """The pictures out of the issue's folder: the address readers fetch each from, and its file in the folder."""
    own = [picture for picture in _pictures(issue) if not picture.src.startswith("https://")]
    return {picture_address(issue, picture): PurePosixPath(picture.src).as_posix() for picture in own}


def pictures_elsewhere(issue: Issue) -> list[str]:
    """The addresses of pictures that the issue takes from elsewhere on the web, in alphabetical order, each once."""
    return sorted({picture.src for picture in _pictures(issue) if picture.src.startswith("https://")})


def _pictures(issue: Issue) -> list[Image]:
    return [item.picture for item in issue.items if item.picture]


def links_of(noun: Noun) -> Iterator[str]:
    """Every address that an item, or a part of one, leads to, in the order of its fields; Markdown included."""
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
    """``id(item)`` to the name of its place in the issue: words of its title, in ASCII, unique within the issue."""
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
    """The first words of a title as they can stand in an address; empty if there are no Latin letters in it."""
    plain = unicodedata.normalize("NFKD", title.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    short = ""
    for word in words:
        if len(short) + 1 + len(word) > _LONGEST_ANCHOR:
            break
        short = f"{short}-{word}" if short else word
    if short and not short[0].isalpha():
        short = f"n-{short}"
    return short or "".join(words)[:_LONGEST_ANCHOR].lstrip("0123456789")

"""Small sites: pages that say what they are and link to one another, and what is on the disk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urljoin

from newsletter.archive.page import Page

BASE = "https://www.bionews.org.uk/archive/"
ROOT = "/archive/"
OLD = {
    "style.css": "",
    "1/lab/index.html": "index.html style.css",
    "1/gone/index.html": "1/lab/index.html",
    "1/index.html": "1/lab/index.html 1/gone/index.html",
    "index.html": "1/index.html 1/gone/index.html",
}
"""The pages of a site, and what each links to."""
NEW = {
    "style.css": "",
    "1/lab/index.html": "index.html style.css",
    "2/court/index.html": "2/index.html 1/lab/index.html",
    "2/families/index.html": "2/court/index.html index.html",
    "1/index.html": "1/lab/index.html",
    "2/index.html": "2/court/index.html 2/families/index.html",
    "index.html": "1/index.html 2/index.html",
}


def html(path: str, links: str, also: str = "") -> bytes:
    """Return a page that links to paths, and has a place for each of them."""
    items = "".join(f'<li id="{link}"><a href="{ROOT}{link}">x</a>' for link in links.split())
    return f"<!doctype html><title>{path}</title><ul>{items}</ul>{also}<!--end-->".encode()


def page(path: str, links: str = "", also: str = "", subject: str = "") -> Page:
    """Return a page that is made of its links and of ``also``."""
    content = html(path, links, also)
    return Page(path, hashlib.sha256(content).digest(), lambda: content, subject)


def pages(links: Mapping[str, str], also: str = "") -> list[Page]:
    """Return the pages of a site."""
    return [page(path, linked, also) for path, linked in links.items()]


def never_made() -> bytes:
    """What a page is made with that must not be made."""
    raise AssertionError("this page is up to date")


def unmade(some: list[Page]) -> list[Page]:
    """Return pages that are as these are but cannot be made."""
    return [page._replace(make=never_made) for page in some]


def files(folder: Path, *but: str) -> dict[str, bytes]:
    """Return what is in a folder, but for the lock and the lists of changes."""
    lists = {f".archive/{name}.txt" for name in ("new", "changes", "removed")}
    left_out = {".archive/lock", *lists, *but}
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        name: path.read_bytes() if path.is_file() else b"a folder"
        for name, path in paths.items()
        if name not in left_out
    }


def walk(fetch: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield each page that can be reached from the front page, and its content."""
    waiting, seen = ["index.html"], {"index.html"}
    while waiting:
        path = waiting.pop(0)
        content = fetch(path)
        yield path, content
        for link in re.findall(rb'href="([^"]+)"', content):
            target = urljoin(ROOT + path, link.decode()).removeprefix(ROOT)
            if target not in seen:
                seen.add(target)
                waiting.append(target)

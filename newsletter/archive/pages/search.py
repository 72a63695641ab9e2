"""Search: its page, its script, and the files of the index that the script reads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from newsletter.archive.archive import Archive
from newsletter.archive.page import Page
from newsletter.archive.paths import SEARCH
from newsletter.archive.search.index import Index, paths_of
from newsletter.archive.search.tiers import Tier, packed
from newsletter.archive.templates import FOLDER
from newsletter.theme.folder import read

_INDEX = f"{SEARCH}index/"
"""Its files are JSON, packed. They are not called .gz, which some servers would have browsers
unpack themselves.
"""


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the index, what lists its files, the script, and the page."""
    index = Index(archive.issues)
    yield from _words(archive, index)
    yield from _paths(archive, index)
    yield _json(archive, "contents", index.contents())

    script = read(archive.templates.folder.path(f"{FOLDER}/search.js"))
    version = hashlib.sha256(script.encode()).hexdigest()[:8]
    yield archive.page(f"{SEARCH}search.js", script.encode, also=[version])

    choices: dict[str, object] = {
        "script": f"{SEARCH}search.js?{version}",
        "sections": index.sections,
        "years": index.years,
    }
    yield archive.html_page(SEARCH, "search.html.j2", lambda: choices, also=[json.dumps(choices)])


def _words(archive: Archive, index: Index) -> Iterator[Page]:
    for tier in index.tiers:
        for file in range(tier.files):
            path = f"{_INDEX}{tier.name}-{file}.bin"
            yield archive.page(path, partial(_packed, tier, file), also=[tier.digest(file)])


def _packed(tier: Tier, file: int) -> bytes:
    return packed(tier.content(file))


def _paths(archive: Archive, index: Index) -> Iterator[Page]:
    for number, issues in enumerate(index.lists):
        yield _json(archive, f"paths-{number}", paths_of(issues))


def _json(archive: Archive, name: str, content: Any) -> Page:
    text = json.dumps(content)
    return archive.page(f"{_INDEX}{name}.bin", lambda: packed(content), also=[text])

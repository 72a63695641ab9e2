"""A newsletter of two issues, and exactly the site that it becomes; ``make golden`` accepts a change, which git then
shows.
"""

from __future__ import annotations

import re
import shutil
import zlib
from datetime import date
from pathlib import Path

import pytest

from newsletter.archive.pages import all_pages
from newsletter.archive.reading import read_archive
from newsletter.manifest import Project

GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2012, 4, 18)
OF_THE_THEME = {"style.css", "search/search.js"}
_PICTURES = (".png", ".webp", ".jpg")
_PACKED = ".bin"
_VERSION = re.compile(rb"\?[0-9a-f]{8}(?=\")")
"""A part of the content of the theme's own files, in links to them."""


def site_of(newsletter: Path) -> dict[str, tuple[bytes, bytes]]:
    """Return digest and content of each file of a site, by path."""
    archive = read_archive(Project.containing(newsletter), today=TODAY)
    return {page.path: (page.digest, page.make()) for page in all_pages(archive)}


def as_kept(path: str, content: bytes) -> bytes:
    """Return what the golden copy of a file has: of the theme's own files and of pictures nothing, as these have tests
    of their own; of packed files what is in them, as each release of zlib packs in its own way.
    """
    if path in OF_THE_THEME or path.endswith(_PICTURES):
        return b""
    if path.endswith(_PACKED):
        return zlib.decompress(content, wbits=31)
    return _VERSION.sub(b"", content)


def test_a_newsletter_becomes_exactly_the_golden_site(pytestconfig: pytest.Config) -> None:
    made = {path: as_kept(path, content) for path, (_, content) in site_of(GOLDEN).items()}
    expected = GOLDEN / "expected"
    if pytestconfig.getoption("--update-golden"):
        shutil.rmtree(expected, ignore_errors=True)
        for path, content in made.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(content)

    files = filter(Path.is_file, expected.rglob("*"))
    kept = {file.relative_to(expected).as_posix(): file.read_bytes() for file in files}
    assert sorted(made) == sorted(kept)
    for path, content in made.items():
        assert content == kept[path], f"{path} differs from its golden copy"

"""A text or a picture in the issue's folder is not used in the issue.

What it does: looks for Markdown files and pictures in the issue's folder and in `images/` there
that are neither an item's `file` nor anything else that the issue's files name. `README.md`, names
that begin with a full stop or an underscore, and all other folders (`handed-over/`, `sources/`) are
left alone.

Why it matters: the line with `- file:` is easily forgotten, and nobody misses a piece that is not
there until its author does. A picture that is not shown was usually meant to be.

Wrong:

```files
images/laboratory.png   600 x 400 pixels   9 KB
```

Right:

```yaml item
title: A laboratory moves to a new house
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: images/laboratory.png
  alt: A laboratory with empty benches
```

```files
images/laboratory.png   600 x 400 pixels   9 KB
```
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Place, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_TEXTS = (".md", ".markdown")
_PICTURES = (
    *(".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif"),
    *(".heic", ".heif", ".tif", ".tiff", ".bmp", ".jp2", ".svgz"),
)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each file that the issue does not name."""
    folder = galley.folder.path
    source = galley.manuscript.source
    read = {path.resolve() for path in galley.manuscript.lines}

    files = _files(folder) + _files(folder / "images")
    for path in files:
        if path.name not in source and path.resolve() not in read:
            name = path.relative_to(folder).as_posix()
            yield _finding(path, name)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if _may_be_meant(path) and path.is_file()]
    return sorted(files)


def _may_be_meant(path: Path) -> bool:
    if path.name.startswith((".", "_")):
        return False
    if path.name.lower() == "readme.md":
        return False
    suffix = path.suffix.lower()
    return suffix in _TEXTS or suffix in _PICTURES


def _finding(path: Path, name: str) -> Finding:
    kind, field = "picture", "src:"
    if path.suffix.lower() in _TEXTS:
        kind, field = "text", "- file:"

    hint = f"Name it ({field} {printable(name)}), or delete it from the folder."
    return Place(path, None).warning(f"This {kind} is not used in the issue.", hint)

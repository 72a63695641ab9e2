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
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty years...
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
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".webp",
    ".svg",
    ".avif",
    ".heic",
    ".tif",
    ".tiff",
    ".bmp",
)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each file that the issue does not name."""
    folder = galley.folder.path
    written = "\n".join(line for lines in galley.manuscript.lines.values() for line in lines)
    read = {path.resolve() for path in galley.manuscript.lines}
    for path in [*_files(folder), *_files(folder / "images")]:
        if path.resolve() in read or path.name in written:
            continue
        name = printable(path.relative_to(folder).as_posix())
        kind, field = ("text", "- file:") if path.suffix.lower() in _TEXTS else ("picture", "src:")
        hint = f"Name it ({field} {name}), or delete it from the folder."
        yield Place(path, None).warning(f"This {kind} is not used in the issue.", hint)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _may_be_meant(path) and path.is_file())


def _may_be_meant(path: Path) -> bool:
    is_left_alone = path.name.startswith((".", "_")) or path.name.lower() == "readme.md"
    return not is_left_alone and path.suffix.lower() in (*_TEXTS, *_PICTURES)

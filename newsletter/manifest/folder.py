"""The Markdown files and pictures beside an issue.yaml."""

from __future__ import annotations

import difflib
import re
from pathlib import Path, PurePath

from newsletter.errors import Problem
from newsletter.fields import shown
from newsletter.manifest.node import Node


def file_in(folder: Path, name: Node, problems: list[Problem]) -> Path | None:
    """The file that an editor names, if it is in the issue's folder, symbolic links followed."""
    given = name.value
    if not isinstance(given, str):
        problems.append(name.problem("The name of one file is expected here.", "Write it as images/lab.jpg."))
        return None
    path = folder / given
    try:
        inside = _stays_inside(given) and path.resolve().is_relative_to(folder.resolve())
        exists = inside and path.is_file()
    except (ValueError, OSError, RuntimeError):  # a null character, a name that is too long, links that go in circles
        inside = exists = False
    if not inside:
        hint = f"Put the file into {folder.resolve().name}/, and name it as it is called there."
        problems.append(name.problem(f"'{shown(given)}' is not in this issue's folder.", hint))
    elif not exists:
        what = f"There is no file '{shown(given)}' in this issue's folder."
        problems.append(name.problem(what, _nearest_file(folder, given)))
    return path if exists else None


def _stays_inside(given: str) -> bool:
    """Whether it is a plain way down: such a name is right in the folder and right as a part of a web address."""
    return bool(given) and not PurePath(given).is_absolute() and ".." not in PurePath(given).parts


def _nearest_file(folder: Path, given: str) -> str:
    if "\\" in given:
        return "Write / where there is \\."
    paths = [*sorted(folder.glob("*")), *sorted(folder.glob("*/*"))]
    files = [path.relative_to(folder).as_posix() for path in paths if path.is_file()]
    near = difflib.get_close_matches(given[:100], files, n=1, cutoff=0.7)
    return f"Did you mean '{near[0]}'?" if near else "Check the name, or add the file."


def complete_picture(picture: Node, folder: Path, problems: list[Problem]) -> None:
    """Check where the picture is, and read its width and height from its file where they are left out."""
    src = picture.field("src")
    if src is None or not isinstance(src.value, str) or src.value.lower().startswith("https://"):
        return
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", src.value):
        what = "A picture's address must begin with https://."
        problems.append(src.problem(what, "Write such an address, or name a file in the issue's folder."))
        return
    path = file_in(folder, src, problems)
    if path and isinstance(picture.value, dict) and not {"width", "height"} & picture.value.keys():
        size = _size(path)
        if not size:
            what = f"The width and height of '{shown(src.value)}' cannot be read."
            problems.append(src.problem(what, "Save it again as a JPEG, PNG or GIF picture."))
            return
        for name, pixels in zip(("width", "height"), size, strict=True):
            picture.value[name] = Node.in_line(str(pixels), picture.path, src.line)


def _size(path: Path) -> tuple[int, int] | None:
    import imagesize

    width, height = imagesize.get(path)  # -1 where it cannot tell
    return (width, height) if width > 0 and height > 0 else None

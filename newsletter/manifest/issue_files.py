"""The Markdown files and pictures next to an issue.yaml."""

from __future__ import annotations

import difflib
import re
import unicodedata
from pathlib import Path, PurePath

from newsletter.manifest.node import Node
from newsletter.problem import Problem
from newsletter.text.printable import printable

_LEAST_LIKE = 0.65
"""The least likeness of two file names, without folder and ending, for one to be a misspelling of the other."""


def file_in(folder: Path, name: Node, problems: list[Problem]) -> Path | None:
    """Return the file that an editor names, if it is in the issue's folder under exactly this name, links followed."""
    given = name.value
    if not isinstance(given, str):
        problems.append(
            name.problem("The name of a file is expected here.", "Write it as images/lab.jpg.")
        )
        return None
    path = folder / given
    try:
        inside = _stays_inside(given) and path.resolve().is_relative_to(folder.resolve())
        called = _as_it_is_called(folder, given) if inside else None
        exists = called is not None and (folder / called).is_file()
    except (
        ValueError,
        OSError,
        RuntimeError,
    ):  # a null character, a name that is too long, links in a circle
        inside = exists = False
        called = None
    if not inside:
        hint = (
            f"Put the file into {folder.resolve().name}/, and write its name here as it is there."
        )
        problems.append(name.problem(f"'{printable(given)}' is not in this issue's folder.", hint))
    elif not exists or called is None:
        message = f"There is no file '{printable(given)}' in this issue's folder."
        problems.append(name.problem(message, _nearest_file(folder, given)))
    elif called != PurePath(given).as_posix():
        problems.append(name.problem(*_other_name(given, called)))
    else:
        return path
    return None


def _stays_inside(given: str) -> bool:
    """Return whether the path only goes down: then it is right in the folder and as a part of a web address."""
    return bool(given) and not PurePath(given).is_absolute() and ".." not in PurePath(given).parts


def _as_it_is_called(folder: Path, given: str) -> str | None:
    """Return the name as the folders list it, also in other capitals or another form of Unicode; None if they do not.

    Only the listing shows it: some disks open ``Lab.JPG`` under the name ``lab.jpg``, and others do not, and readers'
    pictures come from a server whose disk is not known.
    """
    names: list[str] = []
    for part in PurePath(given).parts:
        above = folder.joinpath(*names)
        listed = [entry.name for entry in above.iterdir()] if above.is_dir() else []
        alike = [name for name in sorted(listed) if _bare(name) == _bare(part)]
        if not alike:
            return None
        names.append(part if part in alike else alike[0])
    return "/".join(names)


def _bare(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _other_name(given: str, called: str) -> tuple[str, str]:
    """Return how the name that was given differs from the file's own, and what to do."""
    if _composed(given) != _composed(called):
        message = f"The file is called '{printable(called)}': upper and lower case differ."
        return message, "Write its name exactly like that; some computers would not find it."
    plain = "".join(
        character for character in unicodedata.normalize("NFKD", called) if character.isascii()
    )
    message = (
        f"The file is called '{printable(given)}' too, but its accents are stored in another way."
    )
    return (
        message,
        f"Rename the file without accents, as in {printable(plain)}, and write that here.",
    )


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", PurePath(name).as_posix())


def _nearest_file(folder: Path, given: str) -> str:
    if "\\" in given:
        return "Write / instead of \\."
    paths = [*sorted(folder.glob("*")), *sorted(folder.glob("*/*"))]
    files = {
        path.relative_to(folder).as_posix(): _bare(path.stem) for path in paths if path.is_file()
    }
    stem = _bare(PurePath(given[:100]).stem)
    near = difflib.get_close_matches(stem, files.values(), n=1, cutoff=_LEAST_LIKE)
    return (
        f"Did you mean '{_closest(given, files, near[0])}'?"
        if near
        else "Check the name, or add the file."
    )


def _closest(given: str, files: dict[str, str], stem: str) -> str:
    """Return, of the files with this stem, the one whose folder and ending are nearest to the given name."""
    alike = [name for name, other in files.items() if other == stem]
    return difflib.get_close_matches(given[:100], alike, n=1, cutoff=0)[0]


def complete_picture(picture: Node, folder: Path, problems: list[Problem]) -> None:
    """Check where the picture is, and read its width and height from its file if they are left out."""
    src = picture.field("src")
    if src is None or not isinstance(src.value, str) or src.value.lower().startswith("https://"):
        return
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", src.value):
        message = "A picture's address must begin with https://."
        problems.append(
            src.problem(message, "Write such an address, or name a file in the issue's folder.")
        )
        return
    path = file_in(folder, src, problems)
    if path and isinstance(picture.value, dict) and not {"width", "height"} & picture.value.keys():
        size = _size(path)
        if not size:
            message = f"The width and height of '{printable(src.value)}' cannot be read."
            problems.append(src.problem(message, "Save it again as a JPEG, PNG or GIF picture."))
            return
        for name, pixels in zip(("width", "height"), size, strict=True):
            picture.value[name] = Node.in_line(str(pixels), picture.path, src.line)


def _size(path: Path) -> tuple[int, int] | None:
    import imagesize

    width, height = imagesize.get(path)  # -1 if it is not known
    return (width, height) if width > 0 and height > 0 else None

"""The Markdown files and pictures next to an issue.yaml."""

from __future__ import annotations

import difflib
import os
import re
import stat
import unicodedata
from pathlib import Path, PurePath, PureWindowsPath
from typing import NamedTuple

from newsletter.manifest.node import Node
from newsletter.problem import Problem
from newsletter.text.printable import printable

_LEAST_LIKE = 0.65
"""How alike two names must be, without folder and ending, for one to be a misspelling."""
_LONGEST = 100
"""Characters of a name that are compared; difflib takes long over more."""
_NEVER_MEANT = (".yaml", ".json", ".html", ".txt")
"""Endings of files in an issue's folder that are neither its texts nor its pictures."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
"""How a web address begins (RFC 3986, 3.1), but for a drive such as ``C:``."""


class Place(NamedTuple):
    """A folder that an editor names files of."""

    folder: Path
    name: str = "this issue's folder"
    """As editors read it."""


def file_in(place: Place, name: Node, problems: list[Problem]) -> Path | None:
    """Return the file that an editor names, if its folder has it under this very name.

    Otherwise return None, and add the reason to ``problems``. Links are followed, and must stay in
    the folder.
    """
    folder, written = place.folder, name.value
    if not isinstance(written, str):
        message = "The name of a file is expected here."
        problems.append(name.problem(message, "Write it as images/lab.jpg."))
        return None

    if not _is_inside(folder, written):
        message = f"'{printable(written)}' is not in {place.name}."
        hint = (
            f"Put the file into {folder.resolve().name}/, and write its name here as it is there."
        )
        problems.append(name.problem(message, hint))
        return None

    own_name = _own_name(folder, written)
    if own_name is None:
        message = f"There is no file '{printable(written)}' in {place.name}."
        problems.append(name.problem(message, _similar_file(folder, written)))
        return None
    if own_name != PurePath(written).as_posix():
        problems.append(name.problem(*_is_called_otherwise(written, own_name)))
        return None
    return folder / written


def _is_inside(folder: Path, name: str) -> bool:
    """Return whether a path stays in the folder, links followed.

    It may only go down: then it is right in the folder and as a part of a web address. It is
    read as Windows does, where a drive and a backslash lead elsewhere, too.
    """
    path = PureWindowsPath(name)
    if not name or path.anchor or ".." in path.parts:
        return False
    if len(path.parts) == 1 and _is_no_link(folder / name):
        return True
    try:
        return (folder / name).resolve().is_relative_to(folder.resolve())
    except (ValueError, OSError, RuntimeError):  # a null character, a long name, links in a circle
        return False


def _is_no_link(path: Path) -> bool:
    """Return whether a file is there and no link: so a name without folders leads nowhere else."""
    try:
        return not stat.S_ISLNK(path.lstat().st_mode)
    except (ValueError, OSError):
        return False


def _own_name(folder: Path, name: str) -> str | None:
    """Return the name as the folders list it, also in other capitals or another form of Unicode.

    Return None if there is no such file. Only the listing shows it: some disks open ``Lab.JPG``
    under the name ``lab.jpg``, and others do not, and readers' pictures come from a server whose
    disk is not known.
    """
    found: list[str] = []
    for part in PurePath(name).parts:
        listed = _listed(folder.joinpath(*found))
        if part in listed:
            found.append(part)
            continue
        similar = sorted(one for one in listed if _folded(one) == _folded(part))
        if not similar:
            return None
        found.append(similar[0])

    own_name = "/".join(found)
    is_file = os.path.isfile(folder / own_name)  # noqa: PTH113 - False if it may not be looked at
    if not is_file:
        return None
    return own_name


def _listed(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names are enough
    except OSError:
        return []


def _folded(name: str) -> str:
    """Return a name without what may differ between disks."""
    return unicodedata.normalize("NFC", name).casefold()


def _is_called_otherwise(written: str, own_name: str) -> tuple[str, str]:
    """Return how the name that is written differs from the file's own, and what to do."""
    if _composed(written) != _composed(own_name):
        message = f"The file is called '{printable(own_name)}': upper and lower case differ."
        return message, "Write its name exactly like that; some computers would not find it."

    message = (
        f"The file is called '{printable(written)}' too, but its accents are stored in another way."
    )
    letters = unicodedata.normalize("NFKD", own_name)
    without_accents = "".join(letter for letter in letters if letter.isascii())
    hint = (
        f"Rename the file without accents, as in {printable(without_accents)}, and write that here."
    )
    return message, hint


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", PurePath(name).as_posix())


def _similar_file(folder: Path, name: str) -> str:
    """Return the hint that names the file which was probably meant."""
    if "\\" in name:
        return "Write / instead of \\."

    stems: dict[str, str] = {}
    for path in [*sorted(folder.glob("*")), *sorted(folder.glob("*/*"))]:
        if path.is_file() and path.suffix not in _NEVER_MEANT:
            stems[path.relative_to(folder).as_posix()] = _folded(path.stem)
    stem = _folded(PurePath(name[:_LONGEST]).stem)
    near = difflib.get_close_matches(stem, stems.values(), n=1, cutoff=_LEAST_LIKE)
    if not near:
        return "Check the name, or add the file."

    # Of the files with this stem, the one whose folder and ending are nearest.
    files = [file for file, other in stems.items() if other == near[0]]
    nearest = difflib.get_close_matches(name[:_LONGEST], files, n=1, cutoff=0)
    return f"Did you mean '{nearest[0]}'?"


def check_picture(picture: Node, place: Place, problems: list[Problem]) -> None:
    """Add a problem if a picture is neither on the web nor a file of its ``place``."""
    src = picture.field("src")
    if src and isinstance(src.value, str):
        check_source(src, src.value, place, problems)


def check_source(src: Node, written: str, place: Place, problems: list[Problem]) -> None:
    """Add a problem if what is ``written`` at ``src`` is neither on the web nor a file."""
    if written.lower().startswith("https://"):
        return
    if _SCHEME.match(written) or written.lower().startswith("www."):
        message = "A picture's address must begin with https://."
        hint = f"Write such an address, or name a file in {place.name}."
        problems.append(src.problem(message, hint))
        return
    file_in(place, src, problems)

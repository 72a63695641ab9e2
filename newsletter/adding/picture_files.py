"""The pictures of a piece, each under a name that no other picture of the issue has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from types import MappingProxyType

from newsletter.files import MOST_KEPT, read_regular
from newsletter.importers import Piece

_FOLDER = "images"
_SHOWN = re.compile(rf"(?<=\]\(){_FOLDER}/[^\s()]+")
"""A picture in this folder, where Markdown shows it."""
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def named_apart(
    piece: Piece, folder: Path, planned: Mapping[str, bytes] = MappingProxyType({})
) -> tuple[Piece, dict[str, bytes]]:
    """Return the piece with its pictures named apart from other ones in an issue's folder, and the
    files that are not there yet, by their names within the folder.

    A picture that is there already, under its name or with a number behind it, is used as it is.
    ``planned`` are files that will be there, too.
    """
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}
    taken = _contents(folder / _FOLDER)
    taken |= {PurePath(name).name.casefold(): content for name, content in planned.items()}
    for picture in piece.pictures:
        name = _free_name(_safe(picture.name), picture.content, taken)
        if name.casefold() not in taken:
            files[f"{_FOLDER}/{name}"] = picture.content
            taken[name.casefold()] = picture.content
        names[f"{_FOLDER}/{picture.name}"] = f"{_FOLDER}/{name}"
    return _renamed(piece, names), files


def _contents(folder: Path) -> dict[str, bytes | Path]:
    """Return each file of a folder by its name without capitals."""
    if not folder.is_dir():
        return {}
    return {path.name.casefold(): path for path in folder.iterdir()}


def _safe(name: str) -> str:
    """Return a name as it may be among the pictures: an importer may be somebody else's."""
    last = PurePath(name).name
    plain = _NOT_IN_A_NAME.sub("-", last)
    return plain.lstrip(".-") or "picture"


def _free_name(name: str, content: bytes, taken: Mapping[str, bytes | Path]) -> str:
    path, number = PurePath(name), 1
    while not _is_free(taken.get(name.casefold()), content):
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    return name


def _is_free(there: bytes | Path | None, content: bytes) -> bool:
    """Return whether nothing else has the name."""
    if isinstance(there, Path):
        there = read_regular(there, MOST_KEPT) if there.is_file() else b""
    return there is None or there == content


def _renamed(piece: Piece, names: Mapping[str, str]) -> Piece:
    """Return the piece with other names of pictures where it shows them."""
    fields = dict(piece.fields)
    if body := fields.get("body"):
        text = _SHOWN.sub(lambda shown: names.get(shown[0], shown[0]), body.value)
        fields["body"] = body._replace(value=text)
    if src := fields.get("picture.src"):
        name = names.get(src.value, src.value)
        fields["picture.src"] = src._replace(value=name)
    return replace(piece, fields=fields)

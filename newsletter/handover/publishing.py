"""Copy the files of an email to where they are served from: a folder, or an object store.

A file's name has a part of its content in it. So a copy that is there already is left alone, a
command that broke off goes on where it stopped, and nothing is ever deleted: what was sent earlier
shows other files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.checks.verdict import files_in_words
from newsletter.errors import HandoverError
from newsletter.files import MOST_KEPT, read_regular, write_atomically
from newsletter.model import File
from newsletter.services.settings import Settings
from newsletter.services.stores import (
    UnusableStore,
    folder_at,
    headers,
    in_words,
    open_store,
    require_kind,
    settings_of,
)

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

    from newsletter.checks.galley import Galley

Copied = Callable[[Sequence[File]], None]
"""Shows the editor which files were just copied to where the publication serves them."""

_FOLDERS = "Write a folder, or an address such as s3://bucket/pictures."
_FOR_EVER = "public, max-age=31536000, immutable"
"""RFC 9111, 5.2.2, and RFC 8246: what has this name never changes."""


def require_place(galley: Galley) -> None:
    """Raise HandoverError if the files of an issue's email cannot be copied to ``pictures_to``.

    That is if it names a folder that is not there or that issues are in, or a kind of store that is
    not known. A store is not asked for anything.
    """
    target = galley.issue.publication.pictures_to
    if not target or not galley.email.files:
        return

    root = _folder(galley, target)
    if root is None:
        _require_kind_of_store(galley, target)
    elif not root.is_dir():
        hint = "Make it, or connect the drive that it is on; then run the command again."
        raise _error(galley, "There is no folder", hint)
    elif root.resolve().is_relative_to(galley.folder.project.issues.resolve()):
        raise _error(galley, "Pictures cannot be copied among the issues:", _FOLDERS)


def publish(galley: Galley, copied: Copied | None = None) -> None:
    """Copy the files of an issue's email to ``pictures_to``, if the publication names a place.

    They come into a folder named by the issue's number. ``copied`` is called with those that were
    missing there, or were others. Raise HandoverError if one cannot be copied; in a store, some may
    then be there already.
    """
    require_place(galley)
    target = galley.issue.publication.pictures_to
    files = galley.email.files
    if not target or not files:
        return

    root = _folder(galley, target)
    if root is None:
        missing = _copy_into_store(galley, target, files)
    else:
        missing = _copy_into_folder(galley, root, files)
    if missing and copied:
        copied(missing)


def _folder(galley: Galley, target: str) -> Path | None:
    """Return the folder that ``pictures_to`` names; None if it names a store."""
    folder = folder_at(target)
    return None if folder is None else galley.folder.project.issues / folder


def _require_kind_of_store(galley: Galley, target: str) -> None:
    """Raise HandoverError unless there is a library here that opens such a store."""
    try:
        require_kind(target)
    except UnusableStore as error:
        raise _error(galley, error.message, error.hint, error.reason) from None


def _copy_into_folder(galley: Galley, root: Path, files: Sequence[File]) -> tuple[File, ...]:
    """Copy all files that are missing, or none. Return those that were copied."""
    folder = root / galley.issue.number
    missing = tuple(file for file in files if not _holds(folder / file.name, file.content))
    if not missing:
        return ()

    try:
        write_atomically(folder, {file.name: file.content for file in missing})
    except OSError as error:
        hint = "Nothing was copied. Check the disk and its permissions."
        raise _error(galley, "The pictures cannot be copied to", hint, error.strerror) from None
    return missing


def _holds(path: Path, content: bytes) -> bool:
    try:
        return read_regular(path, MOST_KEPT) == content
    except OSError:
        return False


def _copy_into_store(galley: Galley, target: str, files: Sequence[File]) -> tuple[File, ...]:
    """Copy one file after the other, if it is missing. Return those that were copied."""
    settings = Settings.from_environment(galley.folder.project.root)
    copied: list[File] = []
    try:
        store, root = open_store(target, settings)
        for file in files:
            path = f"{root}/{galley.issue.number}/{file.name}"
            if not _is_stored(store, path, file.content):
                sent_with = headers(target, file.media_type, _FOR_EVER)
                store.pipe_file(path, file.content, **sent_with)
                copied.append(file)
    except Exception as error:  # noqa: BLE001 - each store's library has errors of its own
        hint = f"Check {settings_of(target)}."
        if copied:
            hint += f" What was copied stays there: {files_in_words(copied)}."
        raise _error(
            galley, "The pictures cannot be copied to", hint, in_words(error, settings)
        ) from None
    return tuple(copied)


def _is_stored(store: AbstractFileSystem, path: str, content: bytes) -> bool:
    """Return whether a store has a file. Who may not read it writes it again."""
    try:
        stored: bytes = store.cat_file(path)
    except (FileNotFoundError, PermissionError):
        return False
    return stored == content


def _error(galley: Galley, message: str, hint: str, reason: str | None = None) -> HandoverError:
    """Return an error at ``pictures_to``, whose value follows the message."""
    publication = galley.issue.publication
    place = galley.manuscript.place(publication, "pictures_to")
    message = f"{message} '{publication.pictures_to}'"
    if reason:
        message += f": {reason.rstrip('.')}"
    return HandoverError.at(place.path, place.line, f"{message}.", hint)

"""Copy the files of an email to where they are served from: a folder, or an object store.

A file's name has a part of its content in it. So a copy that is there already is left alone, a
command that broke off goes on where it stopped, and nothing is ever deleted: what was sent earlier
shows other files. fsspec opens the object stores; nothing else here knows it.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import url2pathname

from newsletter.checks.verdict import files_in_words
from newsletter.errors import HandoverError
from newsletter.files import MOST_KEPT, read_regular, write_atomically
from newsletter.model import File
from newsletter.services.redaction import redact
from newsletter.services.settings import Settings

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

    from newsletter.checks.galley import Galley

Copied = Callable[[Sequence[File]], None]
"""Shows the editor which files were just copied to where the publication serves them."""

_FILE, _S3 = "file://", "s3://"
_WEB = ("http://", "https://")
_FORMS = "Write a folder, or an address such as s3://bucket/pictures."
_FOR_EVER = "public, max-age=31536000, immutable"
"""RFC 9111, 5.2.2, and RFC 8246: what has this name never changes."""
_S3_SETTINGS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL", "AWS_REGION")
_S3_PASSWORDS = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
_S3_CONFIGURATION = {
    "connect_timeout": 10,
    "read_timeout": 30,
    "retries": {"max_attempts": 2},
    # Stores other than Amazon's may not know the checksums that its clients send since 2025.
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}


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
        raise _error(galley, "Pictures cannot be copied among the issues:", _FORMS)


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
    if "://" not in target:
        return galley.folder.project.issues / target
    if target.startswith(_FILE):
        return Path(url2pathname(target.removeprefix(_FILE)))
    return None


def _require_kind_of_store(galley: Galley, target: str) -> None:
    """Raise HandoverError unless there is a library here that opens such a store."""
    from fsspec.registry import get_filesystem_class

    if target.startswith(_WEB):
        raise _error(galley, "Nothing can be copied to a web address:", _FORMS)

    kind, _, _ = target.partition("://")
    try:
        get_filesystem_class(kind)
    except ValueError:
        raise _error(galley, "There is no kind of store like", _FORMS) from None
    except ImportError as error:
        raise _missing_library(galley, target, str(error)) from None


def _missing_library(galley: Galley, target: str, reason: str) -> HandoverError:
    here = "In the folder of this program"
    if target.startswith(_S3):
        hint = f'{here}: uv tool install ".[s3]", or pipx install ".[s3]".'
        return _error(galley, "The library s3fs is missing for", hint)

    hint = f"{here}: uv tool install . --with NAME."
    return _error(galley, "A library is missing for", hint, reason)


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
        store, root = _open(target, settings)
        for file in files:
            path = f"{root.rstrip('/')}/{galley.issue.number}/{file.name}"
            if not _is_stored(store, path, file.content):
                store.pipe_file(path, file.content, **_headers(target, file))
                copied.append(file)
    except Exception as error:  # noqa: BLE001 - each store's library has errors of its own
        secrets = [settings.get(name, "") for name in _S3_PASSWORDS]
        reason = redact(_in_words(error), secrets)
        hint = f"Check {_settings_of(target)}."
        if copied:
            hint += f" What was copied stays there: {files_in_words(copied)}."
        raise _error(galley, "The pictures cannot be copied to", hint, reason) from None
    return tuple(copied)


def _in_words(error: Exception) -> str:
    """Return why a store cannot be used."""
    match error:
        case socket.gaierror():
            return "there is no such host, or no network"
        case NotImplementedError():
            return "it can only be read"
        case OSError(strerror=str(reason)):
            return reason
        case _:
            return str(error) or type(error).__name__


def _open(target: str, settings: Mapping[str, str]) -> tuple[AbstractFileSystem, str]:
    """Return the store at an address, and the path in it."""
    from fsspec.core import url_to_fs

    options: dict[str, Any] = {}
    if target.startswith(_S3):
        options = _s3_options(settings)
    store, root = url_to_fs(target, skip_instance_cache=True, **options)
    return store, root


def _s3_options(settings: Mapping[str, str]) -> dict[str, Any]:
    """Return what s3fs needs, by the names that Amazon's own programs use.

    What is not set, it looks for where they do.
    """
    region = settings.get("AWS_REGION") or settings.get("AWS_DEFAULT_REGION")
    return {
        "key": settings.get("AWS_ACCESS_KEY_ID"),
        "secret": settings.get("AWS_SECRET_ACCESS_KEY"),
        "token": settings.get("AWS_SESSION_TOKEN"),
        "endpoint_url": settings.get("AWS_ENDPOINT_URL"),
        "client_kwargs": {"region_name": region} if region else {},
        "config_kwargs": _S3_CONFIGURATION,
    }


def _settings_of(target: str) -> str:
    """Return what an editor can check if a store cannot be used."""
    if not target.startswith(_S3):
        return "the address, and the settings of the store"
    return f"the address, and in the environment or .env: {', '.join(_S3_SETTINGS)}"


def _is_stored(store: AbstractFileSystem, path: str, content: bytes) -> bool:
    """Return whether a store has a file. Who may not read it writes it again."""
    try:
        stored: bytes = store.cat_file(path)
    except (FileNotFoundError, PermissionError):
        return False
    return stored == content


def _headers(target: str, file: File) -> dict[str, str]:
    """Return how a store is to serve a file, as far as it can be told."""
    if not target.startswith(_S3):
        return {}
    return {"ContentType": file.media_type, "CacheControl": _FOR_EVER}


def _error(galley: Galley, message: str, hint: str, reason: str | None = None) -> HandoverError:
    """Return an error at ``pictures_to``, whose value follows the message."""
    publication = galley.issue.publication
    place = galley.manuscript.place(publication, "pictures_to")
    message = f"{message} '{publication.pictures_to}'"
    if reason:
        message += f": {reason.rstrip('.')}"
    return HandoverError.at(place.path, place.line, f"{message}.", hint)

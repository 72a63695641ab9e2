"""Where files are served from: a folder, or a store that fsspec opens. Nothing else here knows it.

Secrets come from the environment or from ``.env``, and are in no message.
"""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from newsletter.services.redaction import redact

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

S3, SFTP = "s3://", "sftp://"
_FILE = "file://"
_WEB = ("http://", "https://")
_PASSWORD = re.compile(r"(://[^/@:]*):[^/@]*@")
_FTP = ("ftp://", "ftps://")
_OF_SCP = re.compile(r"[^/\\:]{2,}:(?!//)")
"""How scp writes a folder of a host; a drive of Windows has one letter."""
_FORMS_OF_SFTP = "Write it as sftp://user@host/path; most hosts have SFTP."
_FORMS = "Write a folder, or an address such as s3://bucket/pictures."
_LIBRARIES = {S3: ("s3fs", "s3"), SFTP: ("sshfs", "sftp")}
"""By the start of an address: what opens it, and the extra of this program that has it."""
_S3_SETTINGS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL", "AWS_REGION")
_SFTP_SETTINGS = ("SFTP_PASSWORD", "SFTP_PASSPHRASE")
_SECRETS = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", *_SFTP_SETTINGS)
_S3_CONFIGURATION = {
    "connect_timeout": 10,
    "read_timeout": 30,
    "retries": {"max_attempts": 2},
    # Stores other than Amazon's may not know the checksums that its clients send since 2025.
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}
_TOP = "/."
"""The top folder of a host: sshfs takes the folder of "/file" for one without a name."""
_SFTP_CONFIGURATION = {
    "known_hosts": (),  # sshfs would believe any host; asyncssh then takes ~/.ssh/known_hosts
    "connect_timeout": 10,
    "keepalive_interval": 10,
}


class UnusableStore(Exception):
    """An address where no files can be brought. What is wrong is followed by the address."""

    def __init__(self, message: str, hint: str, reason: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.reason = reason

    def about(self, target: str) -> str:
        """Return what is wrong, with the address."""
        target = _PASSWORD.sub(r"\1:…@", target)
        reason = f": {self.reason.rstrip('.')}" if self.reason else ""
        return f"{self.message} '{target}'{reason}."


def folder_at(target: str) -> Path | None:
    """Return the folder that an address names; None if it names a store."""
    if "://" not in target:
        return Path(target)
    if target.startswith(_FILE):
        return Path(url2pathname(target.removeprefix(_FILE)))
    return None


def require_kind(target: str) -> None:
    """Raise UnusableStore unless there is a library here that opens such a store.

    The store is not asked for anything.
    """
    if _OF_SCP.match(target):
        raise UnusableStore("This is no address of a folder:", _FORMS_OF_SFTP)
    if target.startswith(_FTP):
        raise UnusableStore("FTP sends passwords that anybody can read:", _FORMS_OF_SFTP)
    if target.startswith(_WEB):
        raise UnusableStore("Nothing can be copied to a web address:", _FORMS)
    if target.startswith(SFTP) and "/" not in target.removeprefix(SFTP):
        raise UnusableStore("There is no folder in this address:", _FORMS_OF_SFTP)
    if _has_password(target):
        names = _S3_SETTINGS[:2] if target.startswith(S3) else _SFTP_SETTINGS[:1]
        hint = f"Write it without; the environment or .env has {' and '.join(names)}."
        raise UnusableStore("A password does not belong into an address:", hint)

    try:
        _class_of(target)
    except ValueError:
        raise UnusableStore("There is no kind of store like", _FORMS) from None
    except ImportError as error:
        raise _missing_library(target, str(error)) from None


def open_store(target: str, settings: Mapping[str, str]) -> tuple[AbstractFileSystem, str]:
    """Return the store at an address, and the path in it, which does not end in a slash.

    Whatever a library raises leaves this function: ``in_words`` says what it is.
    """
    folder = folder_at(target)
    if folder is not None:
        target = str(folder.absolute())
    opened = _class_of(target)
    options: dict[str, Any] = {"auto_mkdir": True} if folder else {}
    if target.startswith(S3):
        options = _s3_options(settings)
    if target.startswith(SFTP):
        options = _sftp_options(target, settings)
        logging.getLogger("asyncio").setLevel(logging.ERROR)  # it would report each lost packet

    store = opened(skip_instance_cache=True, **options)
    path = str(opened._strip_protocol(target)).rstrip("/")
    if target.startswith(SFTP) and not path:
        path = _TOP
    return store, path


def headers(target: str, media_type: str, caching: str) -> dict[str, str]:
    """Return how a store is to serve a file, as far as it can be told."""
    if not target.startswith(S3):
        return {}
    return {"ContentType": media_type, "CacheControl": caching}


def in_words(error: Exception, settings: Mapping[str, str]) -> str:
    """Return why a store cannot be used, without secrets."""
    secrets = [settings.get(name, "") for name in _SECRETS]
    return redact(_reason(error), secrets)


def settings_of(target: str) -> str:
    """Return what an editor can check if a store cannot be used."""
    if target.startswith(S3):
        return f"the address, and in the environment or .env: {', '.join(_S3_SETTINGS)}"
    if target.startswith(SFTP):
        return (
            "the address, that the host is in ~/.ssh/known_hosts and your key in ~/.ssh or an"
            f" agent; or in the environment or .env: {', '.join(_SFTP_SETTINGS)}"
        )
    if folder_at(target):
        return "that its disk has room, and that you may write there"
    return "the address, and the settings of the store"


def _class_of(target: str) -> Any:
    """Return what opens the store at an address. Raise ValueError or ImportError."""
    if target.startswith(SFTP):
        from sshfs import SSHFileSystem

        return SSHFileSystem

    from fsspec.registry import get_filesystem_class

    kind, is_address, _ = target.partition("://")
    return get_filesystem_class(kind if is_address else "file")


def _missing_library(target: str, reason: str) -> UnusableStore:
    here = "In the folder of this program"
    for start, (library, extra) in _LIBRARIES.items():
        if target.startswith(start):
            hint = (
                f'{here}: uv tool install ".[{extra}]", or pipx install --force ".[{extra}]"; '
                f'if you use .venv/bin/newsletter, .venv/bin/pip install ".[{extra}]".'
            )
            return UnusableStore(f"The library {library} is missing for", hint)

    hint = f"{here}: uv tool install . --with NAME."
    return UnusableStore("A library is missing for", hint, reason)


def _has_password(target: str) -> bool:
    try:
        return urlsplit(target).password is not None
    except ValueError:
        return False


def _reason(error: Exception) -> str:
    match error:
        case socket.gaierror():
            return "there is no such host, or no network"
        case NotImplementedError():
            return "it can only be read"
        case OSError(strerror=str(reason)):
            return reason
        case _:
            return str(error) or type(error).__name__


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


def _sftp_options(target: str, settings: Mapping[str, str]) -> dict[str, Any]:
    """Return what sshfs needs. What is not set, it takes from ~/.ssh, as ssh does."""
    address = urlsplit(target)
    given = {
        "host": address.hostname or "",
        "port": address.port,
        "username": address.username,
        "password": settings.get("SFTP_PASSWORD"),
        "passphrase": settings.get("SFTP_PASSPHRASE"),
    }
    return _SFTP_CONFIGURATION | {name: value for name, value in given.items() if value is not None}

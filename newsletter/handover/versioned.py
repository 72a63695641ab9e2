"""JSON files that name the version of their format, for a later program may write another one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from newsletter.errors import HandoverError

_KEY = "format"


def to_versioned_json(fields: Mapping[str, Any], version: int) -> bytes:
    """Return an object as JSON in UTF-8, with the version of its format as the first key."""
    document = {_KEY: version, **fields}
    text = json.dumps(document, indent=2, ensure_ascii=False)
    return f"{text}\n".encode()


def from_versioned_json(content: bytes, path: Path, version: int) -> Any:
    """Return the JSON document without the version of its format.

    A document without a version was written before there were versions, and is the first one.

    Raise HandoverError, which names ``path``, if the format is newer than ``version``, and
    ValueError if the content is not JSON or the version of its format is no positive number.
    """
    document = from_json(content)
    if not isinstance(document, dict):
        return document

    written = document.pop(_KEY, 1)
    if not isinstance(written, int) or written < 1:
        raise ValueError("not the version of a format")

    if written > version:
        message = (
            "This file was made by a newer version of this program"
            f" (format {written}; this one reads {version})."
        )
        hint = "Update the program, and run the command again."
        raise HandoverError.at(path, None, message, hint)
    return document

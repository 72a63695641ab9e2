"""Compiled themes, kept between runs: a compilation takes a hundred times as long as reading its result."""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from newsletter.files import write_whole

_MOST_KEPT = 24


def cache_folder() -> Path:
    """Where compiled themes are kept; NEWSLETTER_CACHE in the environment names another place."""
    if named := os.environ.get("NEWSLETTER_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("newsletter", appauthor=False)


def cache_key(files: list[Path], *choices: str) -> str:
    """A name for what these files become with these choices, this program and these libraries."""
    digest = hashlib.sha256(_versions())
    for path in sorted(Path(__file__).parent.glob("*.py")) + files:
        content = path.read_bytes()
        digest.update(f"{path.parent.name}/{path.name} {len(content)}\n".encode() + content)
    digest.update("\n".join(choices).encode())
    return digest.hexdigest()[:32]


@lru_cache(maxsize=1)
def _versions() -> bytes:
    return "".join(f"{name} {version(name)}\n" for name in ("mjml-python", "premailer", "lxml", "cssutils")).encode()


def load(key: str) -> dict[str, Any] | None:
    """What was kept under this key, or None; what cannot be read counts as not kept."""
    try:
        kept = json.loads((cache_folder() / f"{key}.json").read_text("utf-8"))
        return kept if isinstance(kept, dict) else None
    except (OSError, ValueError):
        return None


def keep(key: str, compiled: dict[str, Any]) -> None:
    """Keep a compiled theme; a cache that cannot be written is no fault. The oldest ones make room."""
    folder = cache_folder()
    try:
        write_whole(folder, {f"{key}.json": json.dumps(compiled).encode()})
        for old in sorted(folder.glob("*.json"), key=os.path.getmtime)[:-_MOST_KEPT]:
            old.unlink()
    except OSError:
        return

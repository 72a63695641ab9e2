"""A service's words about what is wrong, as a message can show them: short, on one line, without secrets."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from newsletter.text.printable import printable

_LONGEST = 300
_REASONS = ("detail", "message", "ErrorMessage", "ErrorInfo", "error", "title", "errors")
"""The names under which services say what is wrong, the best first."""


def reason(content: bytes) -> str:
    """Return what an answer in JSON says is wrong; empty if it does not say."""
    try:
        return _text(json.loads(content))
    except (ValueError, RecursionError):
        return ""


def redact(words: str, secrets: Iterable[str]) -> str:
    """Return somebody else's words without the ``secrets``, which may be in them as they are or encoded."""
    disguises = {form for secret in secrets if secret for form in _disguises(secret)}
    for form in sorted(disguises, key=len, reverse=True):  # a secret may be part of another
        words = words.replace(form, "…")
    return printable(" ".join(words.split()), longest=_LONGEST)


def _text(said: Any) -> str:
    """Return the texts in an answer: those that say what is wrong or, without any, each with its name."""
    if isinstance(said, str):
        return said
    if isinstance(said, list):
        return "; ".join(filter(None, map(_text, said[:3])))
    if isinstance(said, dict):
        if known := [_text(said[name]) for name in _REASONS if name in said]:
            return "; ".join(filter(None, known))
        return "; ".join(
            f"{name}: {text}" for name, value in list(said.items())[:3] if (text := _text(value))
        )
    return ""


def _disguises(secret: str) -> set[str]:
    """Return the forms in which a service may repeat a secret."""
    coded = (
        encoded(secret.encode()).decode().rstrip("=") for encoded in (b64encode, urlsafe_b64encode)
    )
    return {secret, quote(secret, safe=""), *coded}
